import { parseEnv } from 'node:util';
import * as vscode from 'vscode';
import { configNames, frameworkConfigName, type ParseConfig } from '../core/functions/configFormats.ts';
import type { ConfigFolder } from '../core/functions/workspaceConfig.ts';
import type { FileTexts } from './fileTexts.ts';
import { ownDisk } from './ownDisk.ts';

/** Files of a workspace folder that may declare functions. */
const configFiles: readonly string[] = ['package.json', ...configNames, frameworkConfigName];
/** As the tcb command reads them: the later one counts. Source: the vendor's page "Config File". */
const environmentFiles = ['.env', '.env.local'];

/** True for a file directly in a workspace folder that decides what it declares, and for the folder itself. */
export function decidesConfig(changed: vscode.Uri, root: vscode.Uri): boolean {
  const key = changed.toString();
  const folder = root.toString();
  if (folder === key || folder.startsWith(`${key}/`)) return true;
  return [...configFiles, ...environmentFiles].some(
    (name) => key === vscode.Uri.joinPath(root, name).toString(),
  );
}

/**
 * A workspace folder as core reads it. Its `.env` files are read in a trusted workspace only.
 * @param openText in place of a file's text on the disk, where there is one
 */
export async function configFolder(
  root: vscode.Uri,
  texts: FileTexts,
  openText: (file: vscode.Uri) => string | undefined = () => undefined,
): Promise<ConfigFolder> {
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(root, name);
  return {
    names: await namesIn(root),
    read: async (name) => openText(fileOf(name)) ?? (await texts.read(fileOf(name))),
    parseYaml: loadYaml,
    readVariables: vscode.workspace.isTrusted
      ? async () => {
          const found: Record<string, string> = {};
          for (const name of environmentFiles) {
            Object.assign(found, parseEnv(withoutMark((await texts.find(fileOf(name))) ?? '')));
          }
          return found;
        }
      : null,
  };
}

async function loadYaml(): Promise<ParseConfig> {
  return (await import('../core/functions/yamlConfig.ts')).parseYamlConfig;
}

async function namesIn(root: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    const names = await ownDisk.fileNames(root);
    return new Set(names.filter((name) => configFiles.includes(name)));
  } catch {
    return new Set(); // a folder that is not there holds nothing
  }
}

/** Without a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
