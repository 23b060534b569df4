import { msg } from '../../message.ts';
import type { CbRequest } from '../document.ts';
import type { SectionView } from './sectionView.ts';

// eslint-disable-next-line no-control-regex -- RFC 9110, 5.5: no control characters but tab
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Header values that HTTP does not let through: mostly a variable that holds a line break. */
export function checkHeaders(view: SectionView, request: CbRequest): void {
  for (const header of request.headers) {
    const value = view.replace(header.value, header.valueSpan.start)?.text;
    if (value === undefined || !CONTROL.test(value)) continue;
    view.report(
      'invalid-header',
      'error',
      msg('The value of {0} holds a line break or a control character.', header.name),
      header.valueSpan,
    );
  }
}

/** Lines that were meant as headers, by the character that a name cannot hold (RFC 9110, 5.1). */
export function checkHeaderNames(view: SectionView): void {
  const { text, problems } = view.section;
  for (const { code, span } of problems) {
    if (code !== 'missing-blank-line') continue;
    const line = text.slice(span.start, span.end);
    const name = /^[\p{L}\d][^:"'<>[\]{},;=]{0,60}(?=:(?:\s|$))/u.exec(line)?.[0].trimEnd();
    const variable = /^[^\s:{}]*(\{\{[^{}\r\n]*\}\})[^\s:{}]*[ \t]*:(?:\s|$)/.exec(line);
    if (variable?.[1] !== undefined) {
      const at = span.start + variable[0].indexOf('{{');
      const message = msg('A variable cannot stand in the name of a header.');
      view.report('invalid-header', 'error', message, { start: at, end: at + variable[1].length });
      continue;
    }
    const wrong = name && /[^!#$%&'*+.^_`|~0-9A-Za-z-]/u.exec(name);
    if (!wrong) continue;
    const start = span.start + wrong.index;
    view.report('invalid-header', 'error', msg('"{0}" cannot stand in the name of a header.', wrong[0]), {
      start,
      end: start + wrong[0].length,
    });
  }
}
