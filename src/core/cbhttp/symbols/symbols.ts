import { withoutUserInfo } from '../../profiles/redact.ts';
import { requestLabel, type CbDocument, type CbRequest, type Section, type Span } from '../document.ts';

/** A piece of the outline; spans count from the start of its section. */
export interface DocumentSymbol {
  /** Never empty. */
  readonly name: string;
  /** What a request sends, where its name does not say it; a variable's value. */
  readonly detail: string;
  /** `section`: a title without a request. */
  readonly kind: 'request' | 'variable' | 'section';
  readonly span: Span;
  /** Lies within `span`: what is selected when the symbol is chosen. */
  readonly selectionSpan: Span;
  /** Variables written inside the request or the section. */
  readonly children: readonly DocumentSymbol[];
}

/**
 * The outline, one list for each section: requests in file order with the variables written inside them, and other
 * variables. A section keeps its list, so that after an edit only the touched ones are read; `document.offsets`
 * tells where each section stands.
 */
export function symbolsOf(document: CbDocument): readonly (readonly DocumentSymbol[])[] {
  return document.sections.map(sectionSymbols);
}

const symbolsOfSection = new WeakMap<Section, readonly DocumentSymbol[]>();

function sectionSymbols(section: Section): readonly DocumentSymbol[] {
  let symbols = symbolsOfSection.get(section);
  if (symbols === undefined) {
    symbols = readSymbols(section);
    symbolsOfSection.set(section, symbols);
  }
  return symbols;
}

function readSymbols(section: Section): readonly DocumentSymbol[] {
  const variables = section.variables.map(({ name, value, span, nameSpan }): DocumentSymbol => {
    return { name, detail: value, kind: 'variable', span, selectionSpan: nameSpan, children: [] };
  });
  const [first, ...others] = section.requests;
  if (first === undefined) return underTitle(section, variables);
  const inside = variables.filter(({ span }) => contains(first.span, span));
  const outside = variables.filter(({ span }) => !contains(first.span, span));
  return [...outside, requestSymbol(first, inside), ...others.map((other) => requestSymbol(other, []))];
}

function requestSymbol(request: CbRequest, children: readonly DocumentSymbol[]): DocumentSymbol {
  const sent = `${request.method} ${withoutUserInfo(request.target)}`;
  const name = requestLabel(request);
  const detail = name === sent ? '' : sent;
  const { span, requestLineSpan: selectionSpan } = request;
  return { name, detail, kind: 'request', span, selectionSpan, children };
}

/** A section without a request: its variables, under its title where it has one. */
function underTitle(section: Section, variables: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
  const { titleSpan, text } = section;
  const name = titleSpan === null ? '' : text.slice(titleSpan.start, titleSpan.end).trim();
  if (titleSpan === null || name === '') return variables;
  const span = { start: 0, end: text.trimEnd().length };
  return [{ name, detail: '', kind: 'section', span, selectionSpan: titleSpan, children: variables }];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
