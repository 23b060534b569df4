import type { IncomingHttpHeaders } from 'node:http';
import type { Tc3Secret } from './tc3Check.ts';

// What the double of CloudBase is told to be, and what it tells of itself. In this folder, [V] is what published code
// of the vendor does, [D] what the vendor documents, [F] what public code relies on: there the double is strict. [I]
// is only inferred and [U] unknown; it has to do something there, and no test should lean on it.

/** One environment the double serves. */
export interface GatewayEnvironment {
  readonly envId: string;
  /** With all rights. */
  readonly apiKey: string;
  /** With the rights of an anonymous user. */
  readonly publishableKey?: string;
  /** Who may get an admin token here and use the management API. */
  readonly secrets?: readonly Tc3Secret[];
  /** Starts the HTTP access service for it, on a port of its own. */
  readonly service?: AccessService;
}

/** The HTTP access service of an environment. */
export interface AccessService {
  readonly routes: readonly AccessRoute[];
  /** Like a default domain that has not been used for long: every request gets a web page in place of the function. */
  readonly interstitial?: boolean;
  /** `host:port` of a domain of the user's own with the same routes; listed, not served. */
  readonly customDomain?: string;
}

/** A route as the management API lists it [V]; a missing `Enable` means true. */
export interface AccessRoute {
  readonly Path: string;
  readonly UpstreamResourceType: 'SCF' | 'WEB_SCF';
  readonly UpstreamResourceName: string;
  readonly EnableAuth?: boolean;
  readonly EnablePathTransmission?: boolean;
  readonly Enable?: boolean;
}

/** A function as the management API describes it [V]. */
export interface ManagedFunction {
  readonly FunctionName: string;
  readonly Type: 'HTTP' | 'Event';
  readonly Runtime?: string;
  readonly Status?: string;
  readonly StatusDesc?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
}

/** A line of a function's log. */
export interface ManagedLog {
  readonly functionName: string;
  readonly requestId: string;
  readonly text: string;
  /** As the service writes it. */
  readonly time: string;
}

/** What the double serves. */
export interface GatewayOptions {
  /** By the first segment of the path, which here stands for the real gateway's host name. */
  readonly environments: Readonly<Record<string, GatewayEnvironment>>;
  /** Function name to the port on 127.0.0.1 where it runs; every environment has all of them. */
  readonly functions: Readonly<Record<string, number>>;
  /** Of the HTTP API, the auth endpoints and the management API; a free one when left out. */
  readonly port?: number;
  /** Serves https with this PEM key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where the function's path stands: in the URL [F], or with the method in a JSON body [D]; `append` when left out. */
  readonly subPath?: 'append' | 'body';
  /** Versions besides `$LATEST`; all are the same function. */
  readonly versions?: readonly string[];
  /** Functions whose security rule lets only administrators in. */
  readonly adminOnly?: readonly string[];
  /** Function name to the ms that one invocation may take. */
  readonly timeoutsMs?: Readonly<Record<string, number>>;
  /** What the management API lists; the functions above, of the type HTTP, when left out. */
  readonly managed?: readonly ManagedFunction[];
  /** False: `ListFunctions` says no `Type`, which is [I]. */
  readonly listsType?: boolean;
  readonly logs?: readonly ManagedLog[];
  /** ms since 1970: what tokens and signatures are measured by; the system's clock when left out. */
  readonly now?: () => number;
}

/** The services that the double plays. */
export type GatewayPart = 'httpApi' | 'auth' | 'access' | 'management';

/**
 * How an exchange came to its end: the answer was sent completely, the client closed the connection before that, or
 * the answer was cut because the function broke off or a limit was passed.
 */
export type GatewayOutcome = 'answered' | 'client left' | 'cut';

/** One request that reached the double, refused ones too. */
export interface GatewayRequest {
  /** As in the reply's `X-Request-Id`. */
  readonly requestId: string;
  readonly part: GatewayPart;
  readonly method: string;
  /** Path and query as on the request line, the environment's segment included. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Settles when the exchange is over; never rejects. */
  readonly closed: Promise<GatewayOutcome>;
}

/** The entry of that very name: none for names such as `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
