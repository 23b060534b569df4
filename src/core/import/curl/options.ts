import type { ImportProblem } from '../imported.ts';
import { msg } from '../../message.ts';
import type { ShellWord } from './shellText.ts';

/** An option of curl as it was given; an address is the option `url`. */
export interface CurlOption {
  /** Its long name, without dashes. */
  readonly name: string;
  /** As it is written in the text. */
  readonly written: string;
  /** Undefined for one that takes none. */
  readonly value: string | undefined;
  readonly word: ShellWord;
}

/** Short options and the long names they stand for; the second list takes a value. Source: curl(1). */
const FLAGS =
  '#:progress-bar 0:http1.0 1:tlsv1 2:sslv2 3:sslv3 4:ipv4 6:ipv6 a:append B:use-ascii f:fail g:globoff G:get i:include I:head ' +
  'j:junk-session-cookies J:remote-header-name k:insecure l:list-only L:location M:manual n:netrc N:no-buffer O:remote-name ' +
  'p:proxytunnel q:disable R:remote-time s:silent S:show-error v:verbose V:version Z:parallel';
const WITH_VALUE =
  'A:user-agent b:cookie c:cookie-jar C:continue-at d:data D:dump-header e:referer E:cert F:form h:help H:header K:config ' +
  'm:max-time o:output P:ftp-port Q:quote r:range t:telnet-option T:upload-file u:user U:proxy-user w:write-out x:proxy ' +
  'X:request y:speed-time Y:speed-limit z:time-cond';
/** Long options without a short one that take a value. */
const LONG_WITH_VALUE =
  'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert-type ciphers connect-timeout connect-to create-file-mode crlfile ' +
  'curves data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers ' +
  'doh-url ech egd-file engine etag-compare etag-save expect100-timeout form-string ftp-account ftp-alternative-to-user ' +
  'ftp-method ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ip-tos ' +
  'ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth ' +
  'mail-from mail-rcpt max-filesize max-redirs netrc-file noproxy oauth2-bearer output-dir parallel-max pass pinnedpubkey ' +
  'preproxy proto proto-default proto-redir proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile ' +
  'proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers ' +
  'proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy1.0 pubkey random-file rate request-target resolve retry ' +
  'retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname ' +
  'speed-limit stderr tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket url ' +
  'url-query variable vlan-priority';
const LONG_FLAGS =
  'anyauth basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable-eprt disable-epsv ' +
  'disallow-username-in-url doh-cert-status doh-insecure fail-early fail-with-body false-start form-escape ftp-create-dirs ' +
  'ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control get haproxy-protocol http0.9 http1.1 http2 ' +
  'http2-prior-knowledge http3 http3-only ignore-content-length keepalive location-trusted mail-rcpt-allowfails metalink ' +
  'negotiate netrc-optional next no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter no-sessionid ntlm ' +
  'parallel-immediate path-as-is post301 post302 post303 progress-meter proxy-anyauth proxy-basic proxy-digest proxy-insecure ' +
  'proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-tlsv1 raw remote-name-all remove-on-error retry-all-errors ' +
  'retry-connrefused sasl-ir skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ' +
  'ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort styled-output suppress-connect-headers tcp-fastopen ' +
  'tcp-nodelay test-event tftp-no-options tls-earlydata tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time ' +
  'xattr';

const flags = new Map(FLAGS.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(2)]));
const valued = new Map(WITH_VALUE.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(2)]));
const longValued = new Set([...valued.values(), ...LONG_WITH_VALUE.split(' ')]);
const longFlags = new Set([...flags.values(), ...LONG_FLAGS.split(' ')]);

/**
 * Reads the words behind `curl` as its options. One that curl may have, but not this list, has no value and the name
 * that is written.
 */
export function readOptions(words: readonly ShellWord[]): {
  readonly options: readonly CurlOption[];
  readonly problem: ImportProblem | null;
} {
  const options: CurlOption[] = [];
  let onlyUrls = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const { text } = word;
    if (onlyUrls || !text.startsWith('-') || text === '-') {
      if (text.trim() !== '') options.push({ name: 'url', written: text, value: text, word });
    } else if (text === '--') {
      onlyUrls = true;
    } else if (text.startsWith('--')) {
      const name = longName(text.slice(2));
      const takesValue = longValued.has(name);
      const next = takesValue ? words[++index] : undefined;
      if (takesValue && next === undefined) return { options, problem: noValue(text, word) };
      options.push({ name, written: text, value: next?.text, word: next ?? word });
    } else {
      for (let at = 1; at < text.length; at++) {
        const letter = text[at] ?? '';
        const name = valued.get(letter);
        if (name === undefined) {
          options.push({
            name: letter === ':' ? 'next' : (flags.get(letter) ?? `-${letter}`),
            written: `-${letter}`,
            value: undefined,
            word,
          });
          continue;
        }
        const joined = text.slice(at + 1);
        const next = joined === '' ? words[++index] : undefined;
        if (joined === '' && next === undefined) return { options, problem: noValue(`-${letter}`, word) };
        options.push({
          name,
          written: `-${letter}`,
          value: next === undefined ? joined : next.text,
          word: next ?? word,
        });
        break;
      }
    }
  }
  return { options, problem: null };
}

/** The options of one request, looked up by their long names. */
export interface CurlRequestOptions {
  readonly all: readonly CurlOption[];
  readonly has: (name: string) => boolean;
  /** Of several, the last one counts. */
  readonly last: (name: string) => string | undefined;
}

export function lookUp(all: readonly CurlOption[]): CurlRequestOptions {
  return {
    all,
    has: (name) => all.some((option) => option.name === name),
    last: (name) => all.findLast((option) => option.name === name)?.value,
  };
}

/** True for an option that curl is known to have. */
export function isKnownOption(name: string): boolean {
  return (
    longValued.has(name) || longFlags.has(name) || (name.startsWith('no-') && longFlags.has(name.slice(3)))
  );
}

/** The name itself, or the only one that begins so. */
function longName(written: string): string {
  if (longValued.has(written) || longFlags.has(written)) return written;
  const all = [...longValued, ...longFlags].filter((name) => name.startsWith(written));
  return all.length === 1 ? (all[0] ?? written) : written;
}

function noValue(written: string, { span }: ShellWord): ImportProblem {
  return { message: msg('The option {0} takes a value, and none follows.', written), span };
}
