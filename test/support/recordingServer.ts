import { startScriptedServer, type ScriptedRequest, type ScriptedServer } from './sseServer.ts';

/** A server that notes each request and answers at once: with an event stream below `/sse`, else with JSON. */
export interface RecordingServer {
  readonly origin: string;
  /** The requests since the last call, in the order of arrival. */
  take(): readonly ScriptedRequest[];
  dispose(): Promise<void>;
}

/** The stream it sends. */
export const RECORDED_STREAM = ': 心跳\n\nid: 1\nevent: 开始\ndata: 你好\ndata: 世界\n\ndata: [DONE]\r\n\r\n';

/** Starts one on a free port. The caller disposes it. */
export async function startRecordingServer(): Promise<RecordingServer> {
  let requests: ScriptedRequest[] = [];
  const server: ScriptedServer = await startScriptedServer(async (connection) => {
    requests.push(connection.request);
    if (connection.request.url.startsWith('/sse')) {
      await connection.head(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      // In the middle of a character.
      const bytes = Buffer.from(RECORDED_STREAM);
      await connection.write(bytes.subarray(0, 4));
      await connection.write(bytes.subarray(4));
    } else {
      await connection.head(200, { 'Content-Type': 'application/json', 'Content-Length': '2' });
      if (connection.request.method !== 'HEAD') await connection.write('{}');
    }
    await connection.end();
  });
  return {
    origin: server.origin,
    take: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    dispose: () => server.dispose(),
  };
}
