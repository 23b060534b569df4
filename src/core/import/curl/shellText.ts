import type { Span } from '../../cbhttp/document.ts';
import type { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import { hole, type Holes } from '../holes.ts';
import { unreadable, type ImportProblem } from '../imported.ts';
import type { BodyPiece } from '../requestParts.ts';
import { variableFor } from '../secretValues.ts';

/** A word as a program gets it, with holes for what only the shell knows. */
export interface ShellWord {
  readonly text: string;
  readonly span: Span;
}

/** A command of a shell's text. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** What it reads from its standard input, where the text says so; else null. */
  readonly input: readonly BodyPiece[] | null;
  /** What was left out of it: redirections and the command it is piped to. */
  readonly leftOut: readonly string[];
}

/** The commands of a text, in order. With a problem, the text could not be read to its end. */
export interface ShellText {
  readonly commands: readonly ShellCommand[];
  readonly problem: ImportProblem | null;
}

/** A quote without its end. */
export function openQuote(at: number): CbError {
  const message = msg('The quote that opens here has no end.');
  return unreadable(message, { start: at, end: at + 1 });
}

/** What stands for a variable of the shell that the text does not set. */
export function variableHole(holes: Holes, name: string): string {
  const expression = variableFor(name);
  const meaning = msg('{0} stands for the variable {1} of the shell.', `{{${expression}}}`, name);
  return hole(holes, expression, meaning);
}

/** What stands for the output of a command. */
export function outputHole(holes: Holes): string {
  return hole(holes, 'output', msg('{0} stands for the output of a command.', '{{output}}'));
}

/** A command as it grows. */
export interface CommandDraft {
  readonly words: ShellWord[];
  input: readonly BodyPiece[] | null;
  readonly leftOut: string[];
}

export function emptyCommand(): CommandDraft {
  return { words: [], input: null, leftOut: [] };
}

/** The name of an environment variable at the start of a text, or ''. */
export function variableName(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
