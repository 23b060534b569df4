import { jsonBounds, JsonMembers, type JsonNode } from './jsonNodes.ts';
import { pathStep } from './jsonText.ts';

/** Rows a parent opens into: more members come in groups, more groups in groups of groups. */
const MAX_CHILDREN = 100;

/** A line of the tree: a value, or a group of neighbouring members of a large object or array. */
export interface JsonRow {
  readonly parent: JsonRow | null;
  /** 0-based. */
  readonly level: number;
  /** The value; for a group, the object or array its members belong to. */
  readonly node: JsonNode;
  /** First and last index of a group's members, else null. */
  readonly group: { readonly from: number; readonly to: number } | null;
}

/** The rows of a JSON text, made as they are opened. */
export class JsonRows {
  readonly text: string;
  readonly root: JsonRow;
  /** By where the object or array begins. */
  readonly #members = new Map<number, JsonMembers>();

  private constructor(text: string, start: number, end: number) {
    this.text = text;
    let memberCount = -1;
    if (/[[{]/.test(text.charAt(start))) {
      const members = new JsonMembers(text, start, end);
      this.#members.set(start, members);
      memberCount = members.length;
    }
    const node = { index: 0, keyStart: -1, start, end, memberCount };
    this.root = { parent: null, level: 0, node, group: null };
  }

  /** Null for text that is no JSON. */
  static of(text: string): JsonRows | null {
    const bounds = jsonBounds(text);
    return bounds && new JsonRows(text, bounds.start, bounds.end);
  }

  /** The rows a row opens into: at most a hundred, none for a plain value. */
  children(row: JsonRow): JsonRow[] {
    if (!isExpandable(row)) return [];
    const members = this.#membersOf(row.node);
    const { from, to } = row.group ?? { from: 0, to: members.length - 1 };
    const size = groupSize(to - from + 1);
    const level = row.level + 1;
    const rows: JsonRow[] = [];
    for (let first = from; first <= to; first += size) {
      if (size === 1) rows.push({ parent: row, level, node: members.at(first), group: null });
      else {
        const group = { from: first, to: Math.min(to, first + size - 1) };
        rows.push({ parent: row, level, node: row.node, group });
      }
    }
    return rows;
  }

  /** The place among a row's children of the one that holds an offset of the text. */
  childAt(row: JsonRow, offset: number): number {
    const members = this.#membersOf(row.node);
    const { from, to } = row.group ?? { from: 0, to: members.length - 1 };
    return Math.floor((members.indexAt(offset) - from) / groupSize(to - from + 1));
  }

  /** The JSONPath of a row's value. */
  path(row: JsonRow): string {
    const steps: string[] = [];
    for (let at: JsonRow = row; at.parent !== null; at = at.parent) {
      if (at.group === null) steps.push(pathStep(this.text, at.node));
    }
    return `$${steps.reverse().join('')}`;
  }

  #membersOf(node: JsonNode): JsonMembers {
    let members = this.#members.get(node.start);
    if (members === undefined) {
      members = new JsonMembers(this.text, node.start, node.end);
      this.#members.set(node.start, members);
    }
    return members;
  }
}

/** True for a group, and for an object or array that is not empty. */
export function isExpandable(row: JsonRow): boolean {
  return row.node.memberCount > 0;
}

/** Members per child: 1, or the power of a hundred that keeps the children at a hundred at most. */
function groupSize(count: number): number {
  let size = 1;
  while (count > size * MAX_CHILDREN) size *= MAX_CHILDREN;
  return size;
}
