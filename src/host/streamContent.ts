import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import { exportHar } from '../core/history/har.ts';
import { prettyJson } from '../core/stream/prettyJson.ts';
import { recordPieces } from '../core/stream/recordPieces.ts';
import {
  channelPieces,
  exportJsonLines,
  exportMarkdown,
  type ExportedStream,
} from '../core/stream/streamExport.ts';
import type { ContentReference } from '../protocol/messages.ts';
import { bodyText } from './bodyText.ts';
import { extensionId } from './contributions.ts';
import { harExchange } from './harExchange.ts';
import { inBlocks, inSlices, joinBytes, joinText } from './inSlices.ts';
import { judgementsOn } from './problems.ts';
import type { Run } from './run.ts';
import { translate } from './translate.ts';

export { savePicture } from './savePicture.ts';

/** Bytes read at once when a body is written to a file. */
const STEP_BYTES = 256 * 1024;
const MB = 1024 * 1024;
/**
 * UTF-16 units that are put on the clipboard. VS Code takes a text whole and hands it on in one message: that last step
 * cannot be sliced, and takes some 0.3 s for so much.
 */
const CLIPBOARD_LENGTH = 64 * MB;
/** UTF-16 units up to which VS Code shows extensions a document. */
const EDITOR_LENGTH = 50 * MB;

/** A text of a run in pieces; undefined where there is none. */
function contentPieces(run: Run, content: ContentReference): Iterable<string> | undefined {
  switch (content.kind) {
    case 'record': {
      const store = run.stream?.store;
      return store === undefined || content.row >= store.length
        ? undefined
        : recordPieces(store, content.row);
    }
    case 'text': {
      const channel = run.stream?.analysis.assembly.channels.find(({ key }) => key === content.channel);
      return channel === undefined ? undefined : channelPieces(channel);
    }
    case 'body':
      return bodyText(run);
    case 'stream': {
      const exported = exportedStream(run);
      return exported === undefined ? undefined : exportJsonLines(exported, translate);
    }
  }
}

/** Puts a text of a run on the clipboard, or offers to save what it cannot take. */
export async function copyContent(run: Run, content: ContentReference): Promise<void> {
  const pieces = contentPieces(run, content);
  if (pieces === undefined) return;
  const text = await joinText(pieces, CLIPBOARD_LENGTH);
  if (text !== null) await vscode.env.clipboard.writeText(text);
  else await offerToSave(run, vscode.l10n.t('This is too large for the clipboard: {0} MB is the most that is copied.', CLIPBOARD_LENGTH / MB)); // prettier-ignore
}

/** Opens a text of a run in an editor beside the panel, JSON laid out. */
export async function openContent(run: Run, content: ContentReference): Promise<void> {
  const pieces = contentPieces(run, content);
  if (pieces === undefined) return;
  const text = await joinText(pieces, EDITOR_LENGTH);
  if (text === null) {
    await offerToSave(run, vscode.l10n.t('This is too large for an editor: {0} MB is the most that is opened.', EDITOR_LENGTH / MB)); // prettier-ignore
    return;
  }
  const found = languageOf(run, content, text);
  const languages = await vscode.languages.getLanguages();
  const language = languages.includes(found) ? found : 'plaintext';
  const shown = language === 'json' ? (prettyJson(text) ?? text) : text;
  const document = await vscode.workspace.openTextDocument({ content: shown, language });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function offerToSave(run: Run, words: string): Promise<void> {
  const save = vscode.l10n.t('Save…');
  if ((await vscode.window.showWarningMessage(words, save)) === save) await saveContent(run);
}

/** A form that a run can be saved in. */
interface SaveForm extends vscode.QuickPickItem {
  readonly extension: string;
  readonly pieces: () => Iterable<Uint8Array>;
}

/** Asks in which form and where, and saves what a run has received so far. */
export async function saveContent(run: Run): Promise<void> {
  const picked = await vscode.window.showQuickPick(saveForms(run), {
    placeHolder: vscode.l10n.t('Save the run as'),
  });
  if (picked === undefined) return;
  const name = `${run.label.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'response'}.${picked.extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    title: picked.label,
  });
  if (target === undefined) return;
  try {
    await write(target, picked.pieces());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be saved: {1}', target.path, reason));
    return;
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path.posix.basename(target.path)), 3000);
}

function saveForms(run: Run): SaveForm[] {
  const stream = exportedStream(run);
  const manifest = vscode.extensions.getExtension<unknown>(extensionId)?.packageJSON as { version: string };
  const har = harExchange(run, manifest.version);
  const forms: SaveForm[] = [
    {
      label: vscode.l10n.t('Raw bytes, as received'),
      extension: extensionOf(run),
      pieces: () => rawPieces(run),
    },
  ];
  if (stream !== undefined) {
    forms.push(
      {
        label: vscode.l10n.t('JSON Lines, with times'),
        extension: 'jsonl',
        pieces: () => utf8Pieces(exportJsonLines(stream, translate)),
      },
      {
        label: vscode.l10n.t('Markdown transcript'),
        extension: 'md',
        pieces: () => utf8Pieces(exportMarkdown(stream, translate)),
      },
    );
  }
  if (har !== undefined) {
    forms.push({
      label: vscode.l10n.t('HTTP Archive (HAR), without secrets'),
      extension: 'har',
      pieces: () => utf8Pieces(exportHar(har)),
    });
  }
  return forms;
}

/** As large a file as it may be where the file system is the host's own; any other takes a file in one go. */
async function write(target: vscode.Uri, pieces: Iterable<Uint8Array>): Promise<void> {
  if (target.scheme === 'file') await pipeline(inSlices(pieces), createWriteStream(target.fsPath));
  else await vscode.workspace.fs.writeFile(target, await joinBytes(pieces));
}

function* utf8Pieces(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const block of inBlocks(pieces)) yield encoder.encode(block);
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
    request: { ...prepared, secrets: run.secrets },
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

function languageOf(run: Run, content: ContentReference, text: string): string {
  if (content.kind === 'stream') return 'jsonl';
  const channels = run.stream?.analysis.assembly.channels ?? [];
  const isProse =
    content.kind === 'text' && channels.find(({ key }) => key === content.channel)?.kind !== 'tool';
  if (isProse) return 'markdown';
  if (/^\s*[[{]/.test(text)) return 'json';
  return /^\s*</.test(text) ? (/^\s*<(?:!doctype html|html)/i.test(text) ? 'html' : 'xml') : 'plaintext';
}
