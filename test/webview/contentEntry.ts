// What the tests put into their page: the panel and its parts as they are, with words that are their own names.
import type { PanelAnswer } from '../../src/protocol/answers.ts';
import type { FromWebview, Row, ToWebview } from '../../src/protocol/messages.ts';
import type { PanelQuery } from '../../src/protocol/queries.ts';
import type { ComparisonStrings } from '../../src/protocol/strings/comparisonStrings.ts';
import type { PanelStrings } from '../../src/protocol/strings/panelStrings.ts';
import { HexView } from '../../src/webview/content/hexView.ts';
import { HtmlView } from '../../src/webview/content/htmlPreview.ts';
import { ImageView } from '../../src/webview/content/imageView.ts';
import { JsonTreeView } from '../../src/webview/content/jsonTreeView.ts';
import { loadMarkdown } from '../../src/webview/content/lazyScript.ts';
import { MarkdownView } from '../../src/webview/content/markdownView.ts';
import { PlainText } from '../../src/webview/content/plainText.ts';
import { showXml } from '../../src/webview/content/xmlView.ts';
import { page } from '../../src/webview/page.ts';
import { PanelClient } from '../../src/webview/panelClient.ts';
import { UNTOUCHED } from '../../src/webview/savedState.ts';
import { initialState } from '../../src/webview/state.ts';
import type { ComparisonAnswer, EventPair, ToComparison } from '../../src/protocol/comparison.ts';
import { openComparison } from './compareEntry.ts';

const strings = {
  bodyLabel: 'Response body',
  textLabel: 'Text',
  markdownShortened: 'The rest is plain.',
  htmlSource: 'Source',
  htmlPreview: 'Preview',
  htmlPreviewNote: 'Nothing runs.',
  htmlTooLong: 'Too long.',
  firstBytes: 'First {0} of {1}.',
  imageSize: '{0} x {1}, {2}',
  imageBroken: 'Broken.',
  imageFullSize: 'Full size',
  jsonSearch: 'Search',
  jsonMatch: '{0} of {1}',
  jsonNoMatch: 'Nothing',
  jsonPrevious: 'Previous',
  jsonNext: 'Next',
  jsonCopyValue: 'Copy value',
  jsonCopyPath: 'Copy path',
};

const parts = {
  strings,
  HexView,
  HtmlView,
  ImageView,
  PlainText,
  loadMarkdown,
  showXml,
  markdownView,
  jsonView,
  openPanel,
  compare,
  pause,
};

declare global {
  interface Window {
    parts: typeof parts;
    /** Set by whatever a hostile text manages to run. */
    pwned?: unknown;
    /** What the page's user did: links followed, texts copied. */
    log: string[];
    /** What the panel posted to its host. */
    posted: FromWebview[];
  }
}

window.parts = parts;
window.log = [];
window.posted = [];

/** A Markdown view in the page; links go to the log. */
function markdownView(): MarkdownView {
  return put(new MarkdownView({ strings, load: loadMarkdown, onLink: (url) => window.log.push(url) }));
}

/** A JSON tree in the page; what is copied goes to the log. */
function jsonView(): JsonTreeView {
  const log = (text: string): number => window.log.push(text);
  return put(new JsonTreeView('json', strings, { onCopyValue: log, onCopyPath: log }));
}

/**
 * The whole panel in the page. Its host answers from these rows, and other questions with the answer of their kind; what
 * else it says is handed to the function returned.
 */
function openPanel(rows: readonly Row[], answers: readonly PanelAnswer[]): (message: ToWebview) => void {
  const answerTo = (query: PanelQuery): PanelAnswer | undefined => {
    if (query.kind === 'logs') {
      return answers.find(
        (one) => one.kind === 'logs' && one.listId === query.listId && one.view === query.view,
      );
    }
    if (query.kind !== 'rows') return answers.find(({ kind }) => kind === query.kind);
    const { kind, filterId, from, count } = query;
    return { kind, filterId, from, rows: rows.slice(from, from + count) };
  };
  const post = (message: FromWebview): void => {
    window.posted.push(message);
    if (message.type !== 'get') return;
    const { requestId, runId, query } = message;
    const answer = answerTo(query);
    setTimeout(() =>
      client.receive(
        answer === undefined ? { type: 'failed', requestId } : { type: 'answer', requestId, runId, answer },
      ),
    );
  };
  const draw = (): void => void requestAnimationFrame(() => view.update(client.state, performance.now()));
  const client = new PanelClient(initialState(UNTOUCHED), {
    post,
    now: () => performance.now(),
    after: (ms, callback) => void setTimeout(callback, ms),
    onChange: draw,
  });
  const view = page({ strings: namedWords(), client, post, redraw: draw });
  document.getElementById('app')?.replaceChildren(view.element);
  return (message) => client.receive(message);
}

/** The page of a comparison; see `openComparison`. */
function compare(
  pairs: readonly EventPair[],
  answers: readonly ComparisonAnswer[],
): (message: ToComparison) => void {
  const plain = grouped('tabs phases reasons timings states timeline');
  return openComparison(pairs, plain as ComparisonStrings, answers);
}

/** Words that are their own names, also in these groups. */
function grouped(names: string): object {
  const named = (groups: Readonly<Record<string, object>>): object =>
    new Proxy(groups, { get: (_, name) => groups[String(name)] ?? String(name) });
  return named(Object.fromEntries(names.split(' ').map((name) => [name, named({})])));
}

/** Words that are their own names: `strings.problems.tones.good` is `good`. */
function namedWords(): PanelStrings {
  const named = (groups: Readonly<Record<string, object>>): object =>
    new Proxy(groups, { get: (_, name) => groups[String(name)] ?? String(name) });
  const plain = named({});
  const names = 'tabs reasons text body headers record content timeline chunks'.split(' ');
  const groups = Object.fromEntries(names.map((name) => [name, plain]));
  const logs = named({ ranges: plain });
  return named({ ...groups, logs, problems: named({ tones: plain, severities: plain }) }) as PanelStrings;
}

function put<V extends { readonly element: HTMLElement }>(view: V): V {
  document.getElementById('app')?.replaceChildren(view.element);
  return view;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
