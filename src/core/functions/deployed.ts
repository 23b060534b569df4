import type { ServiceRoute } from '../profiles/serviceRoutes.ts';

/** An environment of an account, as the management API lists it. Texts are empty where it says nothing. */
export interface DeployedEnvironment {
  readonly envId: string;
  /** The name people gave it. */
  readonly alias: string;
  /** `NORMAL` where it works. */
  readonly status: string;
  readonly region: string;
  readonly packageName: string;
  readonly envType: string;
}

/** A function as it is deployed. Texts are empty where the management API says nothing. */
export interface DeployedFunction {
  readonly name: string;
  readonly functionId: string;
  /** `unknown` where the API did not say: never guessed. */
  readonly type: 'HTTP' | 'Event' | 'unknown';
  readonly runtime: string;
  readonly handler: string;
  readonly timeoutSeconds: number | null;
  readonly memoryMb: number | null;
  readonly status: string;
  readonly statusDescription: string;
  /** As the API writes it: `2025-05-01 10:00:00`, in a zone it does not name. */
  readonly addedAt: string;
  readonly modifiedAt: string;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are on all pages; null where the API did not say. */
  readonly total: number | null;
}

/** `DescribeEnvs`: what has no id is left out. Source of all shapes here: facts sheet, sections 2 and 5. */
export function readEnvironments(response: Fields): readonly DeployedEnvironment[] {
  return listOf(response, 'EnvList').map(readEnvironment).filter(isSomething);
}

/** `DescribeEnvInfo`; null where it has no id. */
export function readEnvironmentInfo(response: Fields): DeployedEnvironment | null {
  return readEnvironment(fieldsOf(fieldsOf(response['EnvInfo'])['EnvBaseInfo']));
}

/** `ListFunctions`: what has no name is left out. */
export function readFunctions(response: Fields): Page<DeployedFunction> {
  const items = listOf(response, 'Functions').map(readFunction).filter(isSomething);
  return { items, total: numberOf(response, 'TotalCount') };
}

/** `GetFunction`, or an item of `ListFunctions`; null where it has no name. */
export function readFunction(item: Fields): DeployedFunction | null {
  const name = textOf(item, 'FunctionName');
  if (name === '') return null;
  const type = item['Type'];
  return {
    name,
    functionId: textOf(item, 'FunctionId'),
    type: type === 'HTTP' || type === 'Event' ? type : 'unknown',
    runtime: textOf(item, 'Runtime'),
    handler: textOf(item, 'Handler'),
    timeoutSeconds: numberOf(item, 'Timeout'),
    memoryMb: numberOf(item, 'MemorySize'),
    status: textOf(item, 'Status'),
    statusDescription: textOf(item, 'StatusDesc'),
    addedAt: textOf(item, 'AddTime'),
    modifiedAt: textOf(item, 'ModTime'),
  };
}

/** `DescribeHTTPServiceRoute`: its domains, each with its routes. A route counts unless it is switched off. */
export function readRoutes(response: Fields): Page<readonly ServiceRoute[]> {
  const items = listOf(response, 'Domains').map((domain) =>
    listOf(domain, 'Routes').map((route) => ({
      domain: textOf(domain, 'Domain') || null,
      isDefaultDomain: domain['IsDefault'] === true,
      path: textOf(route, 'Path'),
      functionName:
        route['UpstreamResourceType'] === 'WEB_SCF' ? textOf(route, 'UpstreamResourceName') : null,
      isEnabled: domain['Enable'] !== false && route['Enable'] !== false,
    })),
  );
  return { items, total: numberOf(response, 'TotalCount') };
}

/** An object whose values are somebody's. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The objects of a list; none where there is no list. */
export function listOf(fields: Fields, key: string): readonly Fields[] {
  const value = fields[key];
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** A text; empty where there is none. */
export function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

function numberOf(fields: Fields, key: string): number | null {
  const value = fields[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function readEnvironment(item: Fields): DeployedEnvironment | null {
  const envId = textOf(item, 'EnvId');
  if (envId === '') return null;
  return {
    envId,
    alias: textOf(item, 'Alias'),
    status: textOf(item, 'Status'),
    region: textOf(item, 'Region'),
    packageName: textOf(item, 'PackageName'),
    envType: textOf(item, 'EnvType'),
  };
}

function isSomething<T>(value: T | null): value is T {
  return value !== null;
}
