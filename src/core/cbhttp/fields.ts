import type { Directive, FileVariable, Header, Span } from './document.ts';

// A document holds tens of thousands of these: places are kept as numbers, spans are made where they are asked for.

/** A header line. */
export class HeaderField implements Header {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;

  constructor(name: string, value: string, start: number, valueStart: number, end: number) {
    this.name = name;
    this.value = value;
    this.start = start;
    this.valueStart = valueStart;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  get nameSpan(): Span {
    return { start: this.start, end: this.start + this.name.length };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueStart + this.value.length };
  }
}

/** A line that gives a file variable its value. */
export class VariableLine implements FileVariable {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;

  constructor(name: string, value: string, start: number, valueStart: number) {
    this.name = name;
    this.value = value;
    this.start = start;
    this.valueStart = valueStart;
  }

  get span(): Span {
    return { start: this.start, end: this.valueStart + this.value.length };
  }

  get nameSpan(): Span {
    return { start: this.start + 1, end: this.start + 1 + this.name.length };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueStart + this.value.length };
  }
}

/** A comment line that is a directive. */
export class DirectiveLine implements Directive {
  readonly word: string;
  readonly value: string;
  readonly start: number;
  readonly wordStart: number;
  readonly wordEnd: number;
  readonly valueStart: number;

  constructor(
    word: string,
    value: string,
    place: {
      readonly start: number;
      readonly wordStart: number;
      readonly wordEnd: number;
      readonly valueStart: number;
    },
  ) {
    this.word = word;
    this.value = value;
    this.start = place.start;
    this.wordStart = place.wordStart;
    this.wordEnd = place.wordEnd;
    this.valueStart = place.valueStart;
  }

  get span(): Span {
    return { start: this.start, end: this.valueStart + this.value.length };
  }

  get wordSpan(): Span {
    return { start: this.wordStart, end: this.wordEnd };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueStart + this.value.length };
  }
}
