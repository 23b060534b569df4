import { msg } from '../../message.ts';
import { BACKSLASH, hole, NOTHING, showHoles, type Holes } from '../holes.ts';
import { variableFor } from '../secretValues.ts';
import { oneLine } from '../writeRequest.ts';
import type { Code } from './codeTokens.ts';
import type { CodeValue } from './codeValue.ts';

/** Names for what is only known when the code runs. Indexes of tokens; the second is exclusive. */
export interface HoleNames {
  /** The hole for an expression: the same one wherever the code has the same text. */
  readonly holeFor: (from: number, to: number) => CodeValue;
  /** An expression for people, without texts and what its calls are given: there may be secrets among them. */
  readonly shortSource: (from: number, to: number) => string;
}

/** @param behind gives the index behind a token, or behind the bracket that it opens */
export function createHoleNames(code: Code, holes: Holes, behind: (index: number) => number): HoleNames {
  const { tokens, text } = code;
  const names = new Map<string, string>();
  const taken = new Map<string, number>([NOTHING, BACKSLASH].map(({ name }) => [name, 1]));

  function holeFor(from: number, to: number): CodeValue {
    const source = sourceOf(from, to);
    const name = names.get(source) ?? freeName(nameFor(from, to));
    names.set(source, name);
    const expression = source === 'new Date().toISOString()' ? '$isoTimestamp' : variableFor(name);
    const shown = shortSource(from, to);
    const meaning = msg('{0} stands for {1} in the code.', `{{${expression}}}`, shown);
    return { kind: 'hole', hole: hole(holes, expression, expression === shown ? undefined : meaning) };
  }

  /** The last name of an expression, or the key that a call asks for. */
  function nameFor(from: number, to: number): string {
    let name = '';
    for (let at = from; at < to; at = behind(at)) {
      const { type, value } = tokens[at] ?? { type: 'Invalid', value: '' };
      if (type === 'IdentifierName' && !/^(?:await|new|typeof|this|void)$/.test(value)) name = value;
      const asked = value === '(' && behind(at) === at + 3 ? tokens[at + 1] : undefined;
      if (asked?.type === 'StringLiteral' && /^.[A-Za-z_]\w*.$/.test(asked.value))
        name = asked.value.slice(1, -1);
    }
    return name.replace(/^\$+|[={}\s]/g, '') || 'value';
  }

  function freeName(name: string): string {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : freeName(`${name}${count}`);
  }

  function sourceOf(from: number, to: number): string {
    const last = tokens[to - 1];
    return last === undefined ? '' : text.slice(tokens[from]?.start, last.start + last.value.length);
  }

  function shortSource(from: number, to: number): string {
    const source = oneLine(sourceOf(from, to).slice(0, 1000));
    const shown = source.replace(/(['"`])(?:\\.|(?!\1).)*\1?/g, '$1…$1').replace(/\((?!\s*\))[^]*$/, '(…)');
    return showHoles(shown.length > 60 ? `${shown.slice(0, 59)}…` : shown, holes);
  }

  return { holeFor, shortSource };
}
