import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import {
  makeCertificates,
  PASSPHRASE,
  readPair,
  type Certificates,
  type KeyPair,
} from '../support/certificates.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

describe('TLS', () => {
  let folder: TemporaryFolder;
  let certificates: Certificates;
  let transport: OwnedTransport;
  const closers: (() => Promise<void>)[] = [];
  before(async function () {
    this.timeout(60_000);
    folder = await makeTemporaryFolder();
    certificates = makeCertificates(folder.dir);
  });
  beforeEach(() => {
    transport = makeTransport();
  });
  afterEach(async () => {
    transport.dispose();
    for (const close of closers.splice(0)) await close();
  });
  after(() => folder.dispose());

  /** A server that answers with the name in the client's certificate. */
  async function startServer(pair: KeyPair, wantsClient = false): Promise<string> {
    const ca = readFileSync(certificates.ca);
    const options = { ...readPair(pair), ca, requestCert: wantsClient, rejectUnauthorized: wantsClient };
    const server = createServer(options, (incoming, answer) => {
      const subject = (incoming.socket as TLSSocket).getPeerCertificate().subject as
        { CN: string } | undefined;
      answer.end(subject?.CN ?? 'nobody');
    });
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    });
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  }

  async function get(origin: string, tls: Record<string, unknown>, environment: Record<string, string> = {}) {
    const profiles = { test: { route: 'local', tls } };
    const sent = await sendText(`GET ${origin}/`, { transport, profiles, folder: folder.dir, environment });
    return sent.done;
  }

  it('trusts an authority that the profile names, and tells how the connection came about', async () => {
    const origin = await startServer(certificates.server);
    const { end, response, body } = await get(origin, { ca: certificates.ca });
    assert.equal(end.reason, 'complete', end.error?.message);
    assert.equal(body.toString(), 'nobody');
    const { isReused, isVerified, tlsVersion, tlsMs, dnsMs, connectMs, proxyMs, remoteAddress } =
      response?.connection ?? assert.fail();
    assert.deepEqual([isReused, isVerified, tlsVersion, proxyMs], [false, true, 'TLSv1.3', null]);
    for (const ms of [tlsMs, dnsMs, connectMs]) assert.ok(ms !== null && ms >= 0 && ms < 10_000, String(ms));
    assert.match(remoteAddress ?? '', /^127\.0\.0\.1:\d+$/);
  });

  for (const [what, pairOf] of [
    ['of an unknown authority', (all: Certificates) => all.server],
    ['that has expired', (all: Certificates) => all.expired],
    ['for another host', (all: Certificates) => all.otherHost],
    ['that is self-signed', (all: Certificates) => all.selfSigned],
  ] as const) {
    it(`refuses a certificate ${what}, unless the profile says that any will do`, async () => {
      const origin = await startServer(pairOf(certificates));
      const tls = what === 'of an unknown authority' ? {} : { ca: certificates.ca };
      const refused = await get(origin, tls);
      assert.equal(refused.end.error?.code, 'tls');
      const taken = await get(origin, { ...tls, rejectUnauthorized: false });
      assert.equal(taken.body.toString(), 'nobody');
      assert.equal(taken.response?.connection.isVerified, false);
      const again = await get(origin, tls);
      assert.equal(
        again.end.error?.code,
        'tls',
        'a connection that was not checked is not used by who checks',
      );
    });
  }

  it('shows a client certificate: PEM, with an encrypted key, and PKCS #12', async () => {
    const origin = await startServer(certificates.server, true);
    const { ca, client, encryptedKey, pkcs12 } = certificates;
    const both = path.join(folder.dir, 'both.pem');
    writeFileSync(both, readFileSync(client.cert, 'utf8') + readFileSync(client.key, 'utf8'));
    const variables = { CBHTTP_SECRET_TEST_PASS: PASSPHRASE };
    for (const own of [
      { cert: client.cert, key: client.key },
      { cert: both },
      { cert: 'client.pem', key: encryptedKey, passphraseSecret: 'pass' },
      { cert: pkcs12, passphraseSecret: 'pass' },
    ]) {
      const { end, body } = await get(origin, { ca, ...own }, variables);
      assert.equal(end.error?.message, undefined);
      assert.equal(body.toString(), 'client');
    }
    const without = await get(origin, { ca });
    assert.notEqual(without.end.reason, 'complete');
  });

  it('says which file cannot be used', async () => {
    const origin = await startServer(certificates.server);
    const broken = path.join(folder.dir, 'broken.pem');
    writeFileSync(broken, 'no certificate');
    const { client, encryptedKey, server } = certificates;
    for (const [tls, named] of [
      [{ ca: 'missing.pem' }, /missing\.pem.*ENOENT/],
      [{ ca: broken }, /broken\.pem/],
      [{ cert: client.cert, key: 'missing.key' }, /missing\.key/],
      [{ cert: client.cert, key: broken }, /broken\.pem/],
      [{ cert: client.cert, key: server.key }, /server\.key/],
      [{ cert: client.cert, key: encryptedKey }, /encrypted\.key/],
      [{ cert: broken }, /broken\.pem/],
    ] as const) {
      const { end } = await get(origin, tls);
      assert.equal(end.error?.code, 'tls-file', JSON.stringify(tls));
      assert.match(end.error?.message ?? '', named);
    }
  });

  it('takes a changed authority file as it is now', async () => {
    const origin = await startServer(certificates.server);
    const ca = path.join(folder.dir, 'changing.pem');
    writeFileSync(ca, readFileSync(certificates.selfSigned.cert));
    assert.equal((await get(origin, { ca })).end.error?.code, 'tls');
    writeFileSync(ca, readFileSync(certificates.ca, 'utf8') + '\n');
    assert.equal((await get(origin, { ca })).end.reason, 'complete');
  });

  it('keeps a TLS connection for the next request', async () => {
    const origin = await startServer(certificates.server);
    await get(origin, { ca: certificates.ca });
    const { response } = await get(origin, { ca: certificates.ca });
    const { isReused, tlsMs, dnsMs, tlsVersion } = response?.connection ?? assert.fail();
    assert.deepEqual([isReused, tlsMs, dnsMs, tlsVersion], [true, null, null, 'TLSv1.3']);
  });
});
