import { createContext, Script } from 'node:vm';

/** Thrown where something took longer than its limit. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * Makes a function that runs another one and stops it after `limitMs`, also within a regular expression, which
 * nothing else can interrupt. It throws {@link TimeLimitError} then, else what the other one throws.
 */
export function createTimeLimit(limitMs: number): <Result>(run: () => Result) => Result {
  const context = createContext({});
  const script = new Script('run()');
  return (run) => {
    context['run'] = run;
    try {
      return script.runInContext(context, { timeout: limitMs }) as ReturnType<typeof run>;
    } catch (error) {
      // Made in that context, so an instance of another Error.
      const isTimeout = (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      throw isTimeout ? new TimeLimitError(`Stopped after ${limitMs} ms.`) : error;
    } finally {
      context['run'] = undefined;
    }
  };
}
