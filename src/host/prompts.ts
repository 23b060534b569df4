import * as vscode from 'vscode';
import type { Question, SendPorts } from '../core/cbhttp/variables/sendPorts.ts';
import { failed } from '../core/failures/failed.ts';
import { untilAborted } from './cancelling.ts';

/** Under this key the workspace's memory holds the last answer to each question, the newest at the end. */
const ANSWERS_KEY = 'cbhttp.answers';
const MAX_ANSWERS = 200;

/** Asks `$prompt`, `$password` and `@prompt`. Each begins with its last answer; hidden answers are not kept. */
export function createPrompts(memory: vscode.Memento): SendPorts['ask'] {
  return async (question, { signal }) => {
    const { name, label, isHidden, initial } = question;
    const known = readAnswers(memory).find(([asked]) => asked === name)?.[1];
    const options: vscode.InputBoxOptions = {
      title: label,
      prompt: vscode.l10n.t('For the request that is being sent. Escape cancels it.'),
      value: isHidden ? '' : (known ?? initial),
      password: isHidden,
      ignoreFocusOut: true,
    };
    const answer = await untilAborted(signal, (token) => vscode.window.showInputBox(options, token));
    signal.throwIfAborted();
    if (answer === undefined) throw failed('cancelled', []);
    if (!isHidden) await keepAnswer(memory, question, answer);
    return answer;
  };
}

async function keepAnswer(memory: vscode.Memento, { name }: Question, answer: string): Promise<void> {
  const others = readAnswers(memory).filter(([asked]) => asked !== name);
  await memory.update(ANSWERS_KEY, [...others, [name, answer]].slice(-MAX_ANSWERS));
}

function readAnswers(memory: vscode.Memento): (readonly [name: string, answer: string])[] {
  return memory.get(ANSWERS_KEY, []);
}
