import type { ShellCommand, ShellWord } from './shellText.ts';

/** The words behind `curl`, with those that its standard input adds as a config (`--config -`). */
export function withConfig({ words, input }: ShellCommand): readonly ShellWord[] {
  const [only] = input ?? [];
  if (only?.kind !== 'text') return words.slice(1);
  return words.slice(1).flatMap((word, index, all) => {
    const isName = /^(?:-K|--config)$/.test(word.text) && all[index + 1]?.text === '-';
    if (isName) return readConfig(only.text, word);
    const isValue = word.text === '-' && /^(?:-K|--config)$/.test(all[index - 1]?.text ?? '');
    return isValue ? [] : [word];
  });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v' };

/** `name = "value"`, `name: value`, `name value`, `-X value`, one a line. Source: curl(1), --config. */
function readConfig(text: string, { span }: ShellWord): ShellWord[] {
  const words: ShellWord[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, rest = ''] = /^\s*([^\s=:#"][^\s=:]*)\s*[=:]?\s*([^]*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    words.push({ text: name.startsWith('-') ? name : `--${name}`, span });
    const value = configValue(rest);
    if (value !== null) words.push({ text: value, span });
  }
  return words;
}

function configValue(written: string): string | null {
  if (written === '') return null;
  if (!written.startsWith('"')) return written.split(/\s/, 1)[0] ?? null;
  const inner = /^"((?:[^"\\]+|\\.)*)/.exec(written)?.[1] ?? '';
  return inner.replace(/\\(.)/gu, (_, character: string) => ESCAPES[character] ?? character);
}
