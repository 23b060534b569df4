import { msg, type Message } from '../message.ts';
import type { FailureRow } from './row.ts';

/** What a server's certificate says of itself. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Dates as the certificate has them. */
  readonly validFrom: string;
  readonly validTo: string;
  /** The hosts it is for. */
  readonly names: string;
}

/** What fails while a secure connection is made. */
export const tlsFailures = {
  'tls-expired': {
    code: 'tls',
    message: (host: string, { subject, issuer, validFrom, validTo, names }: CertificateFacts) =>
      msg(
        'The certificate of {0} has expired: valid from {3} to {4}. Subject {1}, issuer {2}, names {5}.',
        host,
        subject,
        issuer,
        validFrom,
        validTo,
        names,
      ),
    advice: [msg('Have the certificate renewed. If it is new, check the clock of this machine.')],
  },
  'tls-not-yet-valid': {
    code: 'tls',
    message: (host: string, { subject, issuer, validFrom, validTo, names }: CertificateFacts) =>
      msg(
        'The certificate of {0} is not valid yet: from {3} to {4}. Subject {1}, issuer {2}, names {5}.',
        host,
        subject,
        issuer,
        validFrom,
        validTo,
        names,
      ),
    advice: [msg('Check the clock of this machine.')],
  },
  'tls-self-signed': {
    code: 'tls',
    message: (host: string, { subject, issuer, validFrom, validTo, names }: CertificateFacts) =>
      msg(
        'The certificate of {0} is self-signed: nobody vouches for it. Subject {1}, issuer {2}, valid from {3} to {4}, names {5}.',
        host,
        subject,
        issuer,
        validFrom,
        validTo,
        names,
      ),
    advice: trustIt(),
  },
  'tls-unknown-authority': {
    code: 'tls',
    message: (host: string, { subject, issuer, validFrom, validTo, names }: CertificateFacts) =>
      msg(
        'The certificate of {0} is by an authority that is not trusted here: {2}. Subject {1}, valid from {3} to {4}, names {5}.',
        host,
        subject,
        issuer,
        validFrom,
        validTo,
        names,
      ),
    advice: [
      ...trustIt(),
      msg('If the authority is a public one, the server does not send its intermediate certificates.'),
    ],
  },
  'tls-wrong-host': {
    code: 'tls',
    message: (host: string, { subject, issuer, validFrom, validTo, names }: CertificateFacts) =>
      msg(
        'The certificate is not for {0} but for {5}. Subject {1}, issuer {2}, valid from {3} to {4}.',
        host,
        subject,
        issuer,
        validFrom,
        validTo,
        names,
      ),
    advice: [msg('Check the host name; for a custom domain, bind its certificate to it in the console.')],
  },
  'tls-client-certificate': {
    code: 'tls',
    message: (host: string, detail: string) =>
      msg('{0} wants a client certificate, and takes none or not this one ({1}).', host, detail),
    advice: [msg('Set "tls": {"cert": …, "key": …} of the profile to a certificate that the server trusts.')],
  },
  'tls-not-tls': {
    code: 'tls',
    message: (host: string, detail: string) =>
      msg('What answers at {0} does not speak TLS ({1}).', host, detail),
    advice: [msg('Write http:// for a server without TLS, or check the port.')],
  },
  'tls-version': {
    code: 'tls',
    message: (host: string, detail: string) =>
      msg('{0} and this client have no TLS version or cipher in common ({1}).', host, detail),
    advice: [
      msg('The server is too old or set too strictly: it needs TLS 1.2 or 1.3.'),
      msg('A server that wants a client certificate may do so, too: "tls": {"cert": …, "key": …}.'),
    ],
  },
  'tls-closed': {
    code: 'tls',
    message: (host: string, detail: string) =>
      msg('{0} closed the connection while TLS was being set up ({1}).', host, detail),
    advice: [
      msg(
        'Check that the port is one for https, and that nothing on the way (proxy, firewall, VPN) cuts it.',
      ),
      msg('A server that wants a client certificate may do so, too: "tls": {"cert": …, "key": …}.'),
    ],
  },
  tls: {
    code: 'tls',
    message: (host: string, detail: string) => msg('No secure connection to {0} ({1}).', host, detail),
    advice: [msg('Check the server’s certificate: self-signed, expired, or issued for another name?')],
  },
  'tls-file-unreadable': {
    code: 'tls-file',
    message: (file: string, detail: string) =>
      msg('The certificate file {0} cannot be read ({1}).', file, detail),
    advice: [msg('Check the paths in "tls" of the profile; they are relative to the workspace folder.')],
  },
  'tls-file': {
    code: 'tls-file',
    message: (file: string, detail: string) =>
      msg('The certificate or key in {0} cannot be used ({1}).', file, detail),
    advice: [
      msg('PEM files are wanted, or PKCS #12 as "cert" alone; the key must be the certificate’s, and "passphraseSecret" name its passphrase.'), // prettier-ignore
    ],
  },
} satisfies Readonly<Record<string, FailureRow>>;

function trustIt(): readonly Message[] {
  return [
    msg('If you trust it, name its authority’s PEM file as "tls": {"ca": …} of the profile.'),
    msg('A company’s proxy or virus scanner may have put its own certificate in place of the server’s.'),
  ];
}
