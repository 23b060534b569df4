import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { parseEnv } from 'node:util';
import { parse, type ParseError } from 'jsonc-parser';
import { CbError } from '../core/errors.ts';
import { noConfig, readWorkspaceConfig, type WorkspaceConfig } from '../core/functions/workspaceConfig.ts';
import { msg } from '../core/message.ts';
import { readProfiles, type ProfileSet } from '../core/profiles/profile.ts';

/**
 * The profiles of the workspace a file belongs to: its `.vscode/settings.json`, JSON with comments. Without such
 * a file there is the built-in profile.
 * @param folder the workspace; else the nearest folder above `file` that has such a file
 * @throws CbError `settings` if the file is there and cannot be read, or the named folder is not there
 */
export async function readWorkspaceProfiles(file: string, folder?: string): Promise<ProfileSet> {
  const settingsFile = folder === undefined ? await findSettings(file) : settingsIn(path.resolve(folder));
  if (settingsFile === undefined) return readProfiles(undefined, undefined);
  const { envId } = await readConfigOf(path.dirname(path.dirname(settingsFile)));
  let text: string;
  try {
    text = await readFile(settingsFile, 'utf8');
  } catch (cause) {
    if (
      folder !== undefined &&
      (cause as NodeJS.ErrnoException).code === 'ENOENT' &&
      (await isFolder(folder))
    ) {
      return readProfiles(undefined, undefined, envId);
    }
    throw new CbError('settings', msg('{0} cannot be read ({1}).', settingsFile, String(cause)), { cause });
  }
  const errors: ParseError[] = [];
  const settings: unknown = parse(text.replace(/^\uFEFF/, ''), errors, {
    allowTrailingComma: true,
    allowEmptyContent: true,
  });
  const first = errors[0];
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new CbError('settings', msg('{0}:{1} is not valid JSON.', settingsFile, line));
  }
  const values =
    typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>) : {};
  return readProfiles(values['cbhttp.profiles'], values['cbhttp.activeProfile'], envId);
}

/** The workspace a file belongs to, see {@link readWorkspaceProfiles}; undefined where there is none. */
export async function findWorkspace(file: string, folder?: string): Promise<string | undefined> {
  const settingsFile = folder === undefined ? await findSettings(file) : settingsIn(path.resolve(folder));
  return settingsFile === undefined ? undefined : path.dirname(path.dirname(settingsFile));
}

/**
 * What the config of a workspace says, with the variables of its `.env` files: whoever calls the command trusts it.
 * Nothing where it is not there or cannot be read: then profiles stand on their own.
 */
export async function readConfigOf(folder: string | undefined): Promise<WorkspaceConfig> {
  if (folder === undefined) return noConfig;
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
  return readWorkspaceConfig({
    names: new Set(await readdir(folder).catch(() => [])),
    read,
    parseYaml: async () => (await import('../core/functions/yamlConfig.ts')).parseYamlConfig,
    readVariables: async () => {
      const texts = [await read('.env').catch(() => ''), await read('.env.local').catch(() => '')];
      return Object.assign({}, ...texts.map((text) => parseEnv(text.replace(/^\uFEFF/, '')))) as Record<
        string,
        string
      >;
    },
  });
}

function settingsIn(folder: string): string {
  return path.join(folder, '.vscode', 'settings.json');
}

async function findSettings(file: string): Promise<string | undefined> {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const candidate = settingsIn(folder);
    if (await isFile(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

async function isFolder(candidate: string): Promise<boolean> {
  try {
    return (await stat(candidate)).isDirectory();
  } catch {
    return false; // not there: the reading of its settings says so
  }
}

async function isFile(candidate: string): Promise<boolean> {
  try {
    return (await stat(candidate)).isFile();
  } catch {
    return false; // not there, or not for us to see: not the workspace then
  }
}
