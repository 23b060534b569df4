/**
 * JavaScript (ES2015) that reads an event stream after the HTML standard, 9.2.5 and 9.2.6: line ends of CR, LF and CRLF
 * also where a chunk ends between the two, data of several lines, comments, id and retry. It stands in generated code
 * as it is here; a test runs it beside our own decoder.
 */
export const EVENT_STREAM_PARSER = `/**
 * Reads an event stream (HTML standard, 9.2): give it the text as it comes, in whatever pieces.
 * on.event({ type, data, id, lastEventId }), on.comment(text), on.retry(ms)
 */
function createEventStreamParser(on) {
  let rest = '';
  let isAfterCr = false;
  let type = '';
  let data = null;
  let id = null;
  let lastEventId = '';

  function endEvent() {
    if (id !== null) lastEventId = id;
    if (data !== null && on.event) {
      on.event({ type: type || 'message', data, id: id === null ? '' : id, lastEventId });
    }
    type = '';
    data = null;
    id = null;
  }

  function readLine(line) {
    if (line === '') {
      endEvent();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    let value = colon === -1 ? '' : line.slice(colon + 1);
    if (value[0] === ' ') value = value.slice(1);
    if (colon === 0) {
      if (on.comment) on.comment(value);
    } else if (field === 'data') {
      data = data === null ? value : data + '\\n' + value;
    } else if (field === 'event') {
      type = value;
    } else if (field === 'id') {
      if (value.indexOf('\\0') === -1) id = value;
    } else if (field === 'retry' && /^[0-9]+$/.test(value)) {
      if (on.retry) on.retry(Number(value));
    }
  }

  return function parse(text) {
    let start = 0;
    if (isAfterCr && text !== '') {
      isAfterCr = false;
      if (text[0] === '\\n') start = 1;
    }
    for (let at = start; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit !== 10 && unit !== 13) continue;
      readLine(rest + text.slice(start, at));
      rest = '';
      if (unit === 13) {
        if (at + 1 === text.length) isAfterCr = true;
        else if (text[at + 1] === '\\n') at += 1;
      }
      start = at + 1;
    }
    rest += text.slice(start);
  };
}
`;

/**
 * JavaScript (ES2015) that decodes UTF-8 by hand as WHATWG's Encoding standard does (4.1 and 8.1.1), since a mini
 * program has no TextDecoder one can rely on: bytes of an unfinished character wait for the next chunk.
 */
export const UTF8_DECODER = `/**
 * Decodes UTF-8 in pieces: a character that is split between two chunks waits for its rest. What is no UTF-8 becomes
 * U+FFFD, a byte order mark at the beginning is dropped. Written out, since mini programs may lack TextDecoder.
 */
function createUtf8Decoder() {
  let codePoint = 0;
  let missing = 0;
  let lower = 0x80;
  let upper = 0xbf;
  let isFirst = true;

  return function decode(bytes) {
    let text = '';
    function put(point) {
      if (!(isFirst && point === 0xfeff)) {
        text += point > 0xffff
          ? String.fromCharCode(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff))
          : String.fromCharCode(point);
      }
      isFirst = false;
    }
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (missing > 0) {
        if (byte >= lower && byte <= upper) {
          lower = 0x80;
          upper = 0xbf;
          codePoint = (codePoint << 6) | (byte & 0x3f);
          missing -= 1;
          if (missing === 0) put(codePoint);
          continue;
        }
        missing = 0;
        lower = 0x80;
        upper = 0xbf;
        put(0xfffd);
      }
      if (byte < 0x80) {
        put(byte);
      } else if (byte >= 0xc2 && byte <= 0xdf) {
        missing = 1;
        codePoint = byte & 0x1f;
      } else if (byte >= 0xe0 && byte <= 0xef) {
        if (byte === 0xe0) lower = 0xa0;
        if (byte === 0xed) upper = 0x9f;
        missing = 2;
        codePoint = byte & 0xf;
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        if (byte === 0xf0) lower = 0x90;
        if (byte === 0xf4) upper = 0x8f;
        missing = 3;
        codePoint = byte & 0x7;
      } else {
        put(0xfffd);
      }
    }
    return text;
  };
}
`;
