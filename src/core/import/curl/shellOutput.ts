import type { BodyPiece } from '../requestParts.ts';
import { decodeBase64Text } from '../../cbhttp/base64Text.ts';
import type { CommandDraft } from './shellText.ts';

/** What `printf %s`, `echo` and `cat` write; null for other commands. */
export function outputOf({ words, input }: CommandDraft): readonly BodyPiece[] | null {
  const [name, ...rest] = words.map(({ text }) => text);
  const [first = ''] = rest;
  if (name === 'printf' && first === '%s') return [{ kind: 'text', text: rest.slice(1).join('') }];
  if (name === 'echo') {
    const isOpen = first === '-n';
    return [{ kind: 'text', text: `${rest.slice(isOpen ? 1 : 0).join(' ')}${isOpen ? '' : '\n'}` }];
  }
  if (name === 'cat') {
    const files = rest.filter((word) => !word.startsWith('-'));
    return files.length === 0 ? input : files.map((path) => ({ kind: 'file', path }));
  }
  const [only] = input ?? [];
  if (name !== 'base64' || !/^(?:-d|-D|--decode)$/.test(first) || only?.kind !== 'text') return null;
  const text = decodeBase64Text(only.text);
  return text === null ? null : [{ kind: 'text', text }];
}
