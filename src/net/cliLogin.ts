import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { Tc3Key } from './tc3.ts';

/** Where the `tcb` command keeps its login. Source: facts sheet, section 5. */
export function cliLoginFile(home: string = homedir()): string {
  return path.join(home, '.config', '.cloudbase', 'auth.json');
}

/** The login of the `tcb` command. */
export interface CliLogin {
  readonly key: Tc3Key;
  /** The account, for people; empty where the file has none. */
  readonly uin: string;
}

/**
 * Reads the login of the `tcb` command; the file is never written, nor its text shown.
 * @param now Unix time in ms
 * @throws CbError `cli-login` where there is none, or it has expired
 */
export async function readCliLogin(
  file: string = cliLoginFile(),
  now: number = Date.now(),
): Promise<CliLogin> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw noLogin();
    throw new CbError('cli-login', msg('The login of the tcb command cannot be read: {0}.', code ?? file));
  }
  const { credential } = parseObject(text);
  const fields: Record<string, unknown> =
    typeof credential === 'object' && credential !== null ? { ...credential } : {};
  const login = readCredential(fields, now);
  if (login === null) throw noLogin();
  return login;
}

function readCredential(fields: Record<string, unknown>, now: number): CliLogin | null {
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const uin = text('uin');
  if (text('tmpSecretId') !== '' && text('tmpSecretKey') !== '') {
    const expiresAt = Number(text('tmpExpired'));
    if (expiresAt > 0 && expiresAt <= now) {
      throw new CbError(
        'cli-login',
        msg('The login of the tcb command has expired. Run "tcb login" in a terminal.'),
      );
    }
    const key = { secretId: text('tmpSecretId'), secretKey: text('tmpSecretKey') };
    return { key: { ...key, sessionToken: text('tmpToken') || undefined }, uin };
  }
  if (text('secretId') === '' || text('secretKey') === '') return null;
  const key = { secretId: text('secretId'), secretKey: text('secretKey') };
  return { key: { ...key, sessionToken: text('token') || undefined }, uin };
}

function noLogin(): CbError {
  return new CbError('cli-login', msg('The tcb command is not logged in. Run "tcb login" in a terminal.'));
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // no login, then
  }
}
