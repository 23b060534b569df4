import { msg, type Message } from '../message.ts';
import { directCommand } from './directCommand.ts';
import { localScript, shebangOf } from './localScript.ts';

/** What runs a function's code: the one that can be debugged, one that is known, or something else. */
export type LaunchRuntime = 'node' | 'python' | 'other';

/** How a function is started on this machine. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** The function's folder, as the system writes it. */
  readonly cwd: string;
  /** All of it; nothing is inherited beside. */
  readonly env: Readonly<Record<string, string>>;
  readonly runtime: LaunchRuntime;
}

/** What a launch is made of. */
export interface LaunchInput {
  /** `framework` is started by tcb-ff, `bootstrap` by its scf_bootstrap. */
  readonly kind: 'bootstrap' | 'framework';
  readonly name: string;
  /** Of its declaration, such as `Nodejs20.19`; empty where it says nothing. */
  readonly runtime: string;
  /** Of the function, absolute, as the system writes it. */
  readonly folder: string;
  /** Text of scf_bootstrap; null where there is none. */
  readonly bootstrap: string | null;
  /** `tcb-ff.js` of the function's or the workspace's node_modules, absolute; null where it is not installed. */
  readonly frameworkFile: string | null;
  /** Further arguments for it. */
  readonly frameworkArgs: readonly string[];
  /** `bin` folders of node_modules, the nearest first. */
  readonly binFolders: readonly string[];
  /** Where logs may be written, absolute. */
  readonly logFolder: string;
  /** Of this process; what the editor put into it for itself is left out. */
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
  /** Of `.env` files. */
  readonly dotenv: Readonly<Record<string, string>>;
  /** `envVariables` of its declaration. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
  /** As Node names it: on `win32` there may be no shell. */
  readonly platform: string;
}

/** UTF-16 units of a script that is handed over as an argument: Linux takes 128 KiB for one. */
const MAX_ARGUMENT = 40_000;

/**
 * How to start a function here as the cloud starts it there: the text of its scf_bootstrap goes through the interpreter
 * it names, with the cloud's own paths in it replaced, so that whatever else the script does is done here, too.
 */
export function planLaunch(input: LaunchInput): Launch | { readonly problem: Message } {
  const env = launchEnvironment(input);
  const { folder: cwd, frameworkFile, name } = input;
  if (input.kind === 'framework' && input.bootstrap === null) {
    if (frameworkFile === null) {
      const problem = msg(
        'The function "{0}" is run by functions-framework, which is not installed. Run "npm install @cloudbase/functions-framework" in {1}.',
        name,
        cwd,
      );
      return { problem };
    }
    const args = [frameworkFile, '--port', String(input.port), ...input.frameworkArgs];
    return { command: 'node', args, cwd, env, runtime: 'node' };
  }
  if (input.bootstrap === null) {
    const problem = msg(
      'The function "{0}" has no scf_bootstrap in {1}, so nothing says how to start it.',
      name,
      cwd,
    );
    return { problem };
  }
  const file = `${cwd}${input.platform === 'win32' ? '\\' : '/'}scf_bootstrap`;
  if (input.bootstrap.includes('\0')) return { command: file, args: [], cwd, env, runtime: 'other' }; // a program itself
  const script = localScript(input.bootstrap, frameworkFile);
  const runtime = runtimeOf(script, input.runtime);
  const shebang = shebangOf(script);
  if (shebang !== null && !shebang.isShell) {
    return { command: shebang.command, args: [...shebang.args, file], cwd, env, runtime };
  }
  const direct = input.platform === 'win32' ? directCommand(script, env) : null;
  if (direct !== null) return { ...direct, cwd, runtime };
  const { command, args } = shebang ?? { command: 'sh', args: [] };
  if (script.length > MAX_ARGUMENT) return { command, args: [...args, file], cwd, env, runtime };
  return { command, args: [...args, '-c', script, file], cwd, env, runtime };
}

/** Why a function cannot be debugged: only the JavaScript debugger is attached; null where it can. */
export function whyNotDebugged(name: string, { runtime }: Pick<Launch, 'runtime'>): Message | null {
  switch (runtime) {
    case 'node':
      return null;
    case 'python':
      return msg(
        'The function "{0}" runs on Python: Debug attaches the JavaScript debugger only. To debug it, install the extension "Python Debugger" (ms-python.debugpy), call debugpy.listen in the code, run the function and attach.',
        name,
      );
    case 'other':
      return msg(
        'The function "{0}" does not run on Node.js: Debug attaches the JavaScript debugger only.',
        name,
      );
  }
}

/** Weakest first: this process, `.env`, the declaration; `PORT` is ours. */
function launchEnvironment(input: LaunchInput): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(input.processEnvironment)) {
    if (value !== undefined && !/^(?:VSCODE|ELECTRON)_/i.test(name)) env[name] = value;
  }
  const isWindows = input.platform === 'win32';
  // Windows takes no notice of case: `Path` is its usual name there.
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [...input.binFolders, env[pathName] ?? ''].filter((folder) => folder !== '');
  env[pathName] = folders.join(isWindows ? ';' : ':');
  env['LOG_DIRNAME'] ??= input.logFolder; // functions-framework would write into the function's folder
  for (const [name, value] of [...Object.entries(input.dotenv), ...Object.entries(input.environment)]) {
    if (name !== '' && !/=|\0/.test(name) && !value.includes('\0')) env[name] = value; // no system takes others
  }
  env['PORT'] = String(input.port);
  return env;
}

const NODE =
  /(?:^|[\s;&|(/"'!])(?:node|npm|npx|pnpm|yarn|tsx|ts-node|nodemon|tcb-ff(?:\.js)?)(?=["'\s;&|)]|$)/m;
const PYTHON = /(?:^|[\s;&|(/"'!])(?:python[\d.]*|uvicorn|gunicorn|hypercorn|flask)(?=["'\s;&|)]|$)/m;

function runtimeOf(script: string, declared: string): LaunchRuntime {
  const code = script.replaceAll(/^(?:#(?!!)|\s+#).*$/gm, '');
  if (NODE.test(code)) return 'node';
  if (PYTHON.test(code)) return 'python';
  if (/^node/i.test(declared)) return 'node';
  return /^python/i.test(declared) ? 'python' : 'other';
}
