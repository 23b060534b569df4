import { msg, type Message } from '../../message.ts';
import type { CbRequest } from '../document.ts';
import { headerInfo } from '../knowledge/headers.ts';
import type { LanguageContext } from '../languageContext.ts';
import { escapeSnippet, snippetText, type Completion, type CompletionKind } from './completion.ts';
import { headerValues } from './headers.ts';
import { readHeaderPiece } from './linePiece.ts';
import { clampTo, type Place } from './place.ts';

/** What can stand in a multipart body: the line between two parts, and the headers of a part; none elsewhere. */
export function multipartOffers(place: Place, context: LanguageContext): readonly Completion[] {
  const form = formOf(place.request);
  if (form === null) return [];
  const part = headersAbove(place, form.boundary);
  return part === null ? boundaryLines(place, form.boundary) : partHeaders(place, form, part, context);
}

/** Whether a typed character opens the list in a multipart body. */
export function opensInMultipart(place: Place, trigger: string): boolean {
  const form = formOf(place.request);
  if (form === null) return false;
  const isPart = headersAbove(place, form.boundary) !== null;
  return trigger === '-'
    ? !isPart && /^--?$/.test(textBefore(place))
    : isPart && /[:;]/.test(textBefore(place));
}

/** What the Content-Type says of a multipart body. */
interface MultipartForm {
  readonly isFormData: boolean;
  /** As written, variables unresolved. */
  readonly boundary: string;
}

function formOf(request: CbRequest | undefined): MultipartForm | null {
  const value = request?.headers.findLast(({ name }) => name.toLowerCase() === 'content-type')?.value;
  const match = /^multipart\/([\w.+-]+)[^]*?;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(value ?? '');
  const boundary = match?.[2] ?? match?.[3];
  if (match?.[1] === undefined || boundary === undefined) return null;
  return { isFormData: match[1].toLowerCase() === 'form-data', boundary };
}

/** Names, in lower case, of the headers that stand above the line in its part; null where no header can stand. */
function headersAbove({ section, sectionOffset, lineSpan }: Place, boundary: string): Set<string> | null {
  const names = new Set<string>();
  let end = lineSpan.start - sectionOffset;
  while (end > 0) {
    const start = section.text.lastIndexOf('\n', end - 2) + 1;
    const line = section.text.slice(start, end).trim();
    if (line === `--${boundary}`) return names;
    const name = /^[\w-]+(?=[ \t]*:)/.exec(line)?.[0];
    if (name === undefined) return null;
    names.add(name.toLowerCase());
    end = start;
  }
  return null;
}

function boundaryLines(place: Place, boundary: string): readonly Completion[] {
  const before = textBefore(place);
  const last = `--${boundary}--`;
  const line = lineOf(place);
  if (!last.startsWith(before)) return [];
  const end = last.startsWith(line.trimEnd()) ? place.lineSpan.end : place.offset;
  const offer = (label: string, documentation: Message, insertText = label): Completion => ({
    label,
    kind: 'value',
    documentation,
    insertText,
    span: { start: place.lineSpan.start, end },
    group: 0,
  });
  return [
    offer(`--${boundary}`, msg('The line above each part.')),
    offer(last, msg('The line below the last part.')),
  ];
}

function partHeaders(
  place: Place,
  form: MultipartForm,
  written: ReadonlySet<string>,
  context: LanguageContext,
): readonly Completion[] {
  const line = lineOf(place);
  const start = line.length - line.trimStart().length;
  const column = place.offset - place.lineSpan.start;
  const read = readHeaderPiece(line.trim(), start, column);
  const piece = { ...read, ...clampTo(read, column) };
  const span = { start: place.lineSpan.start + piece.start, end: place.lineSpan.start + piece.end };
  if (piece.kind === 'header-name') {
    return ['Content-Disposition', 'Content-Type']
      .filter((name) => !written.has(name.toLowerCase()))
      .map((label) => {
        const documentation = headerInfo(label)?.meaning;
        const insertText = piece.hasColon ? label : `${label}: `;
        const about = documentation === undefined ? {} : { documentation };
        return { label, kind: 'header', insertText, span, group: 0, opensNext: !piece.hasColon, ...about };
      });
  }
  if (piece.kind !== 'header-value') return [];
  const { name } = piece;
  if (name.toLowerCase() === 'content-disposition') return dispositions(place, form, span);
  if (name.toLowerCase() !== 'content-type') return [];
  const text = line.slice(piece.start, piece.end);
  return headerValues({ ...place, kind: 'header-value', name, span, text }, name, context);
}

/** The whole value, or the parameters that are not there yet. */
function dispositions(
  place: Place,
  { isFormData }: MultipartForm,
  span: Completion['span'],
): readonly Completion[] {
  const value = lineOf(place).slice(span.start - place.lineSpan.start);
  const before = textBefore(place).slice(span.start - place.lineSpan.start);
  if ((before.split('"').length - 1) % 2 === 1) return []; // a name that only its author knows
  const parameter = before.lastIndexOf(';') + 1;
  const offer = (
    snippet: string,
    documentation: Message,
    at: Completion['span'],
    kind: CompletionKind = 'value',
  ): Completion => ({
    label: snippetText(snippet),
    kind,
    documentation,
    insertText: snippet,
    isSnippet: true,
    span: at,
    group: 0,
  });
  const field = msg('A field of the form.');
  const file = msg('A file of the form, and the name it is sent with.');
  const filename = `filename="\${2:${escapeSnippet('picture.png')}}"`;
  if (parameter === 0) {
    if (!isFormData)
      return [offer(`attachment; ${filename}`, msg('A file, and the name it is sent with.'), span)];
    return [
      offer('form-data; name="${1:name}"', field, span),
      offer(`form-data; name="\${1:file}"; ${filename}`, file, span),
    ];
  }
  const blanks = /^[ \t]*/.exec(before.slice(parameter))?.[0].length ?? 0;
  const at = { start: span.start + parameter + blanks, end: place.offset };
  const gap = blanks === 0 ? ' ' : '';
  return [
    ...(/;\s*name=/i.test(value) || !isFormData ? [] : [offer(`${gap}name="\${1:name}"`, field, at)]),
    ...(/;\s*filename=/i.test(value) ? [] : [offer(`${gap}${filename}`, file, at)]),
  ].map((one) => ({ ...one, label: one.label.trim() }));
}

function lineOf({ section, sectionOffset, lineSpan }: Place): string {
  return section.text.slice(lineSpan.start - sectionOffset, lineSpan.end - sectionOffset);
}

function textBefore(place: Place): string {
  return lineOf(place).slice(0, place.offset - place.lineSpan.start);
}
