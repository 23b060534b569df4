import type { LocalFunctions } from './localFunctions.ts';

/** What is run on this machine, by the function's folder. */
export type FunctionStates = Pick<LocalFunctions, 'onDidChange' | 'state'>;
