import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from './panelHtml.ts';

/** A page's script in dist/, and the words it gets. */
export interface PageContent {
  readonly script: string;
  readonly strings: unknown;
}

/** Loads a page into a webview that is empty. */
export function loadPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { script, strings }: PageContent,
): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  webview.html = panelHtml({
    scriptUri: resource(script),
    markdownUri: resource('webview-markdown.js'),
    styleUris: [resource('codicon.css'), resource('webview-style.css')],
    cspSource: webview.cspSource,
    nonce: randomUUID().replaceAll('-', ''),
    lang: vscode.env.language,
    strings: JSON.stringify(strings),
  });
}
