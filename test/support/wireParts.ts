import type { ConnectionFacts, TlsSettings } from '../../src/core/ports.ts';

/** The TLS of a profile that says nothing about it. */
export const plainTls: TlsSettings = {
  ca: null,
  cert: null,
  key: null,
  passphrase: null,
  rejectUnauthorized: true,
};

/** A connection of which nothing is known. */
export const plainConnection: ConnectionFacts = {
  isReused: false,
  dnsMs: null,
  connectMs: null,
  proxyMs: null,
  tlsMs: null,
  remoteAddress: null,
  proxy: null,
  tlsVersion: null,
  isVerified: true,
};
