import { isCbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { Profile } from '../../profiles/profile.ts';
import { decodeText } from '../body/decodeText.ts';
import { isGraphQl } from '../body/graphQlBody.ts';
import type { CbRequest, Span } from '../document.ts';
import { readBodyFile, readQueryFile } from '../lines.ts';
import { bodyLineStarts, bodyOffsets, firstBodyLine } from './bodyLines.ts';
import { findJsonProblem } from './jsonProblem.ts';
import { guessMediaType, isJsonType, isTextType, mediaTypeOf } from './mediaType.ts';
import type { SectionView } from './sectionView.ts';
import type { StaticText } from './staticText.ts';
import type { KnownTarget } from './targetProblems.ts';

/** What the service takes, in bytes. Source: facts sheet, section 7. */
const TEXT_LIMIT = 100 * 1024;
const OTHER_LIMIT = 6 * 1024 * 1024;

/** Checks a request's body against its method, its Content-Type and the service. */
export function checkBody(
  view: SectionView,
  request: CbRequest,
  target: KnownTarget | undefined,
  profile: Profile | undefined,
): void {
  if (request.body === null) return;
  checkMethod(view, request);
  const isFromFile = checkBodyFiles(view, request);
  if (isGraphQl(request)) return;
  const type = contentType(view, request, target, profile);
  if (type === undefined) {
    const guess = isFromFile ? '' : guessMediaType(request.body);
    view.report(
      'missing-content-type',
      'warning',
      msg('There is a body but no Content-Type: none is added.'),
      firstBodyLine(view.section, request),
      guess === '' ? {} : { mediaType: guess },
    );
  }
  const body = view.replace(request.body, request.bodySpan?.start ?? 0);
  const mediaType = mediaTypeOf(type ?? '');
  if (body === null || isFromFile || type === null) return;
  if (isJsonType(mediaType)) checkJson(view, request, body);
  if (profile !== undefined && isForService(target, profile)) checkSize(view, request, body.text, mediaType);
}

function checkMethod(view: SectionView, request: CbRequest): void {
  const method = ['SSE', 'EVENTSOURCE'].includes(request.method) ? 'GET' : request.method;
  if (method !== 'GET' && method !== 'HEAD') return;
  view.report(
    'body-with-get',
    'warning',
    msg('A {0} request with a body: many servers refuse the body or leave it out.', method),
    request.methodSpan ?? request.targetPieces[0] ?? request.requestLineSpan,
  );
}

/** True if a line of the body takes in a file. */
function checkBodyFiles(view: SectionView, request: CbRequest): boolean {
  const body = request.body ?? '';
  const mayHaveQuery = isGraphQl(request);
  if (!/^</m.test(body) && !mayHaveQuery) return false;
  const starts = bodyLineStarts(view.section, request);
  let isFromFile = false;
  for (const [index, line] of body.split('\n').entries()) {
    const bodyFile = readBodyFile(line);
    const file = bodyFile ?? (mayHaveQuery ? readQueryFile(line) : null);
    if (file === null) continue;
    isFromFile = true;
    if (bodyFile !== null) checkEncoding(view, bodyFile.encoding, (starts[index] ?? 0) + '<@'.length);
    const start = (starts[index] ?? 0) + line.lastIndexOf(file.path);
    checkFile(view, file.path, { start, end: start + file.path.length });
  }
  return isFromFile;
}

function checkEncoding(view: SectionView, encoding: string, start: number): void {
  try {
    decodeText(new Uint8Array(), encoding);
  } catch (error) {
    if (!isCbError(error)) throw error;
    view.report('unknown-encoding', 'warning', error.display, { start, end: start + encoding.length });
  }
}

function checkFile(view: SectionView, written: string, span: Span): void {
  const path = view.replace(written, span.start);
  if (path === null || path.holes.length > 0) return;
  const state = view.fileState(path.text);
  if (state === 'missing') {
    view.report('missing-file', 'warning', msg('There is no file "{0}".', path.text), span, {
      path: path.text,
    });
  } else if (state === 'outside') {
    view.report(
      'file-outside',
      'error',
      msg('"{0}" is outside the workspace: such files are not sent.', path.text),
      span,
    );
  }
}

/** The request's Content-Type, also one that the profile adds; undefined for none, null if not known now. */
function contentType(
  view: SectionView,
  request: CbRequest,
  target: KnownTarget | undefined,
  profile: Profile | undefined,
): string | null | undefined {
  const header = request.headers.find(({ name }) => name.toLowerCase() === 'content-type');
  if (header !== undefined) {
    const value = view.replace(header.value, header.valueSpan.start);
    return value === null || value.holes.length > 0 ? null : value.text;
  }
  if (profile === undefined) return null;
  const added = Object.entries(profile.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (added === undefined || target === undefined) return added === undefined ? undefined : null;
  return target.functionName === null ? undefined : added;
}

function checkJson(view: SectionView, request: CbRequest, body: StaticText): void {
  const problem = findJsonProblem(body);
  if (problem === null) return;
  const offsetInSection = bodyOffsets(view.section, request);
  const start = offsetInSection(problem.span.start);
  const end = Math.max(start + 1, offsetInSection(Math.max(0, problem.span.end - 1)) + 1);
  view.report('invalid-json', 'warning', problem.message, { start, end });
}

/** True for what goes through CloudBase: a function, unless it runs here, or the HTTP API's own URL. */
function isForService(target: KnownTarget | undefined, profile: Profile): boolean {
  if (target === undefined) return false;
  if (target.functionName !== null) return profile.route !== 'local';
  return /^https?:\/\/[^/]*\.(?:tcloudbasegateway\.com|app\.tcloudbase\.com|service\.tcloudbase\.com)(?:[/:?]|$)/i.test(
    target.text,
  );
}

function checkSize(view: SectionView, request: CbRequest, text: string, mediaType: string): void {
  const limit = isTextType(mediaType) ? TEXT_LIMIT : OTHER_LIMIT;
  if (text.length * 3 <= limit) return;
  const { length } = new TextEncoder().encode(text);
  if (length <= limit) return;
  view.report(
    'body-too-large',
    'warning',
    msg(
      'The body has {0} KB; the service takes {1} KB of this type.',
      Math.ceil(length / 1024),
      limit / 1024,
    ),
    firstBodyLine(view.section, request),
  );
}
