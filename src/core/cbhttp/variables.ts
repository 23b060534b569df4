import { CbError } from '../errors.ts';
import { msg, type Message } from '../message.ts';
import type { CbDocument, FileVariable, Span } from './document.ts';

/** Where `{{name}}` finds its value, in the order of the language specification. */
export interface VariableSources {
  /** Given for this send: command line, prompts. */
  readonly given: Readonly<Record<string, string>>;
  /** The profile's variables, then the `$shared` profile's. */
  readonly profile: Readonly<Record<string, string>>;
  readonly shared: Readonly<Record<string, string>>;
}

/** How many file variables may be built one from another, and how long one may grow, in UTF-16 units. */
const MAX_DEPTH = 100;
const MAX_LENGTH = 10_000_000;

/** Replaces the variables of a text that stands at `use`. */
export type Substitute = (text: string, use: Span) => string;

/**
 * The substitution for one document.
 * @returns a function that throws CbError `unresolved-variable` (unknown, circular) or `unsupported`
 */
export function substituteFor(document: CbDocument, sources: VariableSources): Substitute {
  const inFile = groupByName(document.variables);
  const expanded = new Map<FileVariable, string>();

  const lookUp = (name: string, use: Span, path: readonly FileVariable[]): string => {
    const given = own(sources.given, name);
    if (given !== undefined) return given;
    const variable = pickFileVariable(inFile.get(name) ?? [], use);
    if (variable !== undefined) {
      if (path.includes(variable)) {
        const circle = [...path.slice(path.indexOf(variable)), variable].map((step) => step.name).join(' → ');
        throw new CbError('unresolved-variable', msg('The variable is defined by itself: {0}.', circle), {
          span: variable.span,
        });
      }
      const known = expanded.get(variable);
      if (known !== undefined) return known;
      const value =
        path.length < MAX_DEPTH ? expand(variable.value, variable.valueSpan, [...path, variable]) : undefined;
      if (value === undefined || value.length > MAX_LENGTH) {
        throw new CbError(
          'unresolved-variable',
          msg('The variable {0} is built from too many others.', name),
          {
            span: variable.span,
          },
        );
      }
      expanded.set(variable, value);
      return value;
    }
    const value = own(sources.profile, name) ?? own(sources.shared, name);
    if (value !== undefined) return value;
    throw new CbError('unresolved-variable', unknownVariable(document, name), { span: use });
  };

  const expand = (text: string, use: Span, path: readonly FileVariable[]): string =>
    replaceVariables(text, (name) => lookUp(name, use, path));

  return (text, use) => expand(text, use, []);
}

/**
 * Replaces each `{{name}}` by what `valueOf` gives for the trimmed name. `\{{` and `\{\{ … \}\}` become the
 * literal braces; `{{` without an end on its line, or before a quote as in JSON, is text.
 */
export function replaceVariables(text: string, valueOf: (name: string) => string): string {
  if (!text.includes('{{') && !text.includes('\\')) return text;
  return text.replace(
    /\\\{\\\{|\\\}\\\}|\\\{\{|\{\{([^{}"\r\n]*)\}\}/g,
    (written, name: string | undefined) => {
      if (name !== undefined) return name.trim() === '' ? written : valueOf(name.trim());
      return written.startsWith('\\}') ? '}}' : '{{';
    },
  );
}

function unknownVariable(document: CbDocument, name: string): Message {
  const written = `{{${name}}}`; // whole, as an argument: VS Code does not fill a template's {{{0}}}
  if (name.startsWith('$')) return msg('The system variable {0} is not known here.', written);
  const base = name.slice(0, Math.max(0, name.indexOf('.')));
  if (base !== '' && document.requests.some((request) => request.name === base)) {
    return msg('{0}: answers of earlier requests cannot be used as variables yet.', written);
  }
  return msg(
    'The variable {0} has no value. Write "@{1} = …" in the file, or add it to the variables of the profile.',
    written,
    name,
  );
}

/** The last definition above the use, else the first below it; a definition is not above itself. */
function pickFileVariable(definitions: readonly FileVariable[], use: Span): FileVariable | undefined {
  const isAround = (variable: FileVariable): boolean =>
    variable.span.start <= use.start && use.end <= variable.span.end;
  return (
    definitions.findLast((variable) => variable.span.start < use.start && !isAround(variable)) ??
    definitions.find((variable) => !isAround(variable)) ??
    definitions[0]
  );
}

function groupByName(variables: readonly FileVariable[]): Map<string, FileVariable[]> {
  const groups = new Map<string, FileVariable[]>();
  for (const variable of variables) {
    const group = groups.get(variable.name);
    if (group === undefined) groups.set(variable.name, [variable]);
    else group.push(variable);
  }
  return groups;
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
