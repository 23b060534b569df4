import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import { addressTarget } from '../../profiles/target.ts';
import type { Profile } from '../../profiles/profile.ts';
import { directiveOf, type CbRequest, type Span } from '../document.ts';
import type { SectionView } from './sectionView.ts';

/** A request's target as far as it is known. */
export interface KnownTarget {
  /** Stands for the real one where a part is known only when sending. */
  readonly text: string;
  /** The function it addresses, by name or by `@function`; null where it is a URL. */
  readonly functionName: string | null;
}

/** Checks where a request goes; undefined where that cannot be told before sending. */
export function checkTarget(
  view: SectionView,
  request: CbRequest,
  profile: Profile | undefined,
): KnownTarget | undefined {
  const target = knownTarget(view, request);
  if (target === undefined) return undefined;
  if (target.functionName !== null) {
    const span = functionSpan(request, target.functionName);
    if (span !== undefined) checkFunction(view, target.functionName, span, profile);
  }
  if (profile !== undefined) checkAddress(view, request, target, profile);
  return target;
}

/** Reports a function that the workspace does not have, or that answers no HTTP. */
export function checkFunction(
  view: SectionView,
  name: string,
  span: Span,
  profile: Profile | undefined,
): void {
  const { functions } = view.scope.context;
  const known = functions.find((one) => one.name === name);
  if (known?.kind === 'event') {
    view.report(
      'event-function',
      'warning',
      msg(
        '"{0}" is an event function: it takes no HTTP requests. An HTTP function has "type": "HTTP".',
        name,
      ),
      span,
      { name },
    );
  }
  const isMapped = profile !== undefined && Object.hasOwn(profile.functions, name);
  if (known !== undefined || functions.length === 0 || isMapped) return;
  view.report('unknown-function', 'warning', msg('The workspace has no function "{0}".', name), span, {
    name,
  });
}

/** A part that is known only when sending does no harm to what is checked here if it stands after the host. */
function knownTarget(view: SectionView, request: CbRequest): KnownTarget | undefined {
  const replaced = view.replace(request.target, request.targetSpan.start);
  if (replaced === null) return undefined;
  const firstHole = replaced.holes[0];
  const { text } = replaced;
  if (
    firstHole !== undefined &&
    !/^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]+)?[/?#]/i.test(text.slice(0, firstHole.start))
  )
    return undefined;
  const name = /^fn:\/\/([^/?#\s]+)/i.exec(text)?.[1];
  if (name !== undefined) return { text, functionName: name };
  if (!text.startsWith('/')) return { text, functionName: null };
  const directed = view.directive(request, 'function');
  const functionName = directed === undefined ? view.scope.fileFunction : (directed.value ?? undefined);
  if (directed !== undefined && functionName === undefined) return undefined;
  if (functionName) return { text, functionName };
  if (hasHost(request)) return { text, functionName: null };
  const host = view.lookUp('host', request.targetSpan.start); // see `resolveTarget`
  if (host.kind === 'unknown') return { text, functionName: null };
  return host.value === null ? undefined : { text: host.value + text, functionName: null };
}

function hasHost({ headers }: CbRequest): boolean {
  return headers.some(({ name, value }) => name.toLowerCase() === 'host' && value !== '');
}

/** Where the name is written in the request; undefined where it holds for the whole file. */
function functionSpan(request: CbRequest, name: string): Span | undefined {
  const { targetSpan, target } = request;
  const directive = directiveOf(request, 'function');
  if (/^fn:\/\//i.test(target)) {
    const start = targetSpan.start + 'fn://'.length;
    return target.startsWith(name, 'fn://'.length) ? { start, end: start + name.length } : targetSpan;
  }
  if (target.startsWith('/')) return directive?.valueSpan;
  return targetSpan;
}

function checkAddress(
  view: SectionView,
  request: CbRequest,
  { text, functionName }: KnownTarget,
  profile: Profile,
): void {
  const host = request.headers.find(({ name }) => name.toLowerCase() === 'host');
  const hostText = host && view.replace(host.value, host.valueSpan.start);
  if (hostText === null || (hostText !== undefined && hostText.holes.length > 0)) return;
  const route = view.directive(request, 'route');
  if (route?.value === null) return;
  try {
    addressTarget(text, {
      ...view.scope.context.addresses,
      profile,
      route: route?.value,
      functionName: functionName ?? undefined,
      host: hostText?.text,
    });
  } catch (error) {
    if (!(error instanceof CbError)) throw error;
    if (error.code === 'invalid-url') {
      view.report('invalid-url', 'error', error.display, request.targetSpan);
    } else if (error.code === 'no-url' || error.code === 'credential-refused') {
      // A path alone leads nowhere; a function's address may still come with the settings.
      const severity = functionName === null ? 'error' : 'warning';
      view.report('no-address', severity, error.display, request.targetSpan, { profile: profile.name });
    }
    // A wrong route is the directive's problem, what is not built yet none of the text's.
  }
}
