import { shift, type CbDocument, type Span } from '../document.ts';

/** A GraphQL fragment that stands above a request, for all queries of the document. */
export interface GraphQlFragment {
  readonly name: string;
  /** As written, lines joined by LF. */
  readonly text: string;
  /** In the document. */
  readonly span: Span;
}

/** A document's fragments in order; of two with the same name only the last. */
export function graphQlFragments(document: CbDocument): readonly GraphQlFragment[] {
  const fragments = new Map<string, GraphQlFragment>();
  for (const [index, section] of document.sections.entries()) {
    for (const { kind, span } of section.foreign) {
      if (kind !== 'fragment') continue;
      const text = section.text.slice(span.start, span.end).replace(/\r\n?/g, '\n');
      const name = /^fragment\s+(\S+)/.exec(text)?.[1] ?? '';
      fragments.set(name, { name, text, span: shift(span, document.offsets[index] ?? 0) });
    }
  }
  return [...fragments.values()];
}

/** Those that a query spreads, and those that these spread. */
export function usedFragments(query: string, fragments: readonly GraphQlFragment[]): GraphQlFragment[] {
  const used = new Set<GraphQlFragment>();
  const texts = [query];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    const names = new Set([...text.matchAll(/\.\.\.\s*(\w+)/g)].map(([, name]) => name));
    for (const fragment of fragments) {
      if (!names.has(fragment.name) || used.has(fragment)) continue;
      used.add(fragment);
      texts.push(fragment.text);
    }
  }
  return fragments.filter((fragment) => used.has(fragment));
}
