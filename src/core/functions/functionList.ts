import type { DeployedFunction } from './deployed.ts';

/** `unknown` where neither a config nor the management API says it: never guessed. */
export type FunctionType = 'HTTP' | 'Event' | 'unknown';

/** What the list needs of a function of the workspace. */
export interface LocalFunction {
  readonly declared: {
    readonly name: string;
    readonly type: 'HTTP' | 'Event';
    readonly runtime: string;
    readonly timeoutSeconds: number | null;
    readonly memoryMb?: number | null;
  };
}

/** A function by its name: in the workspace, in the environment, or in both. */
export interface ListedFunction<L extends LocalFunction = LocalFunction> {
  readonly name: string;
  /** As the workspace declares it: that is what a deployment makes of it. Else as it is deployed. */
  readonly type: FunctionType;
  /** Null for one that is only deployed. */
  readonly local: L | null;
  /** Null for one that is not deployed, or where that is not known. */
  readonly deployed: DeployedFunction | null;
}

/** What the list may be narrowed to. */
export const filterKinds = [
  'HTTP',
  'Event',
  'unknown',
  'local',
  'deployed',
  'running',
  'failed',
  'problems',
] as const;
export type FilterKind = (typeof filterKinds)[number];

/** Which functions are shown. */
export interface FunctionFilter {
  /** Words that a name has to contain, each of them, in any case; empty for any name. */
  readonly text: string;
  /** One of each sort (type, place, state) has to hold; none of a sort: any will do. */
  readonly kinds: readonly FilterKind[];
}

export const NO_FILTER: FunctionFilter = { text: '', kinds: [] };

/** What a function is at the moment, besides where it stands. */
export type FunctionState = Extract<FilterKind, 'running' | 'failed' | 'problems'>;

const SORTS: readonly (readonly FilterKind[])[] = [
  ['HTTP', 'Event', 'unknown'],
  ['local', 'deployed'],
  ['running', 'failed', 'problems'],
];

/**
 * The functions of a workspace folder and of an environment as one list, by name. A name that a config declares twice
 * is there twice.
 */
export function mergeFunctions<L extends LocalFunction>(
  local: readonly L[],
  deployed: readonly DeployedFunction[],
): readonly ListedFunction<L>[] {
  const byName = new Map(deployed.map((one) => [one.name, one]));
  const names = new Set(local.map(({ declared }) => declared.name));
  return sortByName([
    ...local.map((one): ListedFunction<L> => {
      const { name, type } = one.declared;
      return { name, type, local: one, deployed: byName.get(name) ?? null };
    }),
    ...[...byName.values()]
      .filter(({ name }) => !names.has(name))
      .map((one): ListedFunction<L> => ({ name: one.name, type: one.type, local: null, deployed: one })),
  ]);
}

/** By name, whatever its case; the same name in the order given. */
function sortByName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, key: item.name.toLowerCase() }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ item }) => item);
}

/** True for a filter that hides nothing. */
export function isEmptyFilter({ text, kinds }: FunctionFilter): boolean {
  return text.trim() === '' && kinds.length === 0;
}

/** Makes a test of a filter. */
export function filterFunctions({
  text,
  kinds,
}: FunctionFilter): (one: ListedFunction, states: ReadonlySet<FunctionState>) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wanted = SORTS.map((sort) => sort.filter((kind) => kinds.includes(kind))).filter(
    (sort) => sort.length > 0,
  );
  return (one, states) => {
    const name = one.name.toLowerCase();
    return (
      words.every((word) => name.includes(word)) &&
      wanted.every((sort) => sort.some((kind) => isOfKind(one, kind, states)))
    );
  };
}

function isOfKind(one: ListedFunction, kind: FilterKind, states: ReadonlySet<FunctionState>): boolean {
  switch (kind) {
    case 'HTTP':
    case 'Event':
    case 'unknown':
      return one.type === kind;
    case 'local':
      return one.local !== null;
    case 'deployed':
      return one.deployed !== null;
    case 'running':
    case 'failed':
    case 'problems':
      return states.has(kind);
  }
}
