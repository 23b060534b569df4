import { Buffer } from 'node:buffer';

/** An event stream to be served byte for byte. */
export interface Stream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const BOM = [0xef, 0xbb, 0xbf];

/** The name says which rule of the HTML standard, 9.2.5 (what a stream is) or 9.2.6 (how it is read), it is about. */
const rules: Readonly<Record<string, string | Uint8Array>> = {
  'nothing at all': '',
  'one event': 'data: one\n\n',
  'two events': 'data: one\n\ndata: two\n\n',
  'a block cut off by the end is dropped': 'data: one\n\ndata: two\n',
  'a line cut off by the end is dropped': 'data: one\n\ndata: two',
  'only blank lines': '\n\n\n\n',
  'many blank lines between events': '\n\ndata: one\n\n\n\n\ndata: two\n\n\n',

  'a BOM at the start is dropped': bytes(BOM, 'data: one\n\n'),
  'of two BOMs one is dropped': bytes(BOM, BOM, 'data: one\n\ndata: two\n\n'),
  'a BOM further on belongs to the name': bytes('data: one\n\n', BOM, 'data: two\n\ndata: three\n\n'),
  'a BOM in the data stays': bytes('data: ', BOM, 'one\n\n'),
  'a BOM before a comment': bytes(BOM, ': hello\ndata: one\n\n'),
  'a BOM alone': bytes(BOM),
  'the first two bytes of a BOM': bytes([0xef, 0xbb], 'data: one\n\ndata: two\n\n'),
  'a BOM of UTF-16': bytes([0xfe, 0xff], 'data: one\n\ndata: two\n\n'),

  'lines end with LF': 'event: a\ndata: 1\ndata: 2\n\n',
  'lines end with CRLF': 'event: a\r\ndata: 1\r\ndata: 2\r\n\r\n',
  'lines end with CR': 'event: a\rdata: 1\rdata: 2\r\r',
  'line ends mixed': 'event: a\r\ndata: 1\rdata: 2\n\r\ndata: 3\n\r',
  'CR LF CR ends two lines': 'data: 1\r\n\rdata: 2\r\n\r',
  'LF CR ends two lines': 'data: 1\n\rdata: 2\n\r',
  'CR CR LF ends two lines': 'data: 1\r\r\ndata: 2\r\r\n',
  'the last event ends with CR': 'data: 1\n\ndata: 2\n\r',
  'the last line ends with CR only': 'data: 1\r\rdata: 2\r',
  'no other line end: VT, FF, NEL, LS, PS': 'data: a\u000bb\u000cc\u0085d\u2028e\u2029f\n\n',

  'a comment is no event': ': hello\n\n',
  'a comment inside a block': 'data: 1\n: in between\ndata: 2\n\n',
  'a comment without text': ':\n\ndata: 1\n:\n\n',
  'a comment that looks like a field': ':data: no\ndata: yes\n\n',
  'a line with a blank before its name is another field': ' data: no\ndata: yes\n\n',

  'one blank after the colon is dropped': 'data: x\n\n',
  'only one blank after the colon is dropped': 'data:  x\n\n',
  'no blank after the colon': 'data:x\n\n',
  'a tab after the colon stays': 'data:\tx\n\n',
  'blanks at the end stay': 'data: x  \n\n',
  'later colons belong to the value': 'data: a:b: c\n\ndata::\n\ndata:::\n\n',
  'a no-break space after the colon stays': 'data:\u00a0x\n\n',

  'data without a colon is an empty line': 'data\n\n',
  'data with a colon and nothing is an empty line': 'data:\n\n',
  'two empty lines of data are one LF': 'data\ndata\n\ndata:\ndata:\n\n',
  'an empty line of data between others': 'data: 1\ndata\ndata: 2\n\n',
  'an empty line of data last': 'data: 1\ndata:\n\n',
  'a block without data is no event': 'event: a\nid: 1\n\ndata: x\n\n',
  'an event name does not outlive its block': 'event: a\n\ndata: x\n\nevent: b\ndata: y\n\ndata: z\n\n',

  'names are case-sensitive': 'Data: no\nDATA: no\ndata: yes\nEvent: no\nID: no\n\n',
  'unknown fields are skipped': 'foo: bar\ndata: x\nbaz\n\n',
  'a name followed by a blank is another field': 'data : no\ndata: yes\n\n',
  'a name that begins like a field': 'datax: no\ndat: no\nida: 5\neventual: no\ndata: yes\n\n',
  'fields in any order': 'id: 7\ndata: x\nevent: a\n\ndata: y\nevent: b\nid: 8\n\n',

  'an event name': 'event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n',
  'of two event names the last counts': 'event: a\nevent: b\ndata: x\n\n',
  'an empty event name is message': 'event:\ndata: x\n\nevent\ndata: y\n\n',
  'an empty event name takes a former one back': 'event: a\nevent:\ndata: x\n\nevent: b\nevent\ndata: y\n\n',
  'event names with blanks': 'event:  a \ndata: x\n\n',
  'event names beyond ASCII': 'event: 片段\ndata: x\n\nevent: 🎉\ndata: y\n\n',
  'event names of the object itself':
    'event: open\ndata: x\n\nevent: error\ndata: y\n\nevent: message\ndata: z\n\n',
  'event names of other objects': 'event: constructor\ndata: 1\n\nevent: __proto__\ndata: 2\n\n',

  'an id stays until the next one': 'id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n',
  'an empty id resets it': 'id: 1\ndata: a\n\nid:\ndata: b\n\nid: 2\ndata: c\n\nid\ndata: d\n\ndata: e\n\n',
  'of two ids the last counts': 'id: 1\nid: 2\ndata: a\n\n',
  'an id after the data counts': 'data: a\nid: 1\n\ndata: b\n\n',
  'an id in a block without data counts': 'id: 1\n\ndata: a\n\nid: 2\nevent: x\n\n: c\ndata: b\n\n',
  'an empty id in a block without data counts': 'id: 1\ndata: a\n\nid\n\ndata: b\n\n',
  'an id with NUL is skipped': 'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid: \0\n\ndata: c\n\n',
  'an id with NUL leaves an earlier one of its block':
    'id: 1\nid: 2\0\ndata: a\n\nid: 3\n\nid: 4\0\n\ndata: b\n\n',
  'an id that was cut off': 'id: 1\ndata: a\n\nid: 2',
  'ids with blanks, colons and letters': 'id:  a b: c \ndata: x\n\nid:一二三\ndata: y\n\n',
  'an id survives many events': `id: 1\n${'data: x\n\n'.repeat(20)}id: 2\n${'data: y\n\n'.repeat(20)}`,

  'retry is no event': 'retry: 10000\n\ndata: x\n\n',
  'retry that is no number is skipped': 'retry: soon\nretry: 1.5\nretry: -1\nretry:\nretry\ndata: x\n\n',
  'retry among data': 'data: 1\nretry: 10000\ndata: 2\n\n',

  'NUL in data stays': 'data: a\0b\n\n\0data: c\ndata: d\n\n',
  'control characters stay': 'data: \u0001\u0008\u001b[31m\u007f\n\n',
  'characters of two, three and four bytes': 'data: é 云开发 🎉𝄞\n\n',
  'bidi overrides stay': 'data: \u202eabc\u202c \u2066x\u2069\n\n',
  'an invalid byte is U+FFFD': bytes('data: a', [0xff], 'b', [0x80], 'c\n\n'),
  'a character cut short is U+FFFD': bytes('data: ', [0xe4, 0xba], 'x\n\ndata: ', [0xf0, 0x9f, 0x8e], '\n\n'),
  'overlong forms are U+FFFD': bytes('data: ', [0xc0, 0xaf], ' ', [0xe0, 0x80, 0xaf], '\n\ndata: x\n\n'),
  'surrogates are U+FFFD': bytes('data: ', [0xed, 0xa0, 0xbd], [0xed, 0xb8, 0x80], '\n\n'),
  'beyond U+10FFFF is U+FFFD': bytes('data: ', [0xf4, 0x90, 0x80, 0x80], '\n\n'),
  'an overlong LF ends no line': bytes('data: a', [0xc0, 0x8a], 'b\n\n'),
  'a character cut off by the stream’s end': bytes('data: a\n\ndata: b\n\ndata: ', [0xe4, 0xba]),
  'an invalid byte in a name': bytes('da', [0xff], 'ta: no\ndata: yes\nevent: ', [0xff], '\n\n'),

  'a long line': `data: ${'0123456789'.repeat(30_000)}\n\n`,
  'a long event of many lines': `${'data: 0123456789\n'.repeat(5000)}\n`,
  'many events': Array.from({ length: 1000 }, (_, i) => `id: ${i}\ndata: {"i":${i}}\n\n`).join(''),

  'the standard’s stock ticker': 'data: YHOO\ndata: +2\ndata: 10\n\n',
  'the standard’s four blocks':
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
  'the standard’s empty blocks': 'data\n\ndata\ndata\n\ndata:\n',
  'the standard’s blank after the colon': 'data:test\n\ndata: test\n\n',
};

/**
 * True for a BOM with a line end right behind it. Chromium (156 and before) does not see that line end: its parser
 * goes on with the byte after it. The standard drops the BOM first, so there our decoder and Chromium rightly differ.
 */
export function isMisreadByChromium(stream: Uint8Array): boolean {
  return BOM.every((byte, index) => stream[index] === byte) && (stream[3] === 0x0a || stream[3] === 0x0d);
}

/** Every rule of the standard's event-stream section, one stream each. */
export const ruleStreams: readonly Stream[] = Object.entries(rules).map(([name, stream]) => ({
  name,
  bytes: typeof stream === 'string' ? bytes(stream) : stream,
}));
