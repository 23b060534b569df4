import { gatewayErrorCodes, scfStatuses, statusOf, type ScfStatus } from '../support/gateway/errorCodes.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import type { Bench, Fault, Injected } from './faultBench.ts';

const environment = { CBHTTP_SECRET_DEV_CREDENTIAL: 'dev-key' };

/** The double with one function, and a profile for it. */
async function cloud(
  bench: Bench,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ gateway: Gateway; injected: Injected }> {
  // prettier-ignore
  const fn = await bench.scripted(async (connection) => {
    await connection.head(200, { 'Content-Type': 'text/event-stream' });
    await connection.write('data: 1\n\ndata: 2\n\n');
    await connection.end();
  });
  const routes = [{ Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' }] as const;
  const gateway = await startGateway({
    environments: { dev: { envId: 'my-dev-1a2b', apiKey: 'dev-key', service: { routes } } },
    functions: { chat: fn.port },
  });
  bench.own(() => gateway.dispose());
  const profile = { envId: 'my-dev-1a2b', baseUrl: `${gateway.origin}/dev`, auth: 'apiKey', ...more };
  return { gateway, injected: { request: 'POST fn://chat', profiles: { dev: profile }, environment } };
}

const scfFaults = (Object.keys(scfStatuses) as unknown as ScfStatus[]).map((status): Fault => {
  return {
    name: `status ${status} of the platform`,
    code: `scf-${status}`,
    words: /^Status 4\d\d: probably/,
    kept: new RegExp(`^${status}, \\d+ bytes$`),
    inject: async (bench) => {
      const { gateway, injected } = await cloud(bench);
      gateway.faults.next({ kind: 'scf', status: Number(status) as ScfStatus });
      return injected;
    },
  };
});

/** Each code of the gateway. */
export const codeFaults: readonly Fault[] = gatewayErrorCodes.map((code): Fault => ({
  name: `the gateway says ${code}`,
  code,
  words: new RegExp(`\\(${code}\\)`),
  kept: new RegExp(`^${statusOf[code]}, 1\\d\\d bytes$`),
  inject: async (bench) => {
    const { gateway, injected } = await cloud(bench);
    gateway.faults.next({ kind: 'code', code });
    if (gateway.faults.pending > 0 && /CREDENTIALS|TOKEN/.test(code))
      gateway.faults.next({ kind: 'code', code });
    return injected;
  },
}));

/** What CloudBase itself answers. */
export const gatewayFaults: readonly Fault[] = [
  ...codeFaults,
  ...scfFaults,
  {
    name: 'a reset on the way through the gateway',
    code: 'reset',
    words: /before an answer/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => {
      const { gateway, injected } = await cloud(bench);
      gateway.faults.next({ kind: 'reset' });
      return injected;
    },
  },
  {
    name: 'an answer that the gateway cuts',
    code: 'reset',
    words: /before the end/,
    kept: /^200, [012] events?, \d+ bytes$/, // a reset may overtake what was sent before
    inject: async (bench) => {
      const { gateway, injected } = await cloud(bench);
      gateway.faults.next({ kind: 'cut', afterBytes: 9 });
      return injected;
    },
  },
  {
    name: 'the notice of a default domain',
    code: 'access-service-notice',
    words: /notice of the HTTP access service/,
    kept: /^200, \d+ bytes$/,
    inject: async (bench) => {
      const { gateway, injected } = await cloud(bench);
      gateway.faults.next({ kind: 'html' });
      const baseUrl = `${gateway.accessOrigins['dev'] ?? ''}/chat`;
      return { ...injected, profiles: { dev: { route: 'service', baseUrl } } };
    },
  },
  {
    name: 'a sign-in that is refused',
    code: 'token-refused',
    words: /Refused with/,
    kept: 'nothing sent',
    inject: async (bench) => {
      const { gateway, injected } = await cloud(bench, { auth: 'anonymous' });
      gateway.faults.next({ kind: 'oauth', error: 'access_denied' });
      return injected;
    },
  },
  {
    name: 'a credential that is missing',
    code: 'missing-credential',
    words: /credential of the profile "dev" is missing/,
    kept: 'nothing sent',
    inject: async (bench) => ({ ...(await cloud(bench)).injected, environment: {} }),
  },
];
