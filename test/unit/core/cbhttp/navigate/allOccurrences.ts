import { shift, type CbDocument } from '../../../../../src/core/cbhttp/document.ts';
import { occurrencesIn, type Occurrence } from '../../../../../src/core/cbhttp/navigate/occurrences.ts';

/** All names of a document, spans absolute. */
export function occurrencesOf(document: CbDocument): Occurrence[] {
  return document.sections.flatMap((section, index) =>
    occurrencesIn(section).map((one) => ({ ...one, span: shift(one.span, document.offsets[index] ?? 0) })),
  );
}
