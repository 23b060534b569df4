/** A command with the variables a script sets before it. */
export interface DirectCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** On Windows these are batch files, which only cmd runs. */
const BATCH = new Set(['npm', 'npx', 'pnpm', 'yarn', 'tcb-ff', 'tsx', 'ts-node', 'nodemon']);

/**
 * What a script does that only sets variables and then runs one command, as nearly every scf_bootstrap: for Windows,
 * where there may be no shell. Null for a script that does anything else.
 */
export function directCommand(
  script: string,
  environment: Readonly<Record<string, string>>,
): DirectCommand | null {
  const env: Record<string, string> = { ...environment };
  let command: readonly string[] | null = null;
  for (const line of script.split('\n')) {
    const written = line.trim();
    if (written === '' || written.startsWith('#') || /^set -[a-z]+$/.test(written)) continue;
    const words = wordsOf(written, env);
    if (words === null || command !== null) return null; // nothing may stand after the command
    const assigned = (words[0] === 'export' ? words.slice(1) : words).map((word) =>
      /^([A-Za-z_]\w*)=([^]*)$/.exec(word),
    );
    if (assigned.every((match) => match !== null)) {
      for (const [, name = '', value = ''] of assigned) env[name] = value;
      continue;
    }
    command = words[0] === 'exec' ? words.slice(1) : words;
  }
  const [program, ...args] = command ?? [];
  if (program === undefined || program === 'export' || program.includes('=')) return null;
  // What a first line names to run it with is not known to Windows.
  if (/\.[cm]?js$/i.test(program)) return { command: 'node', args: [program, ...args], env };
  return BATCH.has(program)
    ? { command: 'cmd.exe', args: ['/d', '/c', program, ...args], env }
    : { command: program, args, env };
}

const WORD =
  /\s*((?:"(?:[^"\\`$]|\$\{?\w+(?::-[^}"$`\\]*)?\}?)*"|'[^']*'|\$\{\w+(?::-[^}\s"'$`]*)?\}|\$\w+|[\w@%+=:,./-])+)(?=\s|$)/y;

/** The words of a simple command, variables filled in; null for anything else: pipes, substitutions, wildcards. */
function wordsOf(line: string, env: Readonly<Record<string, string>>): string[] | null {
  const words: string[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < line.length) {
    const at = WORD.lastIndex;
    const match = WORD.exec(line);
    if (match === null) {
      return /^\s+(?:#.*)?$/.test(line.slice(at)) ? words : null;
    }
    words.push(
      (match[1] ?? '').replaceAll(/'([^']*)'|\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)|"/g, (_all, ...groups) => {
        const [plain, braced, fallback, named] = groups as (string | undefined)[];
        if (plain !== undefined) return plain;
        const name = braced ?? named;
        return name === undefined ? '' : (env[name] ?? '') || (fallback ?? '');
      }),
    );
  }
  return words;
}
