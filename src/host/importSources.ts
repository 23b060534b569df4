import { parseEnv } from 'node:util';
import * as vscode from 'vscode';
import { readCloudbasercProfiles } from '../core/profiles/import/cloudbaserc.ts';
import {
  environmentOfFile,
  readDotenvProfile,
  readEnvironmentFile,
  readEnvironmentVariables,
} from '../core/profiles/import/environments.ts';
import type { Found } from '../core/profiles/import/found.ts';

/** Where profiles may be imported from. */
export interface ImportSource {
  readonly label: string;
  readonly found: Found;
}

/** No braces within braces: the search does not know them. */
const FILES =
  '{cloudbaserc.json,**/http-client.env.json,**/http-client.private.env.json,.env,.env.*,*.env,env/.env,env/.env.*,env/*.env}';
const EXCLUDED = '**/{node_modules,.git}/**';
const MAX_FILES = 50;
/** Settings of other extensions that hold environments, and whose they are. */
const SETTINGS = [
  ['rest-client.environmentVariables', 'REST Client'],
  ['httpyac.environmentVariables', 'httpYac'],
] as const;

/** Everything in a folder and its settings that says something of environments. */
export async function findImportSources(
  folder: vscode.WorkspaceFolder | undefined,
): Promise<readonly ImportSource[]> {
  const fromSettings = SETTINGS.flatMap(([setting, owner]) => {
    const value = vscode.workspace.getConfiguration(undefined, folder?.uri ?? null).get(setting);
    return sourceOf(`${owner}: ${setting}`, readEnvironmentVariables(value));
  });
  if (folder === undefined) return fromSettings;
  const pattern = new vscode.RelativePattern(folder, FILES);
  const files = await vscode.workspace.findFiles(pattern, EXCLUDED, MAX_FILES);
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const fromFiles = await Promise.all(
    sorted.map(async (file) => {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      return sourceOf(vscode.workspace.asRelativePath(file, false), readFileSource(name, text));
    }),
  );
  return [...fromFiles.flat(), ...fromSettings];
}

function readFileSource(name: string, text: string): Found | null {
  if (name === 'cloudbaserc.json') return readCloudbasercProfiles(text);
  if (name.endsWith('.json')) return readEnvironmentFile(text);
  if (environmentOfFile(name) === null) return null;
  return readDotenvProfile(name, parseEnv(text.replace(/^\uFEFF/, '')) as Record<string, string>);
}

/** Nothing for what says nothing. */
function sourceOf(label: string, found: Found | null): ImportSource[] {
  const isEmpty = found === null || (found.profiles.length === 0 && found.shared === null);
  return isEmpty ? [] : [{ label, found }];
}
