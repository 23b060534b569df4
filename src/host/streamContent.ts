import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import { prettyJson } from '../core/stream/prettyJson.ts';
import { exportJsonLines, exportMarkdown, type ExportedStream } from '../core/stream/streamExport.ts';
import type { ContentReference } from '../protocol/messages.ts';
import { decodeBody } from './bodyText.ts';
import { judgementsOn } from './problems.ts';
import type { Run } from './run.ts';
import { translate } from './translate.ts';

/** Bytes read at once when a body is written to a file. */
const STEP_BYTES = 1024 * 1024;
/** What the clipboard and an untitled document can take, in UTF-16 units. */
const MAX_LENGTH = 50_000_000;

/** A text of a run and VS Code's language for it; undefined where there is none, `too large` to be one string. */
function contentText(
  run: Run,
  content: ContentReference,
): { readonly text: string; readonly language: string } | 'too large' | undefined {
  switch (content.kind) {
    case 'record': {
      const store = run.stream?.store;
      return store === undefined || content.row >= store.length ? undefined : sized(store.text(content.row));
    }
    case 'text': {
      const channel = run.stream?.analysis.assembly.channels.find(({ key }) => key === content.channel);
      if (channel === undefined) return undefined;
      if (channel.length > MAX_LENGTH) return 'too large';
      const text = channel.slice(0);
      return { text, language: channel.kind === 'tool' ? languageOf(text) : 'markdown' };
    }
    case 'body':
      if (run.byteLength > MAX_LENGTH) return 'too large';
      return sized(decodeBody(run.bytes(0, run.byteLength), run.contentType));
    case 'stream': {
      const exported = exportedStream(run);
      if (exported === undefined) return undefined;
      if (run.byteLength > MAX_LENGTH / 4) return 'too large';
      return { text: [...exportJsonLines(exported, translate)].join(''), language: 'jsonl' };
    }
  }
}

/** Puts a text of a run on the clipboard. */
export async function copyContent(run: Run, content: ContentReference): Promise<void> {
  const found = contentText(run, content);
  if (found === 'too large') sayTooLarge();
  else if (found !== undefined) await vscode.env.clipboard.writeText(found.text);
}

/** Opens a text of a run in an editor beside the panel, JSON laid out. */
export async function openContent(run: Run, content: ContentReference): Promise<void> {
  const found = contentText(run, content);
  if (found === 'too large') {
    sayTooLarge();
    return;
  }
  if (found === undefined) return;
  const languages = await vscode.languages.getLanguages();
  const language = languages.includes(found.language) ? found.language : 'plaintext';
  const text = language === 'json' ? (prettyJson(found.text) ?? found.text) : found.text;
  const document = await vscode.workspace.openTextDocument({ content: text, language });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** Asks in which form and where, and saves what a run has received so far. */
export async function saveContent(run: Run): Promise<void> {
  const exported = exportedStream(run);
  const raw = { label: vscode.l10n.t('Raw bytes, as received'), extension: extensionOf(run) };
  const forms = [
    raw,
    { label: vscode.l10n.t('JSON Lines, with times'), extension: 'jsonl' },
    { label: vscode.l10n.t('Markdown transcript'), extension: 'md' },
  ];
  const picked =
    exported === undefined
      ? raw
      : await vscode.window.showQuickPick(forms, { placeHolder: vscode.l10n.t('Save the stream as') });
  if (picked === undefined) return;
  const name = `${run.label.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'response'}.${picked.extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    title: picked.label,
  });
  if (target === undefined) return;
  const pieces =
    picked === raw || exported === undefined
      ? rawPieces(run)
      : picked.extension === 'md'
        ? exportMarkdown(exported, translate)
        : exportJsonLines(exported, translate);
  try {
    await write(target, pieces);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be saved: {1}', target.path, reason));
    return;
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path.posix.basename(target.path)), 3000);
}

/** In pieces, as large a file as it may be, where the file system is the host's own. */
async function write(target: vscode.Uri, pieces: Iterable<string | Uint8Array>): Promise<void> {
  if (target.scheme === 'file') {
    await pipeline(Readable.from(pieces, { objectMode: true }), createWriteStream(target.fsPath));
    return;
  }
  const encoder = new TextEncoder();
  const parts = [...pieces].map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  await vscode.workspace.fs.writeFile(target, Buffer.concat(parts));
}

function* rawPieces(run: Run): Generator<Uint8Array> {
  const { byteLength } = run;
  for (let from = 0; from < byteLength; from += STEP_BYTES) {
    yield run.bytes(from, Math.min(byteLength, from + STEP_BYTES)).slice();
  }
}

function exportedStream(run: Run): ExportedStream | undefined {
  const { prepared, response, stream, ended } = run;
  if (prepared === undefined || response === undefined || stream === undefined) return undefined;
  return {
    request: prepared,
    label: run.label,
    response: response.received,
    responseAtMs: response.atMs,
    store: stream.store,
    end: ended ?? null,
    channels: stream.analysis.assembly.channels,
    verdicts: judgementsOn(run),
  };
}

/** A file name's extension after the media type. */
function extensionOf({ contentType, stream }: Run): string {
  if (stream !== undefined) return 'txt';
  const subtype = /^\s*[\w.-]+\/(?:[\w.-]+\+)?([\w-]+)/.exec(contentType)?.[1]?.toLowerCase() ?? 'bin';
  const known = new Map([['plain', 'txt'], ['javascript', 'js'], ['markdown', 'md'], ['octet-stream', 'bin'], ['jpeg', 'jpg']]); // prettier-ignore
  return known.get(subtype) ?? subtype;
}

function sized(text: string): { text: string; language: string } | 'too large' {
  return text.length > MAX_LENGTH ? 'too large' : { text, language: languageOf(text) };
}

function languageOf(text: string): string {
  if (/^\s*[[{]/.test(text)) return 'json';
  return /^\s*</.test(text) ? (/^\s*<(?:!doctype html|html)/i.test(text) ? 'html' : 'xml') : 'plaintext';
}

function sayTooLarge(): void {
  void vscode.window.showWarningMessage(vscode.l10n.t('This is too large for an editor or the clipboard: save it instead.')); // prettier-ignore
}
