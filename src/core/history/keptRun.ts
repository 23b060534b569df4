import type { LastResult } from '../cbhttp/lenses.ts';
import type { Message } from '../message.ts';
import type { HeaderList } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import type { Auth, Profile, Route } from '../profiles/profile.ts';
import { redactHeaders, redactText } from '../profiles/redact.ts';
import type { StreamMode } from '../cbhttp/resolve.ts';
import { keptUrl } from './hiddenTexts.ts';

/** Raised when what is written changes its meaning: runs of another version are not read. */
export const KEPT_VERSION = 1;

/** What is kept of a profile. */
type KeptProfile = Pick<
  Profile,
  'name' | 'envId' | 'route' | 'site' | 'region' | 'managementUrl' | 'protected'
> & { readonly auth: Auth };

/** A request that was sent, without its secrets. */
export interface KeptRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly profile: KeptProfile;
  readonly route: Route | null;
  readonly functionName: string | null;
  readonly stream: StreamMode;
  readonly dataType: 'json' | 'text' | null;
  readonly responseType: 'text' | 'arraybuffer' | null;
  /** Bytes of the body; null where it had none. */
  readonly bodyBytes: number | null;
}

/** How a run went, for who only lists it. */
export interface KeptSummary {
  readonly result: LastResult;
  /** Body bytes received, those that are not kept too. */
  readonly byteCount: number;
  /** What was judged of it, in a sentence; null where nothing was. */
  readonly verdict: { readonly tone: 'good' | 'neutral' | 'bad'; readonly title: Message } | null;
  /** Where only the beginning is kept: so many events and bytes of the body; else null. */
  readonly kept: { readonly events: number; readonly bytes: number } | null;
}

/** What is known of a kept run without its journal. Written at its start, now and then, and at its end. */
export interface KeptHead {
  readonly version: typeof KEPT_VERSION;
  /** A UUID. */
  readonly id: string;
  /** Who writes it: another process, or another window of this one, may be gone. */
  readonly owner: { readonly pid: number; readonly session: string };
  readonly request: { readonly uri: string; readonly key: string; readonly label: string };
  readonly method: string;
  /** As written, without credentials. */
  readonly target: string;
  /** ms since 1970. */
  readonly startedMs: number;
  /** When it was sent; null where it was not. */
  readonly sentMs: number | null;
  readonly timeoutSeconds: number | null;
  /** Null where it was not sent. */
  readonly sent: KeptRequest | null;
  /** `lost` where its window was closed or reloaded before it ended. */
  readonly state: 'running' | 'ended' | 'lost';
  /** So far, while it runs. */
  readonly summary: KeptSummary;
  /** Bytes of its journal. */
  readonly journalBytes: number;
}

/** What is kept of a request. */
export function packRequest(prepared: PreparedRequest, hidden: readonly string[]): KeptRequest {
  const { wire, profile, route, functionName, stream, dataType, responseType, shownUrl, shownHeaders } =
    prepared;
  const { name, envId, site, region, managementUrl, auth } = profile;
  const { body } = wire;
  return {
    method: wire.method,
    url: keptUrl(shownUrl, hidden),
    headers: redactHeaders(shownHeaders, hidden),
    profile: {
      name,
      envId: redactText(envId, hidden),
      route: profile.route,
      site,
      region: redactText(region, hidden),
      managementUrl: keptUrl(managementUrl, hidden),
      protected: profile.protected,
      auth,
    },
    route,
    functionName: functionName === null ? null : redactText(functionName, hidden),
    stream,
    dataType: dataType ?? null,
    responseType: responseType ?? null,
    bodyBytes: body === null ? null : body instanceof Uint8Array ? body.length : body.byteLength,
  };
}

/** A head that was read; null for what is none, or one of another version. */
export function readKeptHead(value: unknown): KeptHead | null {
  const head = asObject(value);
  const request = asObject(head?.['request']);
  const owner = asObject(head?.['owner']);
  const summary = asObject(head?.['summary']);
  const result = asObject(summary?.['result']);
  const sent = head?.['sent'];
  const isSent = sent === null || isKeptRequest(asObject(sent));
  const isHead =
    head !== null &&
    head['version'] === KEPT_VERSION &&
    areStrings([head['id'], head['method'], head['target'], head['state']]) &&
    areStrings([request?.['uri'], request?.['key'], request?.['label'], owner?.['session']]) &&
    areNumbers([owner?.['pid'], head['startedMs'], head['journalBytes'], summary?.['byteCount']]) &&
    areNumbers([result?.['elapsedMs']]) &&
    typeof result?.['outcome'] === 'string' &&
    isSent;
  return isHead ? (head as unknown as KeptHead) : null;
}

function isKeptRequest(value: Record<string, unknown> | null): boolean {
  const profile = asObject(value?.['profile']);
  return (
    areStrings([value?.['method'], value?.['url'], profile?.['name']]) && Array.isArray(value?.['headers'])
  );
}

function areStrings(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function areNumbers(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number');
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
