/** Two paths one after another, `/` between parts, without `.` parts and doubled slashes; a leading slash stays. */
export function joinFolders(first: string, second: string): string {
  if (isAbsolute(second)) return joinFolders(second, '');
  const parts = `${first}/${second}`.replaceAll('\\', '/').split('/');
  const kept = parts.filter((part) => part !== '.' && part !== '').join('/');
  return /^[/\\]/.test(first) ? `/${kept}` : kept;
}

/** True for a path that starts at the root of a disk. */
export function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

/** The last part of a path, `/` between parts. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
