// undici types its root only; these are the inner modules that net/http1Connection.ts imports.

declare module 'undici/lib/dispatcher/client.js' {
  import type { Client } from 'undici';
  const ClientClass: typeof Client;
  export default ClientClass;
}
