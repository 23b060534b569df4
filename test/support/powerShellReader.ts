import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What a script of ours gives curl. */
export interface ReadScript {
  /** What goes to the standard input of `curl.exe --config -`. */
  readonly config: string;
  /** What is written into the temporary file, if one is. */
  readonly body: Buffer | null;
}

/** Where the temporary file lies. */
export const TEMPORARY_FILE = 'C:\\Users\\李\\AppData\\Local\\Temp\\tmp "1".tmp';

/**
 * Reads a script as PowerShell does, as far as its language is used in generated code (about_Parsing,
 * about_Quoting_Rules, about_Operator_Precedence): comments, assignments, static methods, strings in single quotes,
 * here-strings of both kinds with their escapes and subexpressions. Anything else is an error.
 */
export function readPowerShell(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): ReadScript {
  let body: Buffer | null = null;
  const context: Context = { environment, folder };
  const opening = '[IO.File]::WriteAllBytes($body, [byte[]](';
  for (let at = 0; at < script.length;) {
    const lineEnd = script.indexOf('\n', at);
    const line = script.slice(at, lineEnd);
    if (line.startsWith(opening)) {
      const expression = new Expression(script, context, at + opening.length);
      body = Buffer.from(expression.value() as Uint8Array);
      expression.expect('))\n');
      at = expression.at;
      continue;
    }
    if (line === "@'" || line === '@"') {
      const quote = line[1] ?? '';
      const end = script.indexOf(`\n${quote}@`, at + 2);
      const text = script.slice(lineEnd + 1, end);
      const rest = script.slice(end + 1).replace(/^Remove-Item \$body\n/m, '');
      if (rest !== `${quote}@ | curl.exe --config -\n`) throw new Error(`not understood: ${rest}`);
      return { config: quote === "'" ? text : expand(text, context), body };
    }
    if (!line.startsWith('#') && !STATEMENTS.includes(line)) throw new Error(`not understood: ${line}`);
    at = lineEnd + 1;
  }
  throw new Error('no command');
}

const STATEMENTS = [
  '$OutputEncoding = New-Object System.Text.UTF8Encoding $false',
  '$body = [IO.Path]::GetTempFileName()',
];

interface Context {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** An expandable here-string: a backtick escapes, `$name` and `$(…)` are replaced, double quotes are text. */
function expand(text: string, context: Context): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '`') {
      const next = text[++at] ?? '';
      const known: Record<string, string> = {
        n: '\n',
        r: '\r',
        t: '\t',
        0: '\0',
        b: '\b',
        a: '\u0007',
        f: '\f',
        v: '\v',
        e: '\u001b',
        u: '?',
      };
      out += known[next] ?? next;
    } else if (character === '$' && text[at + 1] === '(') {
      const expression = new Expression(text, context, at + 2);
      out += String(expression.value());
      expression.expect(')');
      at = expression.at - 1;
    } else if (character === '$' && /[\w:{?^$]/.test(text[at + 1] ?? '')) {
      throw new Error(`a variable in the text: ${text.slice(at, at + 20)}`);
    } else {
      out += character;
    }
  }
  return out;
}

type Value = string | Uint8Array;

class Expression {
  at: number;
  readonly #text: string;
  readonly #context: Context;

  constructor(text: string, context: Context, at = 0) {
    this.#text = text;
    this.#context = context;
    this.at = at;
  }

  /** `a -replace p, r`, and `a + b`, which binds closer. */
  value(): Value {
    let value = this.#sum();
    while (this.#take(" -replace '")) {
      this.at--;
      const pattern = String(this.#single());
      const replacement = this.#take(', ') ? String(this.#single()) : '';
      if (!/^(?:\$1|\\\$1|)$/.test(replacement)) throw new Error(`replacement ${replacement}`);
      // In .NET's replacements only `$` has a meaning.
      value = String(value).replace(new RegExp(pattern, 'gi'), (_match, group: unknown) =>
        replacement.replace('$1', () => String(group)),
      );
    }
    return value;
  }

  expect(text: string): void {
    if (!this.#take(text)) throw new Error(`${text} expected: ${this.#text.slice(this.at, this.at + 40)}`);
  }

  #sum(): Value {
    let value = this.#single();
    while (this.#take(' + ')) {
      const other = this.#single();
      value = typeof value === 'string' ? value + String(other) : Buffer.concat([value, other as Uint8Array]);
    }
    return value;
  }

  #single(): Value {
    if (this.#take("'")) return this.#quoted();
    if (this.#take('$env:')) return this.#context.environment[this.#name()] ?? '';
    if (this.#take('$body')) return TEMPORARY_FILE;
    if (this.#take('@()')) return new Uint8Array();
    if (this.#take('(ConvertTo-Json ')) return this.#closed((value) => JSON.stringify(String(value)));
    if (this.#take('(Convert-Path -LiteralPath ')) {
      return this.#closed((value) => path.resolve(this.#context.folder, String(value)));
    }
    if (this.#take('[uri]::EscapeDataString(')) return this.#closed((value) => encodeData(String(value)));
    if (this.#take('[Convert]::ToBase64String(')) {
      return this.#closed((value) => Buffer.from(value as Uint8Array).toString('base64'));
    }
    if (this.#take('[Convert]::FromBase64String(')) {
      return this.#closed((value) => Buffer.from(String(value), 'base64'));
    }
    if (this.#take('[Text.Encoding]::UTF8.GetBytes('))
      return this.#closed((value) => Buffer.from(String(value)));
    if (this.#take('[IO.File]::ReadAllBytes(')) return this.#closed((value) => readFileSync(String(value)));
    if (this.#take('(')) return this.#closed((value) => value);
    throw new Error(`not understood: ${this.#text.slice(this.at, this.at + 40)}`);
  }

  #closed(map: (value: Value) => Value): Value {
    const value = map(this.value());
    this.expect(')');
    return value;
  }

  /** PowerShell takes typographic single quotes for the straight one, and two of any kind for one in the text. */
  #quoted(): string {
    let out = '';
    for (;;) {
      const character = this.#text[this.at++];
      if (character === undefined) throw new Error('no closing quote');
      if (!/['\u2018\u2019\u201a\u201b]/.test(character)) {
        out += character;
      } else if (/['\u2018\u2019\u201a\u201b]/.test(this.#text[this.at] ?? '')) {
        out += this.#text[this.at++];
      } else {
        return out;
      }
    }
  }

  #name(): string {
    const name = /\w+/y;
    name.lastIndex = this.at;
    const found = name.exec(this.#text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

/** RFC 3986 as .NET has it: `!'()*` are encoded, too. */
function encodeData(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
