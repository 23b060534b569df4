import type { Socket } from 'node:net';
import type { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { Proxy } from './proxySettings.ts';

/** Bytes of a proxy's answer before it is taken for something else. */
const MAX_HEAD = 16_384;

/**
 * Has a proxy open a tunnel (RFC 9110, 9.3.6) and returns the socket, on which the other end then answers.
 * @param authority `host:port`, an IPv6 address in brackets
 * @throws CbError `proxy`; the socket's error; the signal's reason when aborted. The socket is closed then
 */
export function openTunnel(
  socket: Socket,
  authority: string,
  proxy: Proxy,
  signal: AbortSignal,
): Promise<Socket> {
  const credentials = proxy.authorization === null ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (): void => {
      socket.off('readable', onReadable).off('error', onFailure).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const onFailure = (error: unknown): void => {
      finish();
      socket.on('error', () => {}).destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onReadable = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1 && head.length < MAX_HEAD && /^H(?:$|T)/.test(head.toString('latin1', 0, 2))) return;
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1', 0, 12))?.[1];
      const refusal = end === -1 ? refused(proxy, undefined) : refused(proxy, status);
      if (refusal !== null) {
        onFailure(refusal);
        return;
      }
      finish();
      if (end + 4 < head.length) socket.unshift(head.subarray(end + 4));
      resolve(socket);
    };
    const onClose = (): void => onFailure(failed('proxy-closed', [proxy.origin]));
    const onAbort = (): void => onFailure(signal.reason);
    socket.on('readable', onReadable).once('error', onFailure).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`, 'latin1');
  });
}

function refused({ origin, authorization }: Proxy, status: string | undefined): CbError | null {
  if (status?.startsWith('2') === true) return null;
  if (status === undefined) return failed('proxy-not-http', [origin]);
  if (status !== '407') return failed('proxy-status', [origin, status]);
  return failed(authorization === null ? 'proxy-credentials-wanted' : 'proxy-credentials-refused', [origin]);
}
