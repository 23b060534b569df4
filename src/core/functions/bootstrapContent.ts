/** Minor versions of Python whose program the platform names in full. Source: the vendor's page on scf_bootstrap. */
const PYTHON = /^Python3\.(\d+)$/i;

/**
 * A scf_bootstrap that starts a program on the port it is given, 9000 where it is given none. Source of the paths: facts
 * sheet, section 6; the vendor's page on scf_bootstrap.
 * @param runtime of the function, e.g. `Nodejs20.19`; empty where none is named
 * @param entry the program, from the function's folder
 */
export function bootstrapContent(runtime: string, entry: string): string {
  return `#!/bin/bash\nexport PORT="\${PORT:-9000}"\nexec ${programFor(runtime, entry)}\n`;
}

function programFor(runtime: string, entry: string): string {
  const minor = PYTHON.exec(runtime)?.[1];
  if (entry.endsWith('.py')) {
    return minor === undefined
      ? `python3 ${entry}`
      : `/var/lang/python3${minor}/bin/python3.${minor} ${entry}`;
  }
  if (entry.endsWith('.php')) return '/var/lang/php80/bin/php -S "0.0.0.0:$PORT"';
  if (entry.endsWith('.go')) return './main';
  const major = /^Nodejs(\d+)/i.exec(runtime)?.[1] ?? '20';
  return `/var/lang/node${major}/bin/node ${entry}`;
}
