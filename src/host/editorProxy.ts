import * as vscode from 'vscode';
import type { EditorProxy } from '../net/proxySettings.ts';

/**
 * What VS Code's settings say about proxies, as they are now; null where they leave extensions alone. VS Code's own
 * handling does not reach our connections, which do not go through `http` and `https`.
 */
export function editorProxy(): EditorProxy | null {
  const settings = vscode.workspace.getConfiguration('http');
  if (settings.get<string>('proxySupport') === 'off') return null;
  return {
    proxy: settings.get<string>('proxy')?.trim() ?? '',
    noProxy: settings.get<readonly string[]>('noProxy') ?? [],
    authorization: settings.get<string | null>('proxyAuthorization') ?? '',
  };
}
