import { createRequire } from 'node:module';
import path from 'node:path';
import { median } from '../figures.ts';
import { makeText, REQUESTS } from './languageText.ts';

/** What is used of the `httpyac` package. */
interface Httpyac {
  readonly store: { readonly HttpFileStore: new () => HttpFileStore };
  readonly io: { readonly fileProvider: Record<string, unknown> };
}

interface HttpFileStore {
  getOrCreate(
    fileName: string,
    getText: () => Promise<string>,
    version: number,
    options: { workingDir: string; config: object },
  ): Promise<{ readonly httpRegions: readonly unknown[] }>;
}

// Runs in a process of its own, with the folder that httpYac is installed in; prints the figure as JSON.

const ROUNDS = 5;

async function main(folder: string): Promise<void> {
  const { io, store } = createRequire(path.join(folder, 'index.js'))('httpyac') as Httpyac;
  Object.assign(io.fileProvider, {
    EOL: '\n',
    isAbsolute: (file: string) => Promise.resolve(path.isAbsolute(file)),
    dirname: (file: string) => path.dirname(file),
    joinPath: (dir: string, file: string) => path.join(dir, file),
    exists: () => Promise.resolve(false),
    readdir: () => Promise.resolve([]),
    hasExtension: () => false,
  });
  const text = Buffer.from(makeText(REQUESTS)).toString();
  const times: number[] = [];
  for (let round = 0; round < 1 + ROUNDS; round++) {
    const files = new store.HttpFileStore();
    const start = performance.now();
    const file = await files.getOrCreate(`${folder}/bench${round}.http`, () => Promise.resolve(text), 0, {
      workingDir: folder,
      config: {},
    });
    times.push(performance.now() - start);
    if (file.httpRegions.length < REQUESTS)
      throw new Error(`httpYac found ${file.httpRegions.length} requests`);
  }
  console.log(JSON.stringify({ httpyacParseMs: median(times.slice(1)) }));
}

void main(process.argv[2] ?? '');
