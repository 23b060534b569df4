import { msg, type Message } from '../../message.ts';
import type { Profile } from '../../profiles/profile.ts';
import { parseDuration } from '../directives.ts';
import { directiveOf, type CbRequest, type Directive } from '../document.ts';
import type { SectionView } from './sectionView.ts';
import { checkFunction, type KnownTarget } from './targetProblems.ts';

/** Directives of which each one counts, not the last alone. */
const REPEATABLE = new Set(['prompt', 'ref', 'force-ref', 'expect', 'note']);

/** Checks what a request's directives name, and reports those that can have no effect. */
export function checkDirectives(
  view: SectionView,
  request: CbRequest,
  target: KnownTarget | undefined,
  profile: Profile | undefined,
): void {
  if (request.directives.length === 0) return;
  checkProfile(view, request);
  checkName(view, request);
  checkReferences(view, request);
  checkRepeated(view, request);
  checkLimits(view, request);
  if (target !== undefined && profile !== undefined) checkAddressing(view, request, target, profile);
  const streams = view.directive(request, 'stream');
  for (const word of ['data-type', 'response-type']) {
    const found = view.directive(request, word);
    if (found !== undefined && streams?.value === 'on')
      unreached(view, found.directive, msg('@{0} counts only without a stream.', word));
  }
}

/** Checks the directives of a section without a request. */
export function checkLooseDirectives(view: SectionView): void {
  for (const { word, value, valueSpan } of view.section.looseDirectives) {
    if (word === 'function' && value !== '')
      checkFunction(view, value, valueSpan, view.scope.context.profiles.active);
  }
}

function checkProfile(view: SectionView, request: CbRequest): void {
  const named = directiveOf(request, 'profile');
  if (!named?.value) return;
  const { profiles } = view.scope.context.profiles;
  if (profiles.some(({ name }) => name === named.value)) return;
  const known = profiles.map(({ name }) => name).join(', ');
  view.report(
    'unknown-profile',
    'error',
    msg('There is no profile "{0}". Known profiles: {1}.', named.value, known),
    named.valueSpan,
    { name: named.value },
  );
}

function checkName(view: SectionView, { directives }: CbRequest): void {
  for (const { word, value, valueSpan } of directives) {
    if (word !== 'name' || !/[\s.[\]{}$]/.test(value)) continue;
    view.report(
      'directive-value',
      'warning',
      msg('Variables cannot use a name with blanks, dots, braces, brackets or "$".'),
      valueSpan,
    );
  }
}

function checkReferences(view: SectionView, { directives }: CbRequest): void {
  for (const { word, value, valueSpan } of directives) {
    if ((word !== 'ref' && word !== 'force-ref') || value === '' || view.isRequestName(value)) continue;
    view.report('unknown-request', 'warning', msg('No request is named "{0}".', value), valueSpan, {
      name: value,
    });
  }
}

function checkRepeated(view: SectionView, { directives }: CbRequest): void {
  if (directives.length < 2) return;
  const seen = new Set<string>();
  for (const directive of [...directives].reverse()) {
    const { word } = directive;
    if (seen.has(word) && !REPEATABLE.has(word))
      unreached(view, directive, msg('Only the last @{0} of a request counts.', word));
    seen.add(word);
  }
}

function checkLimits(view: SectionView, request: CbRequest): void {
  const whole = duration(view, request, 'timeout');
  if (whole === undefined) return;
  for (const word of ['connect-timeout', 'idle-timeout']) {
    const part = duration(view, request, word);
    if (part === undefined || part.ms < whole.ms) continue;
    unreached(view, part.directive, msg('Never reached: @timeout ends the request first.'));
  }
}

/** A limit of more than nothing; 0 means none. */
function duration(
  view: SectionView,
  request: CbRequest,
  word: string,
): { ms: number; directive: Directive } | undefined {
  const found = view.directive(request, word);
  const ms = parseDuration(found?.value ?? '');
  return found === undefined || !ms ? undefined : { ms, directive: found.directive };
}

function checkAddressing(
  view: SectionView,
  request: CbRequest,
  { text, functionName }: KnownTarget,
  profile: Profile,
): void {
  const route = view.directive(request, 'route');
  const qualifier = view.directive(request, 'qualifier');
  const named = view.directive(request, 'function');
  if (functionName === null) {
    for (const found of [route, qualifier])
      if (found !== undefined)
        unreached(
          view,
          found.directive,
          msg('@{0} counts only where a function is addressed by its name.', found.directive.word),
        );
  } else if (qualifier !== undefined && (route?.value ?? profile.route) !== 'gateway') {
    unreached(view, qualifier.directive, msg('Versions can be chosen only on the route "gateway".'));
  }
  if (named !== undefined && !text.startsWith('/'))
    unreached(view, named.directive, msg('@function counts only where the target is a path.'));
}

function unreached(view: SectionView, directive: Directive, message: Message): void {
  view.report('unreached-directive', 'information', message, directive.span, { word: directive.word });
}
