import { msg } from '../../message.ts';
import type { CbDocument } from '../document.ts';
import type { Completion } from './completion.ts';
import { placeAt, type Place } from './place.ts';

/** What a folder holds. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * Paths of body files at an offset; none where no such path stands there.
 * @param list the entries of a folder, its path as written, relative to the document and with a slash at the end;
 *   none where it is not there or not within the workspace
 */
export async function bodyFiles(
  document: CbDocument,
  offset: number,
  list: (folder: string) => Promise<readonly FolderEntry[]>,
): Promise<readonly Completion[]> {
  const place = placeAt(document, offset);
  if (place.kind !== 'body-file') return [];
  const before = place.text.slice(0, place.offset - place.span.start);
  if (before.includes('{{')) return [];
  const slash = before.lastIndexOf('/') + 1;
  const folder = before.slice(0, slash);
  const prefix = folder === '' ? './' : '';
  const span = { start: place.span.start + slash, end: Math.max(place.offset, place.span.end) };
  const isGlued = place.offset === place.lineSpan.start + place.mark.length;
  const entries = await list(folder === '' ? './' : folder);
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .map(({ name, isFolder }) => {
      const text = `${prefix}${name}${isFolder ? '/' : ''}`;
      return {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? 'folder' : 'file',
        insertText: isGlued ? ` ${text}` : text,
        span,
        group: isFolder ? 1 : 0,
        ...(before === '' ? {} : { filterText: before.startsWith('.') && slash === 0 ? `./${name}` : name }),
        ...(isFolder ? { opensNext: true } : {}),
      };
    });
}

/** The forms of a body from a file. */
export function bodyFileMarks(place: Place): readonly Completion[] {
  const forms = [
    ['< ./', msg('The file as it is.')],
    ['<@ ./', msg('The file, its variables replaced.')],
    ['<@latin1 ./', msg('The file, read in that encoding, its variables replaced.')],
  ] as const;
  return forms.map(([label, documentation]) => ({
    label,
    kind: 'file',
    documentation,
    insertText: label,
    span: place.span,
    group: 0,
    opensNext: true,
  }));
}
