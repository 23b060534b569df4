/** `type/subtype` of a Content-Type's value, in lower case; '' for none. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** True for a media type whose body is one JSON value (RFC 6839, 3.1). */
export function isJsonType(mediaType: string): boolean {
  return /^(?:application|text)\/json$|^[\w.-]+\/[\w.+-]+\+json$/.test(mediaType);
}

/** True for a media type that the service counts as text; a body without a type counts as text too. */
export function isTextType(mediaType: string): boolean {
  return (
    mediaType === '' ||
    mediaType.startsWith('text/') ||
    isJsonType(mediaType) ||
    /[/+]xml$|^application\/(?:x-www-form-urlencoded|javascript|graphql|x-ndjson|yaml)$/.test(mediaType)
  );
}

/** The media type a body without one most likely has. */
export function guessMediaType(body: string): string {
  const text = body.trim();
  if (/^[{[]/.test(text)) return 'application/json';
  if (/^<(?:!doctype html|html)\b/i.test(text)) return 'text/html';
  if (/^<[?!\w]/.test(text)) return 'application/xml';
  const lines = text.split('\n');
  const isForm = lines.every((line) =>
    /^[ \t]*&?[\w.~%[\]{}$-]+=[^\s&]*(?:&[\w.~%[\]{}$-]+=[^\s&]*)*[ \t]*$/.test(line),
  );
  return isForm ? 'application/x-www-form-urlencoded' : 'text/plain';
}
