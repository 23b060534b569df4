/** Ends a `switch` over a union: a compile error if a member is missing, a throw if one comes all the same. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected: ${JSON.stringify(value)}`);
}
