import { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import {
  readEnvironmentInfo,
  readEnvironments,
  readFunction,
  readFunctions,
  readRoutes,
  type DeployedEnvironment,
  type DeployedFunction,
  type Fields,
  type Page,
} from '../core/functions/deployed.ts';
import { logTime, readLogs, type DeployedLogPage } from '../core/functions/deployedLogs.ts';
import { explainFailure, readManagementReply } from '../core/functions/managementReply.ts';
import { msg } from '../core/message.ts';
import type { Transport, WireRequest } from '../core/ports.ts';
import { refusePlainHttp } from '../core/profiles/credentials/place.ts';
import { redactText, secretForms } from '../core/profiles/redact.ts';
import type { ServiceRoute } from '../core/profiles/serviceRoutes.ts';
import { signTc3, type Tc3Key } from './tc3.ts';

/** Which account is asked, where, and how. */
export interface ManagementApiOptions {
  readonly transport: Transport;
  readonly credentials: Tc3Key;
  /** E.g. `ap-shanghai`. */
  readonly region: string;
  /** Origin in place of `https://tcb.tencentcloudapi.com` and its like; empty or left out for those. */
  readonly managementUrl?: string;
  /** How requests travel: as the profile's own do. */
  readonly connection: Pick<WireRequest, 'connectTimeoutMs' | 'tls' | 'proxy'>;
  /** ms since 1970; the system's clock when left out. */
  readonly now?: () => number;
}

interface Cancellable {
  readonly signal: AbortSignal;
}

/** What to look for in the logs. */
export interface LogSearch {
  readonly envId: string;
  /** As `logQuery` makes it. */
  readonly query: string;
  /** ms since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Zone the API takes times in, which it does not document; China's when left out. */
  readonly utcOffsetMinutes?: number;
  /** Of a former page's `next`. */
  readonly context?: string;
}

/** How functions are listed. */
export interface ListFunctionsOptions {
  /** Types found out before, which need not be asked for again; `unknown` for others. */
  readonly knownType?: (listed: DeployedFunction) => DeployedFunction['type'];
  /** Told of the list before types are asked for, where some are. */
  readonly onListed?: (functions: readonly DeployedFunction[]) => void;
}

/**
 * Tencent Cloud's management API for CloudBase, read-only. Every method rejects with CbError `management-api`, whose
 * `cause` is the `ManagementFailure` where the API told one; `credential-refused` for plain http to another machine;
 * `timeout`; the signal's reason; and what {@link Transport.send} rejects with.
 */
export interface ManagementApi {
  listEnvironments(options: Cancellable): Promise<readonly DeployedEnvironment[]>;
  /** Null where the API tells nothing of it. */
  getEnvironment(envId: string, options: Cancellable): Promise<DeployedEnvironment | null>;
  /** All of them. Types that the list leaves out are asked for one by one, `unknown` where that fails. */
  listFunctions(
    envId: string,
    options: Cancellable & ListFunctionsOptions,
  ): Promise<readonly DeployedFunction[]>;
  /** Null where the API tells nothing of it. */
  getFunction(envId: string, name: string, options: Cancellable): Promise<DeployedFunction | null>;
  /** The routes of the environment's HTTP access service, on all its domains. */
  listRoutes(envId: string, options: Cancellable): Promise<readonly ServiceRoute[]>;
  /** A page of at most 100 lines, the newest first. */
  searchLogs(search: LogSearch, options: Cancellable): Promise<DeployedLogPage>;
}

const VERSIONS = { tcb: '2018-06-08', scf: '2018-04-16' } as const;
const PAGE_SIZE = 100;
const MAX_PAGES = 100;
const TYPES_AT_ONCE = 4;
/** After so many, an account that may read no function is not asked for each of thousands. */
const MAX_REFUSALS = 20;
const TIMEOUT_MS = 30_000;
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

/** A client; it holds nothing open. */
export function createManagementApi(options: ManagementApiOptions): ManagementApi {
  const call = (
    service: keyof typeof VERSIONS,
    action: string,
    parameters: object,
    { signal }: Cancellable,
  ): Promise<Fields> => callAction(options, { service, action, parameters }, signal);

  const getFunction: ManagementApi['getFunction'] = async (envId, name, cancellable) => {
    const parameters = { FunctionName: name, Namespace: envId, ShowCode: 'FALSE' };
    return readFunction(await call('scf', 'GetFunction', parameters, cancellable));
  };

  return {
    async listEnvironments(cancellable) {
      return readEnvironments(await call('tcb', 'DescribeEnvs', {}, cancellable));
    },
    async getEnvironment(envId, cancellable) {
      return readEnvironmentInfo(await call('tcb', 'DescribeEnvInfo', { EnvId: envId }, cancellable));
    },
    async listFunctions(envId, { knownType, onListed, ...cancellable }) {
      const listed = await allPages(async (range) =>
        readFunctions(await call('tcb', 'ListFunctions', { EnvId: envId, ...range }, cancellable)),
      );
      const typed = listed.map((one) =>
        one.type === 'unknown' && knownType !== undefined ? { ...one, type: knownType(one) } : one,
      );
      if (typed.some(({ type }) => type === 'unknown')) onListed?.(typed);
      return withTypes(typed, (name) => getFunction(envId, name, cancellable));
    },
    getFunction,
    async listRoutes(envId, cancellable) {
      const domains = await allPages(async (range) =>
        readRoutes(await call('tcb', 'DescribeHTTPServiceRoute', { EnvId: envId, ...range }, cancellable)),
      );
      return domains.flat();
    },
    async searchLogs({ envId, query, fromMs, toMs, utcOffsetMinutes = 480, context }, cancellable) {
      const parameters = {
        EnvId: envId,
        StartTime: logTime(fromMs, utcOffsetMinutes),
        EndTime: logTime(toMs, utcOffsetMinutes),
        QueryString: query,
        Limit: PAGE_SIZE,
        Sort: 'desc',
        ...(context === undefined ? {} : { Context: context }),
      };
      return readLogs(await call('tcb', 'SearchClsLog', parameters, cancellable));
    },
  };
}

/** Follows pages to the last one: the one after which there are as many as were told, or one that is not full. */
async function allPages<T>(
  read: (range: { readonly Limit: number; readonly Offset: number }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, total } = await read({ Limit: PAGE_SIZE, Offset: all.length });
    all.push(...items);
    if (items.length === 0 || (total === null ? items.length < PAGE_SIZE : all.length >= total)) break;
  }
  return all;
}

async function withTypes(
  listed: readonly DeployedFunction[],
  getFunction: (name: string) => Promise<DeployedFunction | null>,
): Promise<readonly DeployedFunction[]> {
  const all = [...listed];
  const untyped = all.flatMap(({ type }, index) => (type === 'unknown' ? [index] : []));
  let refusals = 0;
  const work = async (): Promise<void> => {
    for (let index = untyped.pop(); index !== undefined; index = untyped.pop()) {
      const item = all[index] as DeployedFunction;
      try {
        const { type } = (await getFunction(item.name)) ?? item;
        all[index] = { ...item, type };
      } catch (error) {
        // The list is worth showing without its types, as where the account may list functions but not read them.
        if (!(error instanceof CbError) || error.code !== 'management-api') throw error;
        if (++refusals >= MAX_REFUSALS) return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(TYPES_AT_ONCE, untyped.length) }, work));
  return all;
}

interface ActionCall {
  readonly service: keyof typeof VERSIONS;
  readonly action: string;
  readonly parameters: object;
}

async function callAction(
  options: ManagementApiOptions,
  { service, action, parameters }: ActionCall,
  signal: AbortSignal,
): Promise<Fields> {
  const { credentials, connection, transport } = options;
  const url = new URL(options.managementUrl || `https://${service}.tencentcloudapi.com`);
  refusePlainHttp(url);
  const payload = JSON.stringify(parameters);
  const contentType = 'application/json';
  const timestampSeconds = Math.floor((options.now ?? Date.now)() / 1000);
  const signed = { service, host: url.host, path: url.pathname, contentType, payload, timestampSeconds };
  const { sessionToken } = credentials;
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await transport.send(
      {
        ...connection,
        method: 'POST',
        url: url.href,
        headers: [
          ['Content-Type', contentType],
          ['Accept', 'application/json'],
          ['X-TC-Action', action],
          ['X-TC-Version', VERSIONS[service]],
          ['X-TC-Region', options.region],
          ['X-TC-Timestamp', String(timestampSeconds)],
          ...(sessionToken ? [['X-TC-Token', sessionToken] as const] : []),
          ['Authorization', signTc3(credentials, signed)],
        ],
        body: new TextEncoder().encode(payload),
      },
      { signal: AbortSignal.any([signal, limit]) },
    );
    return readResponse(await readText(response.body, url), response.status, { credentials, host: url.host });
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw failed('management-timeout', [url.host, TIMEOUT_MS / 1000], { cause: error });
  }
}

async function readText(body: AsyncIterable<Uint8Array>, url: URL): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_REPLY_BYTES) {
      throw new CbError('management-api', msg('The answer of {0} is too large.', url.host));
    }
  }
  return text + decoder.decode();
}

function readResponse(
  body: string,
  status: number,
  { credentials, host }: { readonly credentials: Tc3Key; readonly host: string },
): Fields {
  const reply = readManagementReply(body);
  if (reply === null) {
    throw new CbError(
      'management-api',
      msg('{0} answered with HTTP status {1} and something that is not the management API’s.', host, status),
    );
  }
  if ('response' in reply) return reply.response;
  const { secretId, secretKey, sessionToken = '' } = credentials;
  const forms = secretForms([secretId, secretKey, sessionToken].filter((secret) => secret !== ''));
  const failure = { ...reply.failure, message: redactText(reply.failure.message, forms) };
  throw new CbError('management-api', explainFailure(failure), { cause: failure });
}
