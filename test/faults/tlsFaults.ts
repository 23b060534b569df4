import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import { readPair, type KeyPair } from '../support/certificates.ts';
import type { Bench, Fault, Injected } from './faultBench.ts';

const NOT_SENT = 'no answer, 0 bytes';

/** A request to a TLS server with this certificate, by a profile that trusts the test's authority. */
async function request(
  bench: Bench,
  pair: KeyPair,
  options: ServerOptions = {},
  tls: Readonly<Record<string, unknown>> = { ca: bench.certificates.ca },
): Promise<Injected> {
  const server = createServer({ ...readPair(pair), ...options }, (_incoming, answer) => answer.end('secure'));
  server.on('tlsClientError', () => {});
  const port = await bench.listen(server);
  return { request: `GET https://localhost:${port}/`, profiles: { test: { route: 'local', tls } } };
}

/** A certificate of the test's authority that begins to be valid in 2090. */
function issueForLater(bench: Bench): KeyPair {
  const dir = path.join(bench.folder, 'later');
  mkdirSync(dir);
  const settings = `[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.
default_md=sha256\npolicy=any\nx509_extensions=names\n[any]\ncommonName=supplied
[names]\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n`;
  for (const [name, content] of [
    ['own.cnf', settings],
    ['index', ''],
    ['serial', '1001\n'],
  ] as const) {
    writeFileSync(path.join(dir, name), content);
  }
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-new', ...newKey, '-keyout', 'later.key', '-out', 'later.csr', '-subj', '/CN=later');
  const dates = ['-startdate', '20900101000000Z', '-enddate', '20910101000000Z'];
  const by = ['-cert', '../ca.pem', '-keyfile', '../ca.key'];
  openssl(
    'ca',
    '-batch',
    '-config',
    'own.cnf',
    '-in',
    'later.csr',
    '-out',
    'later.pem',
    '-notext',
    ...dates,
    ...by,
  );
  return { cert: path.join(dir, 'later.pem'), key: path.join(dir, 'later.key') };
}

/** What is wrong with certificates, and with TLS itself. */
export const tlsFaults: readonly Fault[] = [
  {
    name: 'an expired certificate',
    code: 'tls',
    words: /has expired: valid from .+ to .+ Subject CN=expired, issuer CN=Test authority, names localhost/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, bench.certificates.expired),
  },
  {
    name: 'a certificate that is not valid yet',
    code: 'tls',
    words: /not valid yet: from Jan .* 2090 GMT/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, issueForLater(bench)),
  },
  {
    name: 'a self-signed certificate',
    code: 'tls',
    words: /self-signed.*issuer CN=localhost/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, bench.certificates.selfSigned),
  },
  {
    name: 'a certificate by an unknown authority',
    code: 'tls',
    words: /not trusted here: CN=Test authority\. Subject CN=server/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, bench.certificates.server, {}, {}),
  },
  {
    name: 'a certificate for another host',
    code: 'tls',
    words: /not for localhost:\d+ but for other\.example/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, bench.certificates.otherHost),
  },
  {
    name: 'a server that wants a client certificate',
    code: 'tls',
    words: /wants a client certificate/,
    kept: NOT_SENT,
    inject: (bench) => {
      const ca = readFileSync(bench.certificates.ca);
      return request(bench, bench.certificates.server, { requestCert: true, rejectUnauthorized: true, ca });
    },
  },
  {
    name: 'a server that knows only old TLS',
    code: 'tls',
    words: /no TLS version or cipher in common/,
    kept: NOT_SENT,
    inject: (bench) =>
      request(bench, bench.certificates.server, {
        minVersion: 'TLSv1.1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
  },
  {
    name: 'https to a server without TLS',
    code: 'tls',
    words: /does not speak TLS/,
    kept: NOT_SENT,
    inject: async (bench) => {
      const port = await bench.tcp((socket) => {
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
      });
      return { request: `GET https://127.0.0.1:${port}/` };
    },
  },
  {
    name: 'closed while TLS is set up',
    code: 'tls',
    words: /closed the connection while TLS/,
    kept: NOT_SENT,
    inject: async (bench) => {
      const port = await bench.tcp((socket) => void socket.once('data', () => socket.end()));
      return { request: `GET https://127.0.0.1:${port}/` };
    },
  },
  {
    name: 'an authority file that is not there',
    code: 'tls-file',
    words: /missing\.pem cannot be read \(ENOENT\)/,
    kept: NOT_SENT,
    inject: (bench) => request(bench, bench.certificates.server, {}, { ca: 'missing.pem' }),
  },
  {
    name: 'a client key of another certificate',
    code: 'tls-file',
    words: /cannot be used/,
    kept: NOT_SENT,
    inject: (bench) => {
      const { client, server } = bench.certificates;
      return request(bench, server, {}, { cert: client.cert, key: server.key });
    },
  },
];
