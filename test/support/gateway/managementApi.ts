import { readObject } from './auth.ts';
import type { GatewayEnvironment, GatewayOptions, ManagedFunction, ManagedLog } from './cloud.ts';
import type { Exchange } from './exchange.ts';
import { checkTc3 } from './tc3Check.ts';
import type { Tc3Problem } from './tc3Check.ts';

/** What the management API knows. */
export interface ManagementContext {
  readonly options: GatewayOptions;
  /** By the environment's key: where its HTTP access service listens, `host:port`. */
  readonly accessDomains: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/** A failure as the API tells it: with HTTP 200 [V]. */
class ManagementError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Body = Readonly<Record<string, unknown>>;

interface Action {
  readonly service: 'tcb' | 'scf';
  run(body: Body, context: ManagementContext, environments: readonly Environment[]): object;
}

/** An environment and its key in the double's options. */
type Environment = readonly [key: string, environment: GatewayEnvironment];

const versionOf = { tcb: '2018-06-08', scf: '2018-04-16' } as const;

const actions: Readonly<Record<string, Action>> = {
  DescribeEnvs: {
    service: 'tcb',
    run: (_, __, environments) => ({
      EnvList: environments.map(([key, one]) => describeEnvironment(key, one)),
    }),
  },
  DescribeEnvInfo: {
    service: 'tcb',
    run(body, _, environments) {
      const [key, environment] = findEnvironment(body['EnvId'], environments);
      return { EnvInfo: { EnvBaseInfo: describeEnvironment(key, environment) } };
    },
  },
  ListFunctions: {
    service: 'tcb',
    run(body, { options }, environments) {
      findEnvironment(body['EnvId'], environments);
      const all = managedFunctions(options);
      return {
        Functions: pageOf(all, body).map((one) => describeFunction(one, options.listsType !== false)),
        TotalCount: all.length,
      };
    },
  },
  GetFunction: {
    service: 'scf',
    run(body, { options }, environments) {
      findEnvironment(body['Namespace'], environments);
      if (body['ShowCode'] !== 'FALSE') {
        throw new ManagementError(
          'InvalidParameterValue',
          'The double gives no code away: ShowCode "FALSE".',
        );
      }
      const found = managedFunctions(options).find(
        ({ FunctionName }) => FunctionName === body['FunctionName'],
      );
      if (found === undefined) {
        throw new ManagementError('ResourceNotFound.Function', 'The function does not exist.');
      }
      return describeFunction(found, true);
    },
  },
  DescribeHTTPServiceRoute: {
    service: 'tcb',
    run(body, { accessDomains }, environments) {
      const [key, { service }] = findEnvironment(body['EnvId'], environments);
      const names = [accessDomains[key], service?.customDomain].filter((name) => name !== undefined);
      const all = names.map((Domain, index) => ({
        Domain,
        DomainType: 'HTTPSERVICE',
        AccessType: 'DIRECT',
        IsDefault: index === 0,
        Enable: true,
        Status: 'SUCCESS',
        Routes: service?.routes,
      }));
      return {
        Domains: pageOf(all, body),
        OriginDomain: accessDomains[key] ?? '',
        TotalCount: all.length,
      };
    },
  },
  SearchClsLog: {
    service: 'tcb',
    run(body, { options }, environments) {
      findEnvironment(body['EnvId'], environments);
      for (const key of ['StartTime', 'EndTime']) {
        if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text(body, key))) {
          throw new ManagementError('InvalidParameterValue', `${key} is not YYYY-MM-DD HH:mm:ss.`);
        }
      }
      return { LogResults: searchLogs(options.logs ?? [], body) };
    },
  },
};

/** `POST /` with `X-TC-Action`: the services tcb and scf of Tencent Cloud's API. */
export async function serveManagement(exchange: Exchange, context: ManagementContext): Promise<void> {
  const body = await exchange.readBody();
  if (body === undefined) return;
  let response: object;
  try {
    response = run(exchange, body, context);
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    response = { Error: { Code: error.code, Message: error.message } };
  }
  exchange.answerJson(200, { Response: { ...response, RequestId: exchange.requestId } });
}

function run(exchange: Exchange, body: Buffer, context: ManagementContext): object {
  const { headers, method, url } = exchange.incoming;
  const environments = Object.entries(context.options.environments);
  const given = (name: string): string | undefined => headers[name]?.toString();
  const timestamp = given('x-tc-timestamp');
  if (method !== 'POST' || url !== '/' || !/^application\/json\b/.test(given('content-type') ?? '')) {
    throw new ManagementError('UnsupportedProtocol', 'Not a POST of JSON to /.');
  }
  if (timestamp === undefined || !given('x-tc-version')) {
    throw new ManagementError('MissingParameter', 'X-TC-Timestamp or X-TC-Version is missing.');
  }
  const verdict = checkTc3(
    { method, path: '/', query: '', headers, body },
    {
      secrets: environments.flatMap(([, { secrets = [] }]) => secrets),
      nowMs: context.nowMs,
      maxSkewSeconds: 300,
      timestamp,
      token: given('x-tc-token'),
    },
  );
  if ('problem' in verdict) throw new ManagementError(failureOf(verdict.problem), verdict.problem);
  const action = own(given('x-tc-action') ?? '');
  if (action === undefined || action.service !== verdict.service) {
    throw new ManagementError('InvalidAction', `${verdict.service} has no action of this name.`);
  }
  if (given('x-tc-version') !== versionOf[action.service]) {
    throw new ManagementError(
      'NoSuchVersion',
      `The version of ${action.service} is ${versionOf[action.service]}.`,
    );
  }
  if (!given('x-tc-region')) throw new ManagementError('MissingParameter', 'X-TC-Region is missing.');
  const parameters = readObject(body);
  if (parameters === undefined) throw new ManagementError('InvalidParameter', 'The body is no JSON object.');
  const mine = environments.filter(([, { secrets = [] }]) => secrets.includes(verdict.secret));
  return action.run(parameters, context, mine);
}

function own(name: string): Action | undefined {
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

/** The API's documented codes for what is wrong with a signature. */
function failureOf(problem: Tc3Problem): string {
  switch (problem) {
    case 'malformed':
    case 'signed-headers':
      return 'AuthFailure.InvalidAuthorization';
    case 'unknown-id':
      return 'AuthFailure.SecretIdNotFound';
    case 'expired':
      return 'AuthFailure.SignatureExpire';
    case 'scope':
    case 'signature':
      return 'AuthFailure.SignatureFailure';
    case 'token':
      return 'AuthFailure.TokenFailure';
  }
}

/** An environment of the account that signed. */
function findEnvironment(envId: unknown, environments: readonly Environment[]): Environment {
  if (typeof envId !== 'string') throw new ManagementError('MissingParameter', 'The environment is missing.');
  const found = environments.find(([, environment]) => environment.envId === envId);
  if (found === undefined) {
    throw new ManagementError('UnauthorizedOperation', 'The environment is none of this account.');
  }
  return found;
}

function describeEnvironment(key: string, { envId }: GatewayEnvironment): object {
  return {
    EnvId: envId,
    Alias: key,
    Status: 'NORMAL',
    Region: 'ap-shanghai',
    PackageName: '个人版',
    EnvType: 'baas',
  };
}

function managedFunctions({ managed, functions }: GatewayOptions): readonly ManagedFunction[] {
  return managed ?? Object.keys(functions).map((FunctionName) => ({ FunctionName, Type: 'HTTP' as const }));
}

function describeFunction(one: ManagedFunction, hasType: boolean): object {
  const { Type, ...rest } = one;
  return {
    FunctionId: `lam-${one.FunctionName}`,
    Runtime: 'Nodejs20.19',
    Handler: 'index.main',
    Timeout: 15,
    MemorySize: 256,
    Status: 'Active',
    StatusDesc: '',
    AddTime: '2025-05-01 10:00:00',
    ModTime: '2025-06-01 10:00:00',
    ...rest,
    ...(hasType ? { Type } : {}),
  };
}

/** Conditions are joined by AND; the range of time is not looked at, its zone being [U]. */
function searchLogs(logs: readonly ManagedLog[], body: Body): object {
  const query = text(body, 'QueryString');
  const wanted = [...query.matchAll(/(function_name|request_id):"([^"]*)"/g)];
  const limit = integer(body, 'Limit', 20, 100);
  const start = Number(body['Context'] ?? 0);
  const found = logs.filter((log) =>
    wanted.every(([, key, value]) => (key === 'function_name' ? log.functionName : log.requestId) === value),
  );
  if (body['Sort'] !== 'asc') found.reverse();
  const next = start + limit;
  return {
    Context: next < found.length ? String(next) : '',
    ListOver: next >= found.length,
    Results: found.slice(start, next).map((log) => ({
      TopicId: 'topic',
      TopicName: 'tcb-log',
      Timestamp: log.time,
      Content: JSON.stringify({
        function_name: log.functionName,
        request_id: log.requestId,
        message: log.text,
      }),
      FileName: '',
      Source: '127.0.0.1',
    })),
  };
}

/** [I]: 20 items where the request does not say how many, at most 100. */
function pageOf<T>(all: readonly T[], body: Body): readonly T[] {
  const limit = integer(body, 'Limit', 20, 100);
  const offset = integer(body, 'Offset', 0, Infinity);
  return all.slice(offset, offset + limit);
}

function text(body: Body, key: string): string {
  const value = body[key];
  if (typeof value !== 'string') throw new ManagementError('MissingParameter', `${key} is missing.`);
  return value;
}

function integer(body: Body, key: string, usual: number, max: number): number {
  const value = body[key] ?? usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new ManagementError('InvalidParameterValue', `${key} is not a number of 0 to ${max}.`);
}
