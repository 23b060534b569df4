import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Paths of PEM files. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Certificates of a test, all but one issued by an authority of its own. */
export interface Certificates {
  /** The authority's certificate. */
  readonly ca: string;
  /** For `localhost` and 127.0.0.1. */
  readonly server: KeyPair;
  readonly expired: KeyPair;
  /** For `other.example`. */
  readonly otherHost: KeyPair;
  readonly selfSigned: KeyPair;
  readonly client: KeyPair;
  /** The client's key, encrypted with {@link PASSPHRASE}. */
  readonly encryptedKey: string;
  /** The client's certificate and key as PKCS #12, with {@link PASSPHRASE}. */
  readonly pkcs12: string;
}

export const PASSPHRASE = 'open sesame';

const LOOPBACK = 'subjectAltName=DNS:localhost,IP:127.0.0.1';

/** Makes certificates by OpenSSL's command in a folder, which has to be there. */
export function makeCertificates(dir: string): Certificates {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const at = (name: string): string => path.join(dir, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const selfSign = (name: string, subject: string, extension: string[]): KeyPair => {
    const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', subject];
    openssl('req', '-x509', ...newKey, ...out, '-days', '2', ...extension);
    return { cert: at(`${name}.pem`), key: at(`${name}.key`) };
  };
  const issue = (name: string, extension: string, days: string): KeyPair => {
    openssl(
      'req',
      '-new',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
    );
    writeFileSync(at(`${name}.ext`), `${extension}\n`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, '-days', days, ...signed);
    return { cert: at(`${name}.pem`), key: at(`${name}.key`) };
  };

  const { cert: ca } = selfSign('ca', '/CN=Test authority', []);
  const client = issue('client', 'extendedKeyUsage=clientAuth', '2');
  const password = `pass:${PASSPHRASE}`;
  openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'encrypted.key', '-passout', password);
  const both = ['-inkey', 'client.key', '-in', 'client.pem', '-out', 'client.p12'];
  openssl('pkcs12', '-export', ...both, '-passout', password);
  return {
    ca,
    server: issue('server', LOOPBACK, '2'),
    expired: issue('expired', LOOPBACK, '-1'),
    otherHost: issue('other', 'subjectAltName=DNS:other.example', '2'),
    selfSigned: selfSign('self', '/CN=localhost', ['-addext', LOOPBACK]),
    client,
    encryptedKey: at('encrypted.key'),
    pkcs12: at('client.p12'),
  };
}

/** The bytes of a pair, as servers take them. */
export function readPair({ cert, key }: KeyPair): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
