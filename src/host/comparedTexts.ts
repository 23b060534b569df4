import * as vscode from 'vscode';
import { prettyJson } from '../core/stream/prettyJson.ts';
import { channelPieces } from '../core/stream/streamExport.ts';
import type { DiffReference, Side } from '../protocol/comparison.ts';
import { bodyText } from './bodyText.ts';
import { contentChannels } from './comparedContent.ts';
import type { Comparison } from './comparison.ts';
import { DisposableStore } from './disposableStore.ts';
import { inSlices, joinText } from './inSlices.ts';
import type { Run } from './run.ts';

const SCHEME = 'cbhttp-compare';
/** UTF-16 units up to which VS Code's diff editor compares texts. */
const MAX_LENGTH = 50 * 1024 * 1024;

/** Read-only texts of comparisons for VS Code's diff editor; each is kept while it is open. */
export class ComparedTexts implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
    );
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#texts.delete(uri.toString())),
    );
  }

  /** Opens both sides of something in the diff editor. */
  async open(comparison: Comparison, content: DiffReference): Promise<void> {
    const [left, right] = await Promise.all([
      textOf(comparison, 'left', content),
      textOf(comparison, 'right', content),
    ]);
    if (left === null || right === null) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'This is too large for an editor: {0} MB is the most that is opened.',
          MAX_LENGTH / 1024 / 1024,
        ),
      );
      return;
    }
    this.#count++;
    const extension = extensionOf(left, right);
    const uris = [this.#keep('A', extension, left), this.#keep('B', extension, right)];
    const title = vscode.l10n.t('{0}: A ↔ B', titleOf(comparison, content));
    await vscode.commands.executeCommand('vscode.diff', ...uris, title, { preview: true });
  }

  dispose(): void {
    this.#store.dispose();
    this.#texts.clear();
  }

  #keep(name: string, extension: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.#count}/${name}.${extension}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}

function titleOf({ left }: Comparison, content: DiffReference): string {
  switch (content.kind) {
    case 'body':
      return vscode.l10n.t('Body of {0}', left.label);
    case 'text':
      return vscode.l10n.t('Text of {0}', left.label);
    case 'event':
      return vscode.l10n.t('Event of {0}', left.label);
  }
}

/** Decoded, JSON laid out; null for one that is too long. */
async function textOf(comparison: Comparison, side: Side, content: DiffReference): Promise<string | null> {
  const run = comparison[side];
  if (content.kind === 'event') {
    const pair = comparison.pair(content.alignmentId, content.pair);
    const data = (side === 'left' ? pair?.leftData : pair?.rightData) ?? '';
    return prettyJson(data) ?? data;
  }
  const text = await joinText(content.kind === 'text' ? textPieces(run) : bodyText(run), MAX_LENGTH);
  if (text === null || content.kind === 'text') return text;
  return run.stream === undefined ? (prettyJson(text) ?? text) : laidOutEvents(run);
}

function* textPieces(run: Run): Generator<string> {
  for (const channel of contentChannels(run)) yield* channelPieces(channel);
}

/** A stream as its events say it: ids and comments as they came, JSON laid out. */
async function laidOutEvents(run: Run): Promise<string | null> {
  const store = run.stream?.store;
  if (store === undefined) return '';
  function* pieces(of: NonNullable<typeof store>): Generator<string> {
    for (let row = 0; row < of.length; row++) {
      const stored = of.get(row);
      if (stored?.record.kind !== 'event') continue;
      const { type, id, data } = stored.record;
      const head = `${type === 'message' ? '' : `event: ${type}\n`}${id === '' ? '' : `id: ${id}\n`}`;
      yield `${head}${prettyJson(data) ?? data}\n\n`;
    }
  }
  let text = '';
  for await (const piece of inSlices(pieces(store))) {
    if (text.length + piece.length > MAX_LENGTH) return null;
    text += piece;
  }
  return text;
}

function extensionOf(left: string, right: string): string {
  const isAll = (pattern: RegExp): boolean =>
    [left, right].every((text) => pattern.test(text) || text === '') && left !== right;
  if (isAll(/^\s*[[{]/)) return 'json';
  return isAll(/^\s*<(?:!doctype html|html)/i) ? 'html' : 'txt';
}
