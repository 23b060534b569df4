import { directiveOf, fileVariables, type CbDocument, type PlacedRequest } from '../document.ts';

/**
 * The function a request calls, or null: of its `fn://` target, also where one file variable holds that, or the
 * one that `@function` names for a path.
 * @param ofFile value of the `@function` that holds for the whole file, or null
 */
export function functionOf(
  document: CbDocument,
  { request, offset }: PlacedRequest,
  ofFile: string | null,
): string | null {
  const target = withFirstVariable(document, request.target, offset + request.targetSpan.start);
  const written = /^fn:\/\/([^/?#\s]+)/i.exec(target)?.[1];
  const name = written ?? (target.startsWith('/') ? nameForPath(request, ofFile) : null);
  return name === null || name === '' || name.includes('{{') ? null : name;
}

function nameForPath(request: PlacedRequest['request'], ofFile: string | null): string | null {
  return directiveOf(request, 'function')?.value ?? ofFile;
}

/** The target with the file variable at its start replaced, once. */
function withFirstVariable(document: CbDocument, target: string, at: number): string {
  const variable = /^\{\{\s*([^\s{}]+)\s*\}\}/.exec(target);
  if (variable?.[1] === undefined) return target;
  const definitions = fileVariables(document).get(variable[1]) ?? [];
  const definition =
    definitions.findLast((one) => one.offset + one.variable.span.start < at) ?? definitions[0];
  return definition === undefined ? target : definition.variable.value + target.slice(variable[0].length);
}
