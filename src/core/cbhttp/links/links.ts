import { isGraphQl } from '../body/graphQlBody.ts';
import { shift, type CbDocument, type CbRequest, type Section, type Span } from '../document.ts';
import { readBodyFile, readQueryFile } from '../lines.ts';

/** Something to be opened by a click; the span is absolute. */
export interface DocumentLink {
  /** `file`: `target` is a path as written, relative to the document; `url`: an http(s) URL. */
  readonly kind: 'file' | 'url';
  readonly target: string;
  readonly span: Span;
}

/** Body files, other tools' files, and targets that are whole URLs. What holds a variable is no link. */
export function linksOf(document: CbDocument): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const [index, section] of document.sections.entries()) {
    const offset = document.offsets[index] ?? 0;
    for (const { kind, target, span } of sectionLinks(section)) {
      links.push({ kind, target, span: shift(span, offset) });
    }
  }
  return links;
}

const linksOfSection = new WeakMap<Section, readonly DocumentLink[]>();

function sectionLinks(section: Section): readonly DocumentLink[] {
  let links = linksOfSection.get(section);
  if (links === undefined) {
    links = [
      ...section.requests.flatMap((request) => [...urlLink(request), ...bodyFileLinks(section, request)]),
      ...section.foreign.flatMap(({ kind, span }) =>
        kind === 'handler' || kind === 'saved-response' || kind === 'import' ? fileLink(section, span) : [],
      ),
    ];
    linksOfSection.set(section, links);
  }
  return links;
}

/** A target on several lines is a link on its first one, which opens the whole. */
function urlLink({ target, targetPieces, targetSpan }: CbRequest): DocumentLink[] {
  if (!/^https?:\/\//i.test(target) || !isWrittenOut(target) || !URL.canParse(target)) return [];
  return [{ kind: 'url', target, span: targetPieces[0] ?? targetSpan }];
}

function bodyFileLinks(section: Section, request: CbRequest): DocumentLink[] {
  const { body, bodySpan } = request;
  if (body === null || bodySpan === null || !/^(?:<|[ \t]*gql[ \t])/m.test(body)) return [];
  const links: DocumentLink[] = [];
  const text = section.text.slice(bodySpan.start, bodySpan.end);
  for (const { 0: line, index } of text.matchAll(/^(?:<|[ \t]*gql[ \t])[^\r\n]*/gm)) {
    const path = (readBodyFile(line) ?? (isGraphQl(request) ? readQueryFile(line) : null))?.path;
    if (path === undefined || !isWrittenOut(path)) continue;
    const start = bodySpan.start + index + line.lastIndexOf(path);
    links.push({ kind: 'file', target: path, span: { start, end: start + path.length } });
  }
  return links;
}

/** The path at the end of another tool's line: `> ./handler.js`, `# @import ./other.http`. */
function fileLink(section: Section, span: Span): DocumentLink[] {
  const line = section.text.slice(span.start, span.end);
  const path = line.trim().split(/\s+/).at(-1) ?? '';
  if (path === '' || !isWrittenOut(path)) return [];
  const start = span.start + line.lastIndexOf(path);
  return [{ kind: 'file', target: path, span: { start, end: start + path.length } }];
}

function isWrittenOut(text: string): boolean {
  return !text.includes('{{');
}
