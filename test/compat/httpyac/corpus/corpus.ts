import type { CompatCase } from '../compatCase.ts';
import { bodies } from './bodies.ts';
import { bodyEdges } from './bodyEdges.ts';
import { foreign } from './foreign.ts';
import { foreignEdges } from './foreignEdges.ts';
import { habits } from './habits.ts';
import { headerEdges } from './headerEdges.ts';
import { headers } from './headers.ts';
import { moreHabits } from './moreHabits.ts';
import { requestLineEdges } from './requestLineEdges.ts';
import { requestLines } from './requestLines.ts';
import { structure } from './structure.ts';
import { structureEdges } from './structureEdges.ts';
import { variableEdges } from './variableEdges.ts';
import { variables } from './variables.ts';

/** All texts, each written by hand for the row it names. */
export const corpus: readonly CompatCase[] = [
  ...structure,
  ...structureEdges,
  ...requestLines,
  ...requestLineEdges,
  ...headers,
  ...headerEdges,
  ...bodies,
  ...bodyEdges,
  ...foreign,
  ...foreignEdges,
  ...variables,
  ...variableEdges,
  ...habits,
  ...moreHabits,
];
