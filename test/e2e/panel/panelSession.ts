import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import {
  openEditorSession,
  type EditorSession,
  type EditorSessionOptions,
} from '../../support/editorSession.ts';
import { openedPanel, sendFrom } from '../../support/panelActions.ts';
import {
  startScriptedServer,
  type ScriptedConnection,
  type ScriptedServer,
} from '../../support/sseServer.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { testHost } from '../../support/testHost.ts';

/** A request that was sent: its panel, and the connection to answer it on. */
export interface SentRequest {
  readonly panel: FrameLocator;
  readonly connection: ScriptedConnection;
}

/** VS Code on an empty folder, and a server whose answers the test writes. */
export interface PanelSession extends Omit<EditorSession, 'server'> {
  readonly server: ScriptedServer;
  /** Where all is that VS Code and its extensions write. */
  readonly dataDir: string;
  /** Writes a file of the workspace. */
  write(name: string, text: string): Promise<void>;
  /** Sends a request from a file of its own; its panel is called `title`, one word. */
  send(title: string, headers?: string): Promise<SentRequest>;
  /** {@link send}, with this whole answer. */
  stream(title: string, body: string | Uint8Array): Promise<FrameLocator>;
}

/** Headers of an event stream. */
export const eventStream = { 'Content-Type': 'text/event-stream' };

/** The file that a request of this title is sent from: its tab's name does not begin with it, as the panel's does. */
export function requestFile(title: string): string {
  return `to-${title}.cbhttp`;
}

/** Sends a request from a file of its own; `title` is one word, and the panel's name. */
export async function sendRequest(
  { page, write }: { readonly page: Page; readonly write: PanelSession['write'] },
  title: string,
  request: string,
): Promise<FrameLocator> {
  await write(requestFile(title), `### ${title}\n${request}\n`);
  await sendFrom(page, requestFile(title));
  return openedPanel(page, title);
}

/** Starts all of it; `dispose` ends all of it. */
export async function openPanelSession(
  settings: Readonly<Record<string, unknown>> = {},
  look: Pick<EditorSessionOptions, 'theme' | 'locale'> = {},
): Promise<PanelSession> {
  const temporary = await makeTemporaryFolder();
  const server = await startScriptedServer();
  const session = await openEditorSession({
    host: await testHost(),
    folder: temporary.dir,
    settings,
    ...look,
  });
  const { page } = session;
  page.setDefaultTimeout(30_000);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(temporary.dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const send = async (title: string, headers = ''): Promise<SentRequest> => {
    const panel = await sendRequest({ page, write }, title, `GET ${server.origin}/${title}\n${headers}`);
    return { panel, connection: await server.nextRequest() };
  };
  return {
    ...session,
    server,
    dataDir: session.server.dataDir,
    write,
    send,
    stream: async (title, body) => {
      const { panel, connection } = await send(title);
      await connection.head(200, eventStream);
      await connection.write(body);
      await connection.end();
      return panel;
    },
    dispose: async () => {
      await session.dispose();
      await server.dispose();
      await temporary.dispose();
    },
  };
}
