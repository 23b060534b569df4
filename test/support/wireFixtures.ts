import type { ConnectionFacts, TlsSettings } from '../../src/core/ports.ts';

/** TLS as a profile has it that says nothing about it. */
export const plainTls: TlsSettings = {
  ca: null,
  cert: null,
  key: null,
  passphrase: null,
  rejectUnauthorized: true,
};

/** Facts of a connection without TLS and proxy. */
export const plainConnection: ConnectionFacts = {
  isReused: false,
  dnsMs: null,
  connectMs: 1,
  proxyMs: null,
  tlsMs: null,
  remoteAddress: '127.0.0.1:80',
  proxy: null,
  tlsVersion: null,
  isVerified: true,
};
