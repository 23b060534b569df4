/** What is deployed, and where to. */
export interface Deployment {
  readonly name: string;
  /** Empty for that of the config. */
  readonly envId: string;
  /** The function's folder from where the command runs; empty for that of the config. */
  readonly directory: string;
  readonly isHttp: boolean;
}

/** The `tcb` command that deploys a function, as a shell takes it. Source: facts sheet, section 6. */
export function deployCommand({ name, envId, directory, isHttp }: Deployment, shell: ShellKind): string {
  const words = ['tcb', 'fn', 'deploy', name];
  if (envId !== '') words.push('-e', envId);
  if (directory !== '') words.push('--dir', directory);
  if (isHttp) words.push('--httpFn');
  return words.map((word) => quote(word, shell)).join(' ');
}

/** Whose quoting holds. */
export type ShellKind = 'posix' | 'powershell' | 'cmd';

/** Which quoting a shell wants, by the path of its program; `posix` for most. */
export function shellKind(program: string): ShellKind {
  if (/(?:^|[\\/])(?:powershell|pwsh)(?:-preview)?(?:\.exe)?$/i.test(program)) return 'powershell';
  return /(?:^|[\\/])cmd(?:\.exe)?$/i.test(program) ? 'cmd' : 'posix';
}

/** A word as a shell takes it literally: nothing in it is run. */
function quote(word: string, shell: ShellKind): string {
  if (/^[\w./:+-]+$/.test(word)) return word;
  const line = word.replaceAll(/[\r\n]+/g, ' ');
  switch (shell) {
    case 'posix':
      return `'${line.replaceAll("'", `'\\''`)}'`;
    case 'powershell':
      return `'${line.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
    case 'cmd':
      return `"${line.replaceAll(/["%!]/g, '')}"`;
  }
}
