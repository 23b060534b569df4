// undici types its root only; these are the inner modules that net/http1Connection.ts imports.

declare module 'undici/lib/dispatcher/client.js' {
  import type { Client } from 'undici';
  const ClientClass: typeof Client;
  export default ClientClass;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';
  function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions & { responseHeaders: 'raw' },
  ): Promise<Omit<Dispatcher.ResponseData, 'headers'> & { headers: string[]; statusText: string }>;
  export default request;
}
