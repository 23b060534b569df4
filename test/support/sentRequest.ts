import type { ScriptedRequest } from './sseServer.ts';

/** What has to be the same of two requests, whoever sent them. */
export interface Comparable {
  readonly method: string;
  readonly url: string;
  /** By lower-case name, values of one name joined (RFC 9110, 5.3), sorted. */
  readonly headers: readonly (readonly [string, string])[];
  /** A character for each byte. */
  readonly body: string;
}

/** Fields that each client has in its own way, or that say how the message is framed. */
const OWN = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'sec-fetch-mode',
  'transfer-encoding',
]);

/** A request as it arrived, without what may differ: framing, own fields, and the boundary of a form. */
export function comparable({ method, url, headers, body }: ScriptedRequest): Comparable {
  const boundary = /boundary=(?:"([^"]*)"|(\S+))/.exec(
    headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '',
  );
  const cut = boundary?.[1] ?? boundary?.[2];
  const evened = (text: string): string => (cut === undefined ? text : text.replaceAll(cut, 'BOUNDARY'));
  const fields = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (OWN.has(key) || (key === 'accept' && value === '*/*')) continue;
    if (key === 'user-agent' && /^(?:curl\/|node|undici|python-requests|test\/1)/.test(value)) continue;
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  const text = evened(body.toString('latin1')).replace(/--\r\n$/, '--');
  return {
    method,
    url,
    headers: [...fields]
      .map(([key, value]) => [key, evened(value).replace(/"(BOUNDARY)"/, '$1')] as const)
      .sort(),
    body: text,
  };
}

/** What is known to be different with curl: HEAD goes without a body. */
export function curlDifference(ours: Comparable): Comparable {
  return ours.method === 'HEAD' ? { ...ours, body: '' } : ours;
}

/** What is known to be different with fetch: GET and HEAD go without a body. */
export function fetchDifference(ours: Comparable): Comparable {
  return ours.method === 'GET' || ours.method === 'HEAD' ? { ...ours, body: '' } : ours;
}

/** What is known to be different with Python's requests: it encodes more of a URL (RFC 3986, 2). */
export function pythonDifference(one: Comparable): Comparable {
  return { ...one, url: one.url.replace(/[[\]`{}|^"<>\\]/g, encodeURIComponent) };
}
