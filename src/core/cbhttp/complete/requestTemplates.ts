import snippets from '../../../../media/cbhttp.code-snippets.json';
import { msg, type Message } from '../../message.ts';
import type { CbDocument } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { snippetText, type Completion } from './completion.ts';
import type { Place } from './place.ts';
import { functionNames } from './usedFunctions.ts';

/**
 * Whole requests, where a request line can stand. The editor's own snippets, which these are made of, would also come
 * up within a target or a header, so they have no words to type and serve the command "Insert Snippet" alone.
 */
export function requestTemplates(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): readonly Completion[] {
  const { section, span, lineSpan, request } = place;
  if (span.start !== lineSpan.start || span.end !== lineSpan.end) return [];
  const isTitled = section.titleSpan !== null && request === undefined;
  const functions = functionNames(document, context, request).filter((name) => !/[,|$\\}]/.test(name));
  return TEMPLATES.map(([label, name, detail]) => {
    const lines: readonly string[] = [snippets[name].body].flat();
    const insertText = (isTitled && lines[0]?.startsWith('###') ? lines.slice(1) : lines)
      .join('\n')
      .replaceAll(/\$\{(\d):function\}/g, (written, index: string) =>
        functions.length === 0 ? written : `\${${index}|${functions.join(',')}|}`,
      );
    return {
      label,
      kind: 'template',
      detail,
      preview: snippetText(insertText).replaceAll('\t', '  ').trimEnd(),
      insertText,
      isSnippet: true,
      span,
      group: 9,
    };
  });
}

const TEMPLATES: readonly (readonly [word: string, name: keyof typeof snippets, meaning: Message])[] = [
  ['get', 'GET request', msg('Read from a function')],
  ['get-query', 'Query request', msg('A query over several lines')],
  ['get-ref', 'Request with the answer of another', msg('Log in first, use the token')],
  ['stream', 'Stream request', msg('Watch an event stream')],
  ['sse', 'SSE request', msg('Watch an event stream, in short')],
  ['chat', 'Chat request', msg('A chat completion as a stream')],
  ['post', 'POST request', msg('Send JSON to a function')],
  ['post-form', 'Form request', msg('Send a form')],
  ['post-multipart', 'Multipart request', msg('Send a form with a file')],
  ['post-file', 'File request', msg('Send a file')],
  ['post-text', 'Text request', msg('Send text')],
  ['put', 'PUT request', msg('Replace by JSON')],
  ['patch', 'PATCH request', msg('Change by JSON')],
  ['delete', 'DELETE request', msg('Delete by a function')],
  ['head', 'HEAD request', msg('The headers of an answer only')],
  ['options', 'OPTIONS request', msg('What a function allows')],
  ['trace', 'TRACE request', msg('The request as it arrives')],
  ['graphql', 'GraphQL request', msg('A GraphQL query with variables')],
  ['url', 'URL request', msg('A request to any address')],
  ['var', 'File variable', msg('A variable of this file')],
];
