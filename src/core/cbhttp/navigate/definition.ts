import { positionAt, requestAtOffset, shift, type CbDocument, type Span } from '../document.ts';
import { meantBy, occurrencesIn, type Occurrence } from './occurrences.ts';

/**
 * Where the document defines a name, absolute. A variable has the one definition that serves this use: a
 * `@prompt` of its request, else the last above it, else the first below. A request's name may have several, by
 * mistake. A function is defined outside.
 */
export function definitionsIn(document: CbDocument, at: Occurrence): readonly Span[] {
  if (at.role !== 'use') return [at.span];
  const defined = occurrencesLike(document, at).filter(({ role }) => role !== 'use');
  if (at.kind !== 'variable') return defined.map(({ span }) => span);
  const request = requestAtOffset(document, at.span.start)?.request;
  const prompt = defined.find(
    ({ role, span }) => role === 'prompt' && requestAtOffset(document, span.start)?.request === request,
  );
  const chosen = prompt ?? fileDefinition(document, defined, at);
  return chosen === undefined ? [] : [chosen.span];
}

/** The same name elsewhere in the document, this place included, in file order. */
export function occurrencesLike(
  document: CbDocument,
  { kind, name }: Pick<Occurrence, 'kind' | 'name'>,
): readonly Occurrence[] {
  const like: Occurrence[] = [];
  for (const [index, section] of document.sections.entries()) {
    for (const written of occurrencesIn(section)) {
      if (!written.name.startsWith(name)) continue;
      const one = meantBy(document, index, written);
      if (one?.kind !== kind || one.name !== name) continue;
      like.push({ ...one, span: shift(one.span, document.offsets[index] ?? 0) });
    }
  }
  return kind === 'variable' ? withoutOuter(document, like) : like;
}

/** Without the use in `@a = {{a}}` where no other line defines `a`: it passes on what the settings call so. */
function withoutOuter(document: CbDocument, like: readonly Occurrence[]): readonly Occurrence[] {
  const [defined, another] = like.filter(({ role }) => role === 'definition');
  if (defined === undefined || another !== undefined) return like;
  const { line } = positionAt(document, defined.span.start);
  return like.filter(({ role, span }) => role !== 'use' || positionAt(document, span.start).line !== line);
}

function fileDefinition(
  document: CbDocument,
  defined: readonly Occurrence[],
  at: Occurrence,
): Occurrence | undefined {
  const { line } = positionAt(document, at.span.start);
  const inFile = defined.filter(({ role }) => role === 'definition');
  // `@a = {{a}}` means another one: a variable is not above itself.
  const others = inFile.filter(({ span }) => positionAt(document, span.start).line !== line);
  return others.findLast(({ span }) => span.start < at.span.start) ?? others[0] ?? inFile[0];
}
