/** What the first line of a script names. */
export interface Shebang {
  /** Found by PATH: where the cloud has its interpreters says nothing of this machine. */
  readonly command: string;
  readonly args: readonly string[];
  readonly isShell: boolean;
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash']);

/**
 * The text of a scf_bootstrap for this machine: line ends LF, and in place of the cloud's own paths, such as
 * `/var/lang/node20/bin/node`, the same programs by PATH. A path to functions-framework becomes the installed one's,
 * which may stand higher up.
 * @param frameworkFile absolute; null where it is not installed
 */
export function localScript(text: string, frameworkFile: string | null): string {
  const script = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/\/var\/lang\/[\w.-]+\/bin\/([\w.-]+)/g, (_path, name: string) => localName(name));
  if (frameworkFile === null) return script;
  return script.replaceAll(
    /(^|[\s"'(;&|=])(?:[\w.@~-]*\/)+tcb-ff(?:\.js)?(?=["'\s;&|)]|$)/gm,
    (_written, before: string) =>
      before + (before === '"' || before === "'" ? frameworkFile : quoted(frameworkFile)),
  );
}

/** `python3.10` is not what this machine has. */
function localName(name: string): string {
  return name.replace(/^(python\d?|pip\d?)[\d.]+$/, (_all, base: string) =>
    /\d$/.test(base) ? base : `${base}3`,
  );
}

/** The interpreter a script names; null where it names none. */
export function shebangOf(script: string): Shebang | null {
  const words = (/^#!\s*(.*)/.exec(script)?.[1] ?? '').trim().split(/\s+/);
  const isEnv = /(?:^|\/)env$/.test(words[0] ?? '');
  const [program = '', ...args] = isEnv ? words.slice(1).filter((word) => word !== '-S') : words;
  const command = program.slice(program.lastIndexOf('/') + 1);
  return command === '' ? null : { command, args, isShell: SHELLS.has(command) };
}

/** One word for a shell. */
function quoted(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
