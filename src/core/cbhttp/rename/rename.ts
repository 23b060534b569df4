import type { FileSummary } from '../../functions/requestIndex.ts';
import { msg, type Message } from '../../message.ts';
import { positionAt, type CbDocument, type Span } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { occurrencesLike } from '../navigate/definition.ts';
import { occurrenceAt, requestNameIn, type Occurrence } from '../navigate/occurrences.ts';
import { outsideVariable } from '../navigate/outsideDefinition.ts';
import { sharedNames } from '../navigate/sharedNames.ts';

/** What can be renamed at a place: its span, absolute, and its name now. */
export interface RenameStart {
  readonly span: Span;
  readonly name: string;
  readonly kind: Occurrence['kind'];
}

/** Why something is not renamed. */
export interface Refusal {
  readonly refusal: Message;
}

/** `length` UTF-16 units at a 0-based line and column give way to the new name. */
export interface RenameEdit {
  readonly uri: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** All request files of the workspace, this one included, in the order of their URIs. */
export type WorkspaceFiles = ReadonlyMap<string, FileSummary>;

/** What a rename at the offset of the file `uri` would rename, or why it cannot. */
export function prepareRename(
  document: CbDocument,
  offset: number,
  uri: string,
  files: WorkspaceFiles,
  context?: LanguageContext,
): RenameStart | Refusal {
  const at = occurrenceAt(document, offset);
  if (at === undefined) {
    return { refusal: msg('Only variables, names of requests and functions can be renamed.') };
  }
  const { kind, name, span } = at;
  if (kind === 'variable' && occurrencesLike(document, at).every(({ role }) => role === 'use')) {
    const outside = context && outsideVariable(document, offset, context);
    return {
      refusal:
        outside === undefined
          ? msg('The variable {0} is not defined in this file.', name)
          : msg(
              'The variable {0} is defined in the settings, in cbhttp.profiles.{1}.',
              name,
              outside.profile,
            ),
    };
  }
  if (kind === 'variable' && requestNameIn(name) !== null) {
    return { refusal: msg('The variable {0} is written like a request’s answer.', name) };
  }
  if (kind === 'request' && sharedNames(files, uri, kind, name).every((one) => one.name.role === 'use')) {
    return { refusal: msg('No request of the workspace is named {0}.', name) };
  }
  return { span, name, kind };
}

/** The edits that rename what stands at the offset, in all files, or why the new name cannot be taken. */
export function renameEdits(
  document: CbDocument,
  offset: number,
  uri: string,
  files: WorkspaceFiles,
  newName: string,
  context?: LanguageContext,
): readonly RenameEdit[] | Refusal {
  const at = occurrenceAt(document, offset);
  const start = prepareRename(document, offset, uri, files, context);
  if (at === undefined || 'refusal' in start) return 'refusal' in start ? start : [];
  const invalid = nameProblem(at, newName);
  if (invalid !== null) return { refusal: invalid };
  if (newName === at.name) return [];
  const edits = editsOf(document, at, uri, files);
  const isTaken =
    at.kind === 'variable'
      ? occurrencesLike(document, { kind: at.kind, name: newName }).length > 0
      : at.kind === 'request' && isRequestTaken(files, edits, newName);
  if (isTaken) return { refusal: msg('The name {0} is in use already.', newName) };
  return edits;
}

function editsOf(document: CbDocument, at: Occurrence, uri: string, files: WorkspaceFiles): RenameEdit[] {
  const { length } = at.name;
  if (at.kind === 'variable') {
    return occurrencesLike(document, at).map(({ span }) => {
      return { uri, ...positionAt(document, span.start), length };
    });
  }
  return sharedNames(files, uri, at.kind, at.name).map((one) => {
    const { line, column } = one.name;
    return { uri: one.uri, line, column, length };
  });
}

/** True if a file that changes has the name already, or another one uses it and would now mean this request. */
function isRequestTaken(files: WorkspaceFiles, edits: readonly RenameEdit[], newName: string): boolean {
  const changed = new Set(edits.map(({ uri }) => uri));
  return [...files].some(([uri, { names }]) => {
    const same = names.filter(({ kind, name }) => kind === 'request' && name === newName);
    return same.length > 0 && (changed.has(uri) || same.every(({ role }) => role === 'use'));
  });
}

const REQUEST_NAME = /^[^\s={}"$.[\]][^\s={}".[\]]*$/;

/** What is wrong with a new name, or null. */
function nameProblem({ kind, name: before }: Occurrence, name: string): Message | null {
  switch (kind) {
    case 'variable':
      return /^[^\s={}"$][^\s={}"]*$/.test(name) && requestNameIn(name) === null
        ? null
        : msg('A variable’s name holds no blanks, "=", quotes or braces, and does not start with "$".');
    case 'request':
      // A title that no variable can use may become any other.
      return REQUEST_NAME.test(name) || (!REQUEST_NAME.test(before) && /^[^\s#{}][^\r\n{}]*$/.test(name))
        ? null
        : msg(
            'A request’s name holds no blanks, dots, "=", quotes, brackets or braces, and does not start with "$".',
          );
    case 'function':
      return /^[^\s/?#{}"]+$/.test(name)
        ? null
        : msg('A function’s name holds no blanks, "/", "?", "#", quotes or braces.');
  }
}
