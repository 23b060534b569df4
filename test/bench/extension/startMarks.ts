/** How an extension started, by VS Code's own marks, which are whole ms of the system's clock. */
export interface ExtensionStart {
  /** Loading its module, and the call of `activate` to its end. */
  readonly loadMs: number;
  readonly activateMs: number;
  /** The end of it, in ms of the system's clock. */
  readonly activatedAtMs: number;
}

interface Marks {
  getMarks(): readonly { readonly name: string; readonly startTime: number }[];
}

/** Undefined as long as the extension has not started. */
export function extensionStart(extensionId: string): ExtensionStart | undefined {
  const { MonacoPerformanceMarks: marks } = globalThis as unknown as {
    readonly MonacoPerformanceMarks?: Marks;
  };
  const at = (what: string): number =>
    marks?.getMarks().find(({ name }) => name === `code/extHost/${what}/${extensionId}`)?.startTime ?? NaN;
  const activatedAtMs = at('didActivateExtension');
  if (Number.isNaN(activatedAtMs)) return undefined;
  return {
    loadMs: at('didLoadExtensionCode') - at('willLoadExtensionCode'),
    activateMs: activatedAtMs - at('willActivateExtension'),
    activatedAtMs,
  };
}
