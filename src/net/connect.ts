import * as net from 'node:net';
import * as tls from 'node:tls';
import type { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { CertificateFacts } from '../core/failures/tls.ts';
import type { ConnectionFacts, TlsSettings } from '../core/ports.ts';
import { wrapNetworkError, type ConnectStep } from './networkError.ts';
import { openTunnel } from './proxyTunnel.ts';
import { portOf, type Proxy } from './proxySettings.ts';
import type { TlsContexts } from './tlsContext.ts';

/** How to connect. */
export interface ConnectOptions {
  readonly signal: AbortSignal;
  /** ms for all steps together; 0 = no limit. */
  readonly connectTimeoutMs: number;
  readonly tls: TlsSettings;
  readonly proxy: Proxy | null;
  readonly contexts: TlsContexts;
}

/** A connection on which nothing of HTTP has gone yet. */
export interface Connected {
  readonly socket: net.Socket;
  /** By ALPN (RFC 7301); without TLS there is only HTTP/1. */
  readonly protocol: 'http/1.1' | 'h2';
  readonly facts: ConnectionFacts;
}

/**
 * Connects to a URL's origin: DNS and TCP, the proxy's tunnel, TLS. Aborted at any moment, the socket is closed at
 * once. The caller closes the socket.
 * @throws CbError the connecting codes of {@link wrapNetworkError}, `tls-file`; the signal's reason when aborted
 */
export async function connect(url: URL, options: ConnectOptions): Promise<Connected> {
  const { proxy, signal } = options;
  let step: ConnectStep = 'dns';
  let certificate: CertificateFacts | null = null;
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const { connectTimeoutMs } = options;
  const timer =
    connectTimeoutMs > 0
      ? setTimeout(() => stop.abort(tooLate(url.host, step)), Math.min(connectTimeoutMs, 2 ** 31 - 1))
      : undefined;
  try {
    return await takeSteps(url, options, stop.signal, {
      onStep: (next) => (step = next),
      onCertificate: (shown) => (certificate = shown),
    });
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw wrapNetworkError(error, {
      host: url.host,
      bodyLengthKnown: false,
      step,
      proxy: proxy?.origin ?? null,
      certificate,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

interface StepHooks {
  readonly onStep: (step: ConnectStep) => void;
  /** What the server shows, before it is checked. */
  readonly onCertificate: (certificate: CertificateFacts) => void;
}

async function takeSteps(
  url: URL,
  { proxy, tls: settings, contexts }: ConnectOptions,
  signal: AbortSignal,
  { onStep, onCertificate }: StepHooks,
): Promise<Connected> {
  signal.throwIfAborted();
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = portOf(url);
  const context = isSecure || proxy?.isSecure === true ? await contexts.get(settings) : undefined;
  const startTls = (socket: net.Socket, to: string, alpn: string[]): Promise<tls.TLSSocket> => {
    const options = { socket, ALPNProtocols: alpn, rejectUnauthorized: settings.rejectUnauthorized };
    const servername = net.isIP(to) === 0 ? { servername: to } : { host: to };
    const secured = tls.connect({ ...options, ...servername, ...(context && { secureContext: context }) });
    // Node's own listener checks the certificate at this event, and closes a socket that fails: then nothing shows it.
    secured.prependOnceListener('secure', () => {
      const shown = secured.getPeerCertificate() as Partial<tls.PeerCertificate> | null;
      if (shown?.valid_to !== undefined) onCertificate(certificateFacts(shown as tls.PeerCertificate));
    });
    return until(secured, 'secureConnect', signal, socket);
  };

  const { socket: plain, ...facts } = await openTcp(proxy ?? { host, port }, signal, () => onStep('tcp'));
  let socket: net.Socket = plain;
  let proxyMs: number | null = null;
  if (proxy !== null) {
    onStep('proxy');
    const startMs = performance.now();
    if (proxy.isSecure) socket = await startTls(socket, proxy.host, ['http/1.1']);
    if (isSecure) socket = await openTunnel(socket, `${url.hostname}:${port}`, proxy, signal);
    proxyMs = performance.now() - startMs;
  }
  let secured: tls.TLSSocket | undefined;
  let tlsMs: number | null = null;
  if (isSecure) {
    onStep('tls');
    const startMs = performance.now();
    socket = secured = await startTls(socket, host, ['h2', 'http/1.1']);
    tlsMs = performance.now() - startMs;
  }
  return {
    socket,
    protocol: secured?.alpnProtocol === 'h2' ? 'h2' : 'http/1.1',
    facts: {
      ...facts,
      isReused: false,
      proxyMs,
      tlsMs,
      proxy: proxy?.origin ?? null,
      tlsVersion: secured?.getProtocol() ?? null,
      isVerified: secured === undefined || settings.rejectUnauthorized,
    },
  };
}

async function openTcp(
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
  onLookup: () => void,
): Promise<{ socket: net.Socket } & Pick<ConnectionFacts, 'dnsMs' | 'connectMs' | 'remoteAddress'>> {
  const startMs = performance.now();
  let foundMs: number | undefined;
  const isName = net.isIP(to.host) === 0;
  if (!isName) onLookup();
  const socket = net.connect({ host: to.host, port: to.port, noDelay: true, keepAlive: true });
  socket.once('lookup', (error: Error | null) => {
    foundMs = performance.now();
    if (error === null) onLookup(); // one that failed is a failure of DNS
  });
  await until(socket, 'connect', signal);
  const { remoteAddress = to.host, remotePort = to.port } = socket;
  return {
    socket,
    dnsMs: isName && foundMs !== undefined ? foundMs - startMs : null,
    connectMs: performance.now() - (isName ? (foundMs ?? startMs) : startMs),
    remoteAddress: `${net.isIPv6(remoteAddress) ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`,
  };
}

/** Waits for an event of a socket; whatever comes instead closes it, and what it stands on. */
function until<S extends net.Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  below?: net.Socket,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      socket.off(event, onReady).off('error', onFailure).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const onReady = (): void => {
      finish();
      resolve(socket);
    };
    const onFailure = (error: unknown): void => {
      finish();
      socket.on('error', () => {}).destroy(); // what else it says is told by nobody
      below?.on('error', () => {}).destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onClose = (): void => onFailure(new Error('closed'));
    const onAbort = (): void => onFailure(signal.reason);
    socket.once(event, onReady).once('error', onFailure).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

function tooLate(host: string, step: ConnectStep): CbError {
  return failed(`connect-timeout-${step}`, [host]);
}

/** What a certificate says of itself, as people read it. */
function certificateFacts({
  subject,
  issuer,
  valid_from,
  valid_to,
  subjectaltname,
}: tls.PeerCertificate): CertificateFacts {
  const nameOf = (name: Partial<tls.Certificate> | undefined): string =>
    Object.entries(name ?? {})
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(', ') || '?';
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: valid_from,
    validTo: valid_to,
    names: subjectaltname?.replace(/\b(?:DNS|IP Address):/g, '') ?? nameOf(subject),
  };
}
