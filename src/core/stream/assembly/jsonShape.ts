/** A JSON object of unknown fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as a JSON object; undefined for anything else, also for an array. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The value if it is a string, else an empty one. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
