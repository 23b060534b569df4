import type { ProfileSet } from '../../profiles/profile.ts';
import type { CbDocument, FileVariable, Section } from '../document.ts';
import { findPlaceholders } from '../variables/placeholders.ts';

/** A section that defines variables, and what those of its variables that use responses mean now. */
interface Part {
  readonly section: Section;
  readonly uses: readonly Use[];
  /** Empty where none of its variables is built from a response. */
  readonly outcome: string;
}

/** The variables of one version of a document, as far as a use of one can tell two versions apart. */
export interface Environment {
  readonly parts: readonly Part[];
  /** What variables of the settings are built from, and what the responses among that mean now. */
  readonly settings: readonly Use[];
  readonly settingsOutcome: string;
}

/**
 * The variables of a document and of the settings; `outcomeOf` tells what a response's `{{a.b}}` at an absolute
 * offset means now.
 */
export function environmentOf(
  document: CbDocument,
  profiles: ProfileSet,
  outcomeOf: (expression: string, at: number) => string,
): Environment {
  const parts: Part[] = [];
  for (let index = 0; index < document.sections.length; index++) {
    const section = document.sections[index];
    if (section === undefined || section.variables.length === 0) continue;
    const part = partOf(section);
    const volatile =
      part.uses.length === 0 ? none : part.uses.filter(({ expression }) => isVolatile(expression));
    if (volatile.length === 0) {
      parts.push(part);
      continue;
    }
    const offset = document.offsets[index] ?? 0;
    const outcomes = volatile.map(({ expression, at }) => outcomeOf(expression, offset + at));
    parts.push({ ...part, outcome: outcomes.join('\0') });
  }
  const settings = usesInSettings(profiles);
  const volatile = settings.filter(({ expression }) => isVolatile(expression));
  return {
    parts,
    settings,
    settingsOutcome: volatile.map(({ expression, at }) => outcomeOf(expression, at)).join('\0'),
  };
}

/**
 * The names whose meaning may differ between two environments, also through others; null if none does. Sections
 * that both share stand in the same order in both, so that a use in one of them finds the same definitions
 * unless their names are among those. The settings are the same in both.
 */
export function changedNames(before: Environment, after: Environment): ReadonlySet<string> | null {
  if (before === after) return null;
  const a = before.parts;
  const b = after.parts;
  let start = 0;
  while (start < a.length && start < b.length && isSame(a[start], b[start])) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && isSame(a[endA - 1], b[endB - 1])) {
    endA--;
    endB--;
  }
  const changed = new Set<string>();
  if (before.settingsOutcome !== after.settingsOutcome)
    for (const { expression, name } of after.settings) if (isVolatile(expression)) changed.add(name);
  if (start === endA && start === endB && changed.size === 0) return null;
  for (const { section } of [...a.slice(start, endA), ...b.slice(start, endB)]) {
    for (const { name } of section.variables) changed.add(name);
  }
  // Through the settings, a variable may reach one of the file and that one another, so neither list is enough alone.
  spread(changed, [a, b].flatMap((parts) => parts.flatMap(({ uses }) => uses)).concat(after.settings));
  return changed;
}

/** Adds the variables that are built from changed ones. */
function spread(changed: Set<string>, uses: readonly Use[]): void {
  const users = new Map<string, string[]>();
  for (const { expression, name } of uses) {
    const known = users.get(expression);
    if (known === undefined) users.set(expression, [name]);
    else known.push(name);
  }
  if (users.size === 0) return;
  for (const name of changed) for (const user of users.get(name) ?? []) changed.add(user); // a set's loop sees what it adds
}

/** A `{{…}}` in a variable's value. */
interface Use {
  readonly expression: string;
  /** The variable it stands in, and where, from the section's start; 0 in the settings. */
  readonly name: string;
  readonly at: number;
}

const none: readonly Use[] = [];

/** A section's part where no response has one in it. */
function partOf(section: Section): Part {
  let part = partsOf.get(section);
  if (part === undefined) {
    part = { section, uses: section.variables.flatMap(usesInVariable), outcome: '' };
    partsOf.set(section, part);
  }
  return part;
}

const partsOf = new WeakMap<Section, Part>();

function usesInVariable({ name, value, valueSpan }: FileVariable): Use[] {
  return findPlaceholders(value).map(({ expression, start }) => ({
    expression,
    name,
    at: valueSpan.start + start,
  }));
}

function usesInSettings(profiles: ProfileSet): readonly Use[] {
  let uses = usesOfProfiles.get(profiles);
  if (uses === undefined) {
    uses = [profiles.sharedVariables, ...profiles.profiles.map(({ variables }) => variables)]
      .flatMap((variables) => Object.entries(variables))
      .flatMap(([name, value]) =>
        findPlaceholders(value).map(({ expression }) => ({ expression, name, at: 0 })),
      );
    usesOfProfiles.set(profiles, uses);
  }
  return uses;
}

const usesOfProfiles = new WeakMap<ProfileSet, readonly Use[]>();

/** True for an expression that may name a response: only those hold a dot or a bracket. */
export function isVolatile(expression: string): boolean {
  return !expression.startsWith('$') && /[.[]/.test(expression);
}

function isSame(a: Part | undefined, b: Part | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.outcome !== b.outcome) return false;
  return a.section === b.section || haveSameVariables(a.section.variables, b.section.variables);
}

function haveSameVariables(a: readonly FileVariable[], b: readonly FileVariable[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, value }, index) => name === b[index]?.name && value === b[index]?.value)
  );
}
