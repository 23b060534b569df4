import fc from 'fast-check';

/** A line, or a piece of one, that means something in a `.cbhttp` text, or nearly does. */
const piece = fc.constantFrom(
  '###', '### t', '####', '##', '#', ' ###', '\\###', '// c', '# @name x', '# @function f', '# @timeout soon', '#@import a',
  '@a = {{b}}', '@a=1', '@ = 2', 'GET /', 'GET', 'get {{u}}/x HTTP/1.1', 'POST http://a', 'http://a', 'fn://f/p', 'h:80/p',
  'WS x', 'CONNECT y', 'hello world', '?q=1', '  &r={{b}}', ' /x', 'A: b', 'Content-Type: text/markdown', 'Content-Length: 1',
  'x', '', ' ', '\t', '{{', '}}', '{{@', '< {%', '> {% a %}', '%}', '> ./h.js', '<> 200', '?? a', '/*', '*/', '/** a', 'a */', '/* a */', 'HTTP/1.1 200 OK', '>> o', '...d', '< ./f',
  '<@latin1 ./f', '{"a":1}', '\uFEFF', '\uD800', '\0', '\u2028', '\u00A0', '中文',
); // prettier-ignore

const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '');

/** A text rich in what the language knows, with all line ends mixed. */
export const richText = fc
  .array(fc.tuple(piece, lineEnd), { maxLength: 40 })
  .map((lines) => lines.map(([line, end]) => line + end).join(''));

/** Any text at all: rich, or garbage. */
export const anyText = fc.oneof({ weight: 4, arbitrary: richText }, fc.string({ unit: 'binary' }));
