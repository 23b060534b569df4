import type { FromWebview } from '../protocol/messages.ts';

/** What VS Code gives a webview page to reach its host. */
export interface VsCodeApi<Message = FromWebview> {
  postMessage(message: Message): void;
  /** What {@link setState} kept last, also in an earlier life of the page; undefined at first. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi<unknown>;

/** The page's connection to its host. May be called once. */
export function vsCodeApi<Message = FromWebview>(): VsCodeApi<Message> {
  return acquireVsCodeApi();
}
