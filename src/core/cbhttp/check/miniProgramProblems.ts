import { msg } from '../../message.ts';
import { parseDuration } from '../directives.ts';
import { directiveOf, type CbRequest, type Problem } from '../document.ts';

/** From here on the vendor's document does not allow a timeout, in ms. Source: facts sheet, section 3. */
const TIMEOUT_LIMIT_MS = 1500;

/**
 * What `wx.cloud.callHTTPFunction` would not take of a request, as hints: for a request to a function, and where
 * mini-program code is generated from it. Spans count as the request's do.
 */
export function miniProgramProblems(request: CbRequest): Problem[] {
  const problems: Problem[] = [];
  if (request.method === 'PATCH') {
    problems.push({
      code: 'mini-program-method',
      severity: 'hint',
      message: msg('A mini program cannot call this: wx.cloud.callHTTPFunction has no PATCH.'),
      span: request.methodSpan ?? request.requestLineSpan,
    });
  }
  const timeout = directiveOf(request, 'timeout');
  if (timeout !== undefined && (parseDuration(timeout.value) ?? 0) >= TIMEOUT_LIMIT_MS) {
    problems.push({
      code: 'mini-program-timeout',
      severity: 'hint',
      message: msg('In a mini program, the timeout of wx.cloud.callHTTPFunction should be below 1500 ms.'),
      span: timeout.valueSpan,
    });
  }
  return problems;
}
