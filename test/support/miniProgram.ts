import vm from 'node:vm';

/** What `wx.cloud.callHTTPFunction` was called with. */
export interface CalledWith {
  readonly name: string;
  readonly config?: { readonly env?: string };
  readonly path: string;
  readonly method: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly data?: unknown;
  readonly timeout?: number;
  readonly enableChunked?: boolean;
  readonly dataType?: string;
  readonly responseType?: string;
  readonly onHeadersReceived?: (response: { statusCode: number; header: Record<string, string> }) => void;
  readonly onChunkedReceived?: (response: { data: ArrayBuffer }) => void;
  readonly success?: (response: {
    statusCode: number;
    header: Record<string, string>;
    data: unknown;
  }) => void;
  readonly fail?: (error: { errMsg: string }) => void;
  readonly complete?: () => void;
}

/** A reader of events that generated code defines. */
export interface StreamHandlers {
  readonly event?: (event: { type: string; data: string; id: string; lastEventId: string }) => void;
  readonly comment?: (text: string) => void;
  readonly retry?: (ms: number) => void;
}

/** Code that ran in a stand-in for a mini program. */
export interface MiniProgram {
  readonly calls: readonly CalledWith[];
  /** What was written to the console, by its method. */
  readonly written: readonly (readonly [string, ...unknown[]])[];
  /** Calls the function that generated code defines for streams; returns what it calls the platform with. */
  callStream(on: StreamHandlers): CalledWith;
}

/**
 * Runs code where there is what a mini program has, and nothing else: no TextDecoder, no URL, no Buffer.
 * @param version of the base library
 */
export function runMiniProgram(code: string, version = '3.15.1'): MiniProgram {
  const calls: CalledWith[] = [];
  const written: [string, ...unknown[]][] = [];
  const write =
    (method: string) =>
    (...all: unknown[]): void =>
      void written.push([method, ...all]);
  const context = vm.createContext({
    console: { log: write('log'), error: write('error') },
    wx: {
      getAppBaseInfo: () => ({ SDKVersion: version }),
      base64ToArrayBuffer: (text: string) => Uint8Array.from(Buffer.from(text, 'base64')).buffer,
      getFileSystemManager: () => ({ readFileSync: (file: string) => `file ${file}` }),
      cloud: {
        callHTTPFunction: (options: CalledWith) => {
          calls.push(options);
          return { abort: () => undefined };
        },
      },
    },
  });
  vm.runInContext(code, context);
  return {
    calls,
    written,
    callStream(on) {
      (context as { callStream: (on: StreamHandlers) => unknown }).callStream(on);
      const call = calls.at(-1);
      if (call === undefined) throw new Error('nothing was called');
      return call;
    },
  };
}
