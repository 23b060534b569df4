import * as vscode from 'vscode';

/** What a step of a guided input came to: an answer, the wish for the step before, or the end of it all. */
export type StepAnswer<T> = T | typeof BACK | undefined;

/** The user wants the step before. */
export const BACK = Symbol('back');

/** What every step shows. */
export interface StepFrame {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/**
 * Asks one thing after another; Back asks the former again. A step that has nothing to ask answers true at once and is
 * passed over in both directions. @returns false where the user gave up
 */
export async function runSteps(
  steps: readonly ((position: {
    readonly step: number;
    readonly totalSteps: number;
  }) => Promise<StepAnswer<'asked' | 'passed'>>)[],
): Promise<boolean> {
  const asked: number[] = [];
  for (let index = 0; index < steps.length;) {
    const answer = await steps[index]?.({ step: asked.length + 1, totalSteps: steps.length });
    if (answer === undefined) return false;
    if (answer === BACK) {
      index = asked.pop() ?? 0;
      continue;
    }
    if (answer === 'asked') asked.push(index);
    index += 1;
  }
  return true;
}

/** Makes the steps of a guided input: each asks, unless there is nothing to ask, and takes the answer. */
export function stepsOf(title: string) {
  return <T>(
      isAsked: () => boolean | Promise<boolean>,
      question: (frame: StepFrame) => Promise<StepAnswer<T>>,
      take: (answer: T) => void,
    ) =>
    async (position: Omit<StepFrame, 'title'>): Promise<StepAnswer<'asked' | 'passed'>> => {
      if (!(await isAsked())) return 'passed';
      const answer = await question({ title, ...position });
      if (answer === undefined) return undefined;
      if (answer === BACK) return BACK;
      take(answer);
      return 'asked';
    };
}

/** One of several; undefined where the user gives up. */
export function pickStep<T extends vscode.QuickPickItem>(
  frame: StepFrame,
  items: readonly T[],
  { placeholder, active }: { readonly placeholder: string; readonly active?: (item: T) => boolean },
): Promise<StepAnswer<T>> {
  const picker = vscode.window.createQuickPick<T>();
  Object.assign(picker, frame, { placeholder, ignoreFocusOut: true, matchOnDescription: true });
  if (frame.step > 1) picker.buttons = [vscode.QuickInputButtons.Back];
  picker.items = items;
  const first = items.find((item) => active?.(item) === true);
  if (first !== undefined) picker.activeItems = [first];
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [picked] = picker.selectedItems;
      if (picked !== undefined) finish(picked);
    });
    picker.onDidTriggerButton(() => finish(BACK));
    picker.onDidHide(() => finish(undefined));
    const finish = (answer: StepAnswer<T>): void => {
      resolve(answer); // the first answer counts: hiding comes after it
      picker.dispose();
    };
    picker.show();
  });
}

/** A text, as checked by `validate`: an answer is what is wrong with it. */
export function inputStep(
  frame: StepFrame,
  options: {
    readonly prompt: string;
    readonly value: string;
    readonly placeholder?: string;
    readonly validate: (text: string) => string | undefined;
  },
): Promise<StepAnswer<string>> {
  const input = vscode.window.createInputBox();
  const { prompt, value, placeholder = '', validate } = options;
  Object.assign(input, frame, { prompt, value, placeholder, ignoreFocusOut: true });
  if (frame.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  const check = (text: string): string | undefined => {
    input.validationMessage = validate(text.trim());
    return input.validationMessage;
  };
  return new Promise((resolve) => {
    const finish = (answer: StepAnswer<string>): void => {
      resolve(answer);
      input.dispose();
    };
    input.onDidChangeValue(check);
    input.onDidAccept(() => {
      if (check(input.value) === undefined) finish(input.value.trim());
    });
    input.onDidTriggerButton(() => finish(BACK));
    input.onDidHide(() => finish(undefined));
    input.show();
  });
}
