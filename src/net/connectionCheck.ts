import { CbError, isCbError } from '../core/errors.ts';
import { firstAdvice } from '../core/failures/explain.ts';
import { failed } from '../core/failures/failed.ts';
import { msg, type Message } from '../core/message.ts';
import type { CredentialStore, Transport, WireRequest, WireResponse } from '../core/ports.ts';
import { bindCredential, gatewayBase, type AddressCredential } from '../core/profiles/credentials/place.ts';
import { gatewayFailures, readGatewayError } from '../core/failures/gateway.ts';
import { adviceIn, ANYWHERE } from '../core/failures/row.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import type { ManagementApi } from './managementApi.ts';

/** One thing that was looked at. */
export interface CheckStep {
  readonly step: 'address' | 'reach' | 'credential' | 'access' | 'functions' | 'routes';
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: Message;
  /** What to do about it; null for nothing. */
  readonly advice: Message | null;
}

/** What a check needs. */
export interface ConnectionCheckDeps {
  readonly transport: Transport;
  readonly credentials: CredentialStore;
  /** How requests travel: as the profile's own do. */
  readonly connection: Pick<WireRequest, 'connectTimeoutMs' | 'tls' | 'proxy'>;
  /** A client for the profile's account; undefined where its credential is none of an account. */
  readonly managementApi: (options: { readonly signal: AbortSignal }) => Promise<ManagementApi | undefined>;
  /** Of the access service, as cloudbaserc.json has them. */
  readonly routes: readonly ServiceRoute[];
  /** `name/version`. */
  readonly userAgent: string;
  /** ms, monotonic. */
  readonly now: () => number;
}

/** A function that nobody has: the HTTP API tells whether it takes the credential before it looks for the function. */
const NO_FUNCTION = 'cbhttp-connection-check';
const TIME_LIMIT_MS = 30_000;
const MAX_BODY_BYTES = 100_000;

/**
 * Looks step by step whether requests of a profile can work: its address, who answers there, its credential, and what
 * the account has. No function is called on CloudBase; a local one sees a HEAD request for `/`. Stops at the first
 * failure that the next step depends on.
 * @param report told of each step as it ends
 * @throws the signal's reason when aborted; every other failure is a step
 */
export async function checkConnection(
  profile: Profile,
  deps: ConnectionCheckDeps,
  report: (step: CheckStep) => void,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = [];
  const add: Add = (step, outcome, message, advice = null) => {
    steps.push({ step, outcome, message, advice });
    report({ step, outcome, message, advice });
  };
  /** Runs a step; what goes wrong in it becomes its outcome. */
  const attempt = async <T>(step: CheckStep['step'], work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isCbError(error)) throw error;
      add(step, 'failed', error.display, firstAdvice(error));
      return null;
    }
  };

  const ports = localPorts(profile);
  const base = ports[0]?.url ?? baseOf(profile, deps.routes);
  if (base === null || !URL.canParse(base)) {
    add('address', 'failed', noAddress(profile, base));
    return steps;
  }
  if (ports.length === 0)
    add('address', 'ok', msg('Requests of the route "{0}" go to {1}.', profile.route, base));
  for (const { name, url } of ports) add('address', 'ok', msg('Requests to {0} go to {1}.', name, url));

  let isReached = false;
  for (const url of ports.length === 0 ? [base] : new Set(ports.map((port) => port.url))) {
    if ((await attempt('reach', () => reach(url, deps, add, signal))) !== null) isReached = true;
  }
  if (!isReached) return steps;

  const place = await attempt('credential', () =>
    Promise.resolve(profile.route === 'local' ? null : bindCredential(new URL(base), profile, profile.route)),
  );
  let token: string | null = null;
  if (place === null) {
    if (steps.some(({ step }) => step === 'credential')) return steps;
    add('credential', 'skipped', msg('The profile sends no credential.'));
  } else {
    token = await attempt('credential', () => tokenFor(place, deps, signal));
    if (token === null) return steps;
    add('credential', 'ok', msg('There is a credential ({0}) for {1}.', place.kind, place.binding.origin));
  }
  if (profile.route === 'gateway') {
    await attempt('access', () => tryAccess(base, token, deps, add, signal));
  }
  if (place !== null) await list(profile, deps, { add, attempt, signal });
  return steps;
}

/** Where the functions of a local profile run that have an address of their own. */
function localPorts({
  route,
  functions,
}: Profile): readonly { readonly name: string; readonly url: string }[] {
  if (route !== 'local') return [];
  return Object.entries(functions).map(([name, written]) => ({
    name,
    url: /^\d+$/.test(written) ? `http://127.0.0.1:${written}` : written.replace(/\/+$/, ''),
  }));
}

/** Where the requests of a profile go, without a slash at the end; null where nothing says so. */
function baseOf(profile: Profile, routes: readonly ServiceRoute[]): string | null {
  switch (profile.route) {
    case 'gateway':
      return gatewayBase(profile) ?? null;
    case 'local':
      return profile.baseUrl === '' ? 'http://127.0.0.1:9000' : profile.baseUrl;
    case 'service': {
      const route = routes.find(({ domain, isEnabled }) => domain !== null && isEnabled);
      if (profile.baseUrl !== '') return profile.baseUrl;
      return route === undefined ? null : `https://${route.domain ?? ''}`;
    }
  }
}

function noAddress({ name, route }: Profile, base: string | null): Message {
  if (base !== null) return msg('This is no valid URL: {0}', base);
  return msg(
    'The profile has no address. Set cbhttp.profiles.{0}.{1}.',
    name,
    route === 'gateway' ? 'envId' : 'baseUrl',
  );
}

type Add = (
  step: CheckStep['step'],
  outcome: CheckStep['outcome'],
  message: Message,
  advice?: Message | null,
) => void;

/** Whether anybody answers: any HTTP status will do. */
async function reach(
  base: string,
  { transport, connection, userAgent, now }: ConnectionCheckDeps,
  add: Add,
  signal: AbortSignal,
): Promise<true> {
  const startedAt = now();
  const request = {
    method: 'HEAD',
    url: `${base}/`,
    headers: [['User-Agent', userAgent] as const],
    body: null,
  };
  const response = await send(transport, { ...request, ...connection }, signal);
  const ms = Math.round(now() - startedAt);
  await readText(response);
  const { host } = new URL(base);
  const { status, httpVersion, connection: facts } = response;
  const outcome = status >= 500 ? 'warning' : 'ok';
  add('reach', outcome, msg('{0} answers: HTTP/{1}, status {2}, {3} ms.', host, httpVersion, status, ms));
  if (!facts.isVerified) add('reach', 'warning', msg('The certificate of {0} is not checked.', host));
  return true;
}

async function tokenFor(
  place: AddressCredential,
  { credentials, connection }: ConnectionCheckDeps,
  signal: AbortSignal,
): Promise<string> {
  const token = await credentials.token({ ...place, connection }, { signal });
  signal.throwIfAborted();
  if (token !== undefined && token.trim() !== '') return token.trim();
  const { profile, origin } = place.binding;
  throw failed('missing-credential', [profile, place.kind, origin]);
}

/** Asks the HTTP API for a function that is not there: what it says first tells whether the credential is taken. */
async function tryAccess(
  base: string,
  token: string | null,
  { transport, connection, userAgent }: ConnectionCheckDeps,
  add: Add,
  signal: AbortSignal,
): Promise<void> {
  const response = await send(
    transport,
    {
      ...connection,
      method: 'POST',
      url: `${base}/v1/functions/${NO_FUNCTION}`,
      headers: [
        ['User-Agent', userAgent],
        ['X-Tcb-Webfn', 'true'],
        ['Content-Type', 'application/json'],
        ...(token === null ? [] : [['Authorization', `Bearer ${token}`] as const]),
      ],
      body: new TextEncoder().encode('{}'),
    },
    signal,
  );
  const error = readGatewayError(await readText(response));
  if (error === null) {
    const message = msg('The address does not answer as the HTTP API does (status {0}).', response.status);
    add('access', 'warning', message);
  } else if (error.code === 'FUNCTION_NOT_FOUND') {
    const isWith = token !== null;
    add(
      'access',
      'ok',
      isWith ? msg('The HTTP API takes the credential.') : msg('The HTTP API answers without a credential.'),
    );
  } else {
    const [advice] = adviceIn(gatewayFailures[error.code], ANYWHERE);
    add('access', 'failed', error.meaning, advice);
    add('access', 'failed', msg('The HTTP API answered {0}.', error.code));
  }
}

/** Lists what the account has, where the credential is that of an account. */
async function list(
  { envId, route }: Profile,
  { managementApi }: ConnectionCheckDeps,
  {
    add,
    attempt,
    signal,
  }: {
    readonly add: Add;
    readonly attempt: <T>(step: CheckStep['step'], work: () => Promise<T>) => Promise<T | null>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const api = await attempt('functions', async () => (await managementApi({ signal })) ?? false);
  if (api === null) return;
  if (api === false || envId === '') {
    const message = msg('Functions are listed with the credentials secretKey and cliLogin only.');
    add('functions', 'skipped', message);
    return;
  }
  const functions = await attempt('functions', () => api.listFunctions(envId, { signal }));
  if (functions !== null) {
    const count = functions.filter(({ type }) => type === 'HTTP').length;
    const message = msg(
      'The environment {0} has {1} functions, {2} of them HTTP.',
      envId,
      functions.length,
      count,
    );
    add('functions', count === 0 ? 'warning' : 'ok', message);
  }
  if (route !== 'service') return;
  const routes = await attempt('routes', () => api.listRoutes(envId, { signal }));
  if (routes === null) return;
  const own = routes.filter(({ functionName, isEnabled }) => functionName !== null && isEnabled);
  const message = msg('The access service has {0} routes to HTTP functions.', own.length);
  add('routes', own.length === 0 ? 'warning' : 'ok', message);
}

async function send(transport: Transport, request: WireRequest, signal: AbortSignal): Promise<WireResponse> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  try {
    return await transport.send(request, { signal: AbortSignal.any([signal, limit]) });
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    const { host } = new URL(request.url);
    throw new CbError('timeout', msg('{0} did not answer within {1} s.', host, TIME_LIMIT_MS / 1000), {
      cause: error,
    });
  }
}

async function readText({ body }: WireResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BODY_BYTES) break; // it leaves the connection, too
  }
  return text;
}
