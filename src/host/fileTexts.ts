import type * as vscode from 'vscode';
import { ownDisk } from './ownDisk.ts';

/** The texts of files as they are on the disk: a file is read again only where its time or size differ. */
export class FileTexts {
  readonly #readBytes: (uri: vscode.Uri) => Thenable<Uint8Array>;
  readonly #known = new Map<
    string,
    { readonly mtime: number; readonly size: number; readonly text: string }
  >();

  constructor(readBytes: (uri: vscode.Uri) => Thenable<Uint8Array> = ownDisk.readFile) {
    this.#readBytes = readBytes;
  }

  /** With its byte order mark. @throws vscode.FileSystemError */
  async read(uri: vscode.Uri): Promise<string> {
    const { mtime, size } = await ownDisk.stat(uri);
    const key = uri.toString();
    const known = this.#known.get(key);
    if (known?.mtime === mtime && known.size === size) return known.text;
    const bytes = await this.#readBytes(uri);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    this.#known.set(key, { mtime, size, text });
    return text;
  }

  /** The same; undefined for a file that is not there, or cannot be read. */
  async find(uri: vscode.Uri): Promise<string | undefined> {
    try {
      return await this.read(uri);
    } catch {
      this.#known.delete(uri.toString());
      return undefined;
    }
  }
}
