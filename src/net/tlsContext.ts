import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as tls from 'node:tls';
import type { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { TlsSettings } from '../core/ports.ts';

/** Of Node 22.15 and up: the certificates that Node, or the system, trusts. */
const { getCACertificates } = tls as { getCACertificates?: (of: 'default' | 'system') => string[] };

/** Makes what TLS is done with; reads and parses certificates anew only where a file has changed. */
export interface TlsContexts {
  /**
   * The context for these settings; undefined for the runtime's own. In VS Code that one trusts the system's
   * certificates, also where this runtime cannot read them.
   * @throws CbError `tls-file`
   */
  get(settings: TlsSettings): Promise<tls.SecureContext | undefined>;
}

/** The contexts of one transport. */
export function createTlsContexts(): TlsContexts {
  const kept = new Map<string, tls.SecureContext>();
  return {
    async get(settings) {
      const { ca, cert, key, passphrase } = settings;
      if (ca === null && cert === null && key === null && getCACertificates === undefined) return undefined;
      const versions = await Promise.all([ca, cert, key].map(fileVersion));
      const name = JSON.stringify([versions, passphrase]);
      const known = kept.get(name);
      if (known !== undefined) return known;
      const context = await makeContext(settings);
      if (kept.size > 20) kept.clear();
      kept.set(name, context);
      return context;
    },
  };
}

async function makeContext(settings: TlsSettings): Promise<tls.SecureContext> {
  const own = settings.ca === null ? [] : [await readAuthorities(settings.ca)];
  const trusted =
    getCACertificates === undefined
      ? tls.rootCertificates
      : [...getCACertificates('default'), ...getCACertificates('system')];
  const ca = own.length === 0 && getCACertificates === undefined ? {} : { ca: [...new Set(trusted), ...own] };
  const client = await readClient(settings);
  try {
    return tls.createSecureContext({ ...ca, ...client });
  } catch (cause) {
    const files = [settings.cert, settings.key].filter((file) => file !== null).join(', ');
    throw unusable(files, cause);
  }
}

async function readAuthorities(file: string): Promise<string> {
  const text = (await readTlsFile(file)).toString('utf8');
  try {
    new X509Certificate(text); // Node ignores what is no certificate
  } catch (cause) {
    throw unusable(file, cause);
  }
  return text;
}

async function readClient({ cert, key, passphrase }: TlsSettings): Promise<tls.SecureContextOptions> {
  const secret = passphrase === null ? {} : { passphrase };
  const keyPart = key === null ? {} : { key: await readTlsFile(key) };
  if (cert === null) return { ...keyPart, ...secret };
  const bytes = await readTlsFile(cert);
  if (!bytes.includes('-----BEGIN')) return { pfx: bytes, ...secret };
  // A PEM file may hold both.
  return { cert: bytes, ...(key === null ? { key: bytes } : keyPart), ...secret };
}

async function readTlsFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw failed('tls-file-unreadable', [file, codeOf(cause)], { cause });
  }
}

function unusable(file: string, cause: unknown): CbError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failed('tls-file', [file, reason], { cause });
}

async function fileVersion(file: string | null): Promise<unknown> {
  if (file === null) return null;
  try {
    const { mtimeMs, size } = await stat(file);
    return [file, mtimeMs, size];
  } catch {
    return [file]; // said when it is read
  }
}

function codeOf(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : String(cause);
}
