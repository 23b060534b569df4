// undici types its root only; these are the inner modules that net/undici.ts imports.

declare module 'undici/lib/dispatcher/agent.js' {
  import type { Agent } from 'undici';
  const AgentClass: typeof Agent;
  export default AgentClass;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';
  function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions & { origin: string; responseHeaders: 'raw' },
  ): Promise<Omit<Dispatcher.ResponseData, 'headers'> & { headers: string[]; statusText: string }>;
  export default request;
}

declare module 'undici/lib/core/connect.js' {
  import type { buildConnector } from 'undici';
  const build: typeof buildConnector;
  export default build;
}

declare module 'undici/lib/core/errors.js' {
  import type { errors } from 'undici';
  export const ConnectTimeoutError: typeof errors.ConnectTimeoutError;
}
