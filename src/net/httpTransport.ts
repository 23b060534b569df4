import type { ProxySources } from './proxySettings.ts';
import type { OwnedTransport } from './wireTransport.ts';

/**
 * Sends requests over HTTP/1.1 and HTTP/2; what that takes is loaded on first use. One for a window or a process:
 * its connections are kept for the next request. Redirects are not followed. The caller disposes it.
 */
export function createHttpTransport(proxies: ProxySources): OwnedTransport {
  let loading: Promise<OwnedTransport> | undefined;
  let isDisposed = false;
  const load = async (): Promise<OwnedTransport> => {
    const { createWireTransport } = await import('./wireTransport.ts');
    const transport = createWireTransport(proxies);
    if (isDisposed) transport.dispose();
    return transport;
  };
  return {
    async send(request, options) {
      const transport = await (loading ??= load());
      return transport.send(request, options);
    },
    dispose() {
      isDisposed = true;
      loading?.then(
        (transport) => transport.dispose(),
        () => {}, // it could not be loaded: there is nothing to close
      );
    },
  };
}
