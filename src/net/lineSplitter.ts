/** UTF-16 units of a line after which it is given out in pieces. */
const MAX_LINE = 64 * 1024;

/** Makes lines of bytes as they come; characters and line ends may be split anywhere. */
export interface LineSplitter {
  /** @returns the text of the chunk, as far as its characters are whole */
  push(chunk: Uint8Array): string;
  /** Gives out what has no line end. */
  end(): void;
}

/** @param onLine is given each line without its end, LF or CRLF */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  const give = (): void => {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  const add = (text: string): void => {
    if (text === '') return;
    pieces.push(text);
    length += text.length;
    if (length >= MAX_LINE) give();
  };
  return {
    push: (chunk) => {
      const text = decoder.decode(chunk, { stream: true });
      let from = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        pieces.push(text.slice(from, end));
        give();
        from = end + 1;
      }
      add(text.slice(from));
      return text;
    },
    end: () => {
      add(decoder.decode());
      if (length > 0) give();
    },
  };
}
