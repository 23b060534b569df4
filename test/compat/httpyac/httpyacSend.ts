import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The part of httpYac's API that is used here (its `dist/index.d.ts`). */
interface Httpyac {
  readonly io: {
    readonly fileProvider: Record<string, unknown>;
    readonly userInteractionProvider: Record<string, unknown>;
    readonly log: { readonly options: Record<string, unknown> };
  };
  readonly store: {
    readonly HttpFileStore: new () => {
      getOrCreate(
        file: string,
        text: () => Promise<string>,
        version: number,
        options: object,
      ): Promise<object>;
    };
    readonly userSessionStore: { reset(): Promise<void> };
  };
  send(context: object): Promise<boolean>;
}

/** What is sent, beside the file. */
export interface HttpyacOptions {
  /** httpYac's environments: `$shared` and one that is active. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly activeEnvironment: string;
  /** PEM of the certificate that https servers have. */
  readonly certificate: string;
}

/** Sends all requests of a file, like `httpyac send --all FILE`. */
export type HttpyacSend = (file: string, options: HttpyacOptions) => Promise<void>;

/** Loads httpYac from the folder it is installed in, and gives it the files and answers its own CLI would give it. */
export function loadHttpyac(dir: string): HttpyacSend {
  const httpyac = createRequire(path.join(dir, 'package.json'))('httpyac') as Httpyac;
  Object.assign(httpyac.io.fileProvider, {
    EOL: '\n',
    isAbsolute: (file: string) => Promise.resolve(path.isAbsolute(file)),
    dirname: (file: string) => path.dirname(file),
    hasExtension: (file: string, ...extensions: string[]) => extensions.includes(path.extname(file).slice(1)),
    joinPath: (folder: string, name: string) => path.join(folder, name),
    exists: (file: string) => Promise.resolve(existsSync(file)),
    readFile: (file: string, encoding: BufferEncoding) => readFile(file, encoding),
    readBuffer: (file: string) => readFile(file),
    writeBuffer: (file: string, bytes: Uint8Array) => writeFile(file, bytes),
    readdir: (folder: string) => readdir(folder),
  });
  httpyac.io.userInteractionProvider['showNote'] = () => Promise.resolve(true);
  httpyac.io.log.options['logMethod'] = () => {}; // what it cannot send shows in what arrives

  return async (file, { environments, activeEnvironment, certificate }) => {
    const config = {
      log: { level: 100, supportAnsiColors: false },
      // A jar would carry cookies from one text to the next, and it reads a Cookie header as one cookie only.
      cookieJarEnabled: false,
      request: { https: { certificateAuthority: certificate } },
      environments,
    };
    await httpyac.store.userSessionStore.reset();
    const httpFile = await new httpyac.store.HttpFileStore().getOrCreate(
      file,
      () => readFile(file, 'utf8'),
      0,
      { workingDir: path.dirname(file), config, activeEnvironment: [activeEnvironment] },
    );
    await httpyac.send({
      httpFile,
      config,
      activeEnvironment: [activeEnvironment],
      processedHttpRegions: [],
      scriptConsole: { info() {}, log() {}, error() {}, warn() {}, debug() {}, trace() {} },
    });
  };
}
