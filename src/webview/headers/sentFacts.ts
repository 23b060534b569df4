import type { ConnectionFacts } from '../../core/ports.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import type { HeadersStrings } from '../../protocol/strings/headersStrings.ts';
import { fill } from '../format.ts';

/** Something that is known of how a request was sent. */
export interface SentFact {
  readonly name: string;
  readonly value: string;
  /** True for what should not be overlooked. */
  readonly isWarning?: boolean;
}

/** What is known of how a request was sent, in the order of its way. */
export function sentFacts({ url, sent, response, profile }: RunSnapshot, words: HeadersStrings): SentFact[] {
  const { route, functionName, connection, redirects } = sent;
  const facts: SentFact[] = [
    { name: words.profile, value: profile },
    // Names of the settings, the same in any language.
    { name: words.route, value: profile === '' ? '' : (route ?? words.noRoute) },
    { name: words.functionName, value: functionName ?? '' },
    { name: 'URL', value: profile === '' ? '' : url },
    ...redirects.map(({ status, url: next }) => ({
      name: fill(words.redirect, String(status)),
      value: next,
    })),
    { name: words.version, value: response === null ? '' : `HTTP/${response.httpVersion}` },
    ...(connection === null ? [] : connectionFacts(connection, words)),
  ];
  return facts.filter(({ value }) => value !== '');
}

function connectionFacts(connection: ConnectionFacts, words: HeadersStrings): SentFact[] {
  const { remoteAddress, proxy, tlsVersion, isVerified, isReused } = connection;
  const certificate =
    tlsVersion === null
      ? { name: words.certificate, value: '' }
      : isVerified
        ? { name: words.certificate, value: words.checked }
        : { name: words.certificate, value: words.notChecked, isWarning: true };
  return [
    { name: words.connection, value: isReused ? words.reused : words.fresh },
    { name: proxy === null ? words.server : words.proxyAddress, value: remoteAddress ?? '' },
    { name: words.proxy, value: proxy ?? '' },
    { name: 'TLS', value: tlsVersion ?? '' },
    certificate,
  ];
}
