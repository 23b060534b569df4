import type { Code } from './codeTokens.ts';

/** So many tokens they have at most. */
const MAX_TOKENS = 100;

/**
 * Index behind the `<…>` of a type at `index`, whose commas end no value: `Record<string, unknown>`, `<T,>(x: T)`. Null
 * for any other token, and for what compares: a type has nothing at its top that is calculated, and no colon.
 */
export function endOfTypeArguments({ tokens }: Code, index: number): number | null {
  if (tokens[index]?.value !== '<') return null;
  let depth = 0;
  for (let at = index, count = 0; count < MAX_TOKENS; count++) {
    const token = tokens[at];
    if (token === undefined) return null;
    const { type, value, partner } = token;
    if (value === '<') depth++;
    else if (/^>{1,3}$/.test(value)) depth -= value.length;
    else if (type === 'Punctuator' && !/^(?:[,.|&?([{]|=>)$/.test(value)) return null;
    if (depth <= 0) return depth === 0 && mayFollow(tokens[at + 1]?.value) ? at + 1 : null;
    if (type === 'Punctuator' && /^[([{]$/.test(value)) {
      if (partner <= at) return null;
      at = partner;
    }
    at++;
  }
  return null;
}

/** What stands behind a type, where an operand would stand behind a comparison; a call may stand behind either. */
function mayFollow(value: string | undefined): boolean {
  return value === undefined || /^(?:[,;()[\]}.|&=!]|\?\.|=>|as|satisfies)$/.test(value);
}
