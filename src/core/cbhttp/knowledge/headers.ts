import { cloudbaseHeaders } from './cloudbaseHeaders.ts';
import type { HeaderInfo } from './headerInfo.ts';
import { requestHeaders } from './requestHeaders.ts';
import { responseHeaders } from './responseHeaders.ts';
import { sharedHeaders } from './sharedHeaders.ts';

/** All header fields this product can explain. */
export const headers: readonly HeaderInfo[] = [
  ...requestHeaders,
  ...sharedHeaders,
  ...cloudbaseHeaders,
  ...responseHeaders,
];

const byName: ReadonlyMap<string, HeaderInfo> = new Map(headers.map((one) => [one.name.toLowerCase(), one]));

/** What a header field is for, whatever its letter case; undefined for one that is not known here. */
export function headerInfo(name: string): HeaderInfo | undefined {
  return byName.get(name.toLowerCase());
}
