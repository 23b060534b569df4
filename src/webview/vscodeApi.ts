import type { FromWebview } from '../protocol/messages.ts';

/** What VS Code gives a webview page to reach its host. */
export interface VsCodeApi {
  postMessage(message: FromWebview): void;
  /** What {@link setState} kept last, also in an earlier life of the page; undefined at first. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's connection to its host. May be called once. */
export function vsCodeApi(): VsCodeApi {
  return acquireVsCodeApi();
}
