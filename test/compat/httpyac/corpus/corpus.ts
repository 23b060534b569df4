import type { CompatCase } from '../compatCase.ts';
import { bodies } from './bodies.ts';
import { foreign } from './foreign.ts';
import { habits } from './habits.ts';
import { headers } from './headers.ts';
import { requestLines } from './requestLines.ts';
import { structure } from './structure.ts';
import { variables } from './variables.ts';

/** All texts, each written by hand for the row it names. */
export const corpus: readonly CompatCase[] = [
  ...structure,
  ...requestLines,
  ...headers,
  ...bodies,
  ...foreign,
  ...variables,
  ...habits,
];
