import { checkDocument } from '../../../src/core/cbhttp/check/checkDocument.ts';
import { completionsAt } from '../../../src/core/cbhttp/complete/complete.ts';
import type { CbDocument } from '../../../src/core/cbhttp/document.ts';
import { hoverAt } from '../../../src/core/cbhttp/hover/hover.ts';
import type { LanguageContext } from '../../../src/core/cbhttp/languageContext.ts';
import { lensesOf } from '../../../src/core/cbhttp/lenses.ts';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';
import { symbolsOf } from '../../../src/core/cbhttp/symbols/symbols.ts';
import { updateDocument } from '../../../src/core/cbhttp/update.ts';
import { readProfiles } from '../../../src/core/profiles/profile.ts';
import { median, percentile } from '../figures.ts';
import { makeText, REQUESTS } from './languageText.ts';

// Runs in a process of its own for each kind of figure, bundled; prints them as JSON. Needs `--expose-gc`.

const ROUNDS = 5;
const EDITS = 1000;
/** Edits before those that count: nobody types only five characters. */
const WARM_UP = 30;

const context: LanguageContext = {
  profiles: readProfiles({ dev: { envId: 'demo', variables: { lang: 'zh' } } }, 'dev'),
  functions: [{ name: 'chat', kind: 'http', folderUri: null, paths: ['/api/chat'] }],
  lastExchange: () => undefined,
  secretNames: () => [],
  environmentNames: [],
  dotenvNames: [],
  otherRequestNames: [],
  fileExists: () => undefined,
};

const measures = {
  parse: () => {
    const text = freshText(REQUESTS);
    return { fullParseMs: rounds(() => void parseCbhttp(text)) };
  },
  update: () => {
    let document = parseCbhttp(freshText(REQUESTS));
    const places = randomNumbers(1);
    const edit = (): number =>
      timed(() => {
        document = typeAt(document, Math.floor(places() * document.length));
      });
    const warmUp = Array.from({ length: EDITS }, edit);
    const all = Array.from({ length: ROUNDS }, () => Array.from({ length: EDITS }, edit));
    console.error(`after the start: p99 ${percentile(warmUp, 99).toFixed(2)} ms`);
    return {
      updateMedianMs: median(all.map(median)),
      updateP99Ms: median(all.map((times) => percentile(times, 99))),
    };
  },
  providers: () => {
    let document = parseCbhttp(freshText(REQUESTS));
    const places = randomNumbers(2);
    showAll(document);
    const times = Array.from({ length: WARM_UP + ROUNDS }, () => {
      document = typeAt(document, Math.floor(places() * document.length));
      return timed(() => showAll(document));
    });
    return { providersMs: median(times.slice(WARM_UP)) };
  },
  memory: () => {
    parseCbhttp(freshText(10)); // the code itself
    const bytes = new TextEncoder().encode(makeText(REQUESTS));
    const before = heapAfterGc();
    const document = parseCbhttp(new TextDecoder().decode(bytes));
    const modelBytes = heapAfterGc() - before;
    return { modelBytes, textBytes: bytes.length, requests: document.sections.length - 1 };
  },
  features: () => {
    const text = freshText(100);
    return {
      completionMs: slowestPlace(text, (document, offset) => completionsAt(document, offset, context)),
      hoverMs: slowestPlace(text, (document, offset) => hoverAt(document, offset, context)),
    };
  },
};

function showAll(document: CbDocument): void {
  lensesOf(document);
  symbolsOf(document);
  checkDocument(document, context);
}

/** At every 101st offset, each time after a character was typed there: the slowest place's median of the rounds. */
function slowestPlace(text: string, ask: (document: CbDocument, offset: number) => unknown): number {
  const parsed = parseCbhttp(text);
  let slowest = 0;
  for (let offset = 0; offset < text.length; offset += 101) {
    const times = Array.from({ length: 1 + ROUNDS }, () => {
      const document = typeAt(parsed, offset);
      return timed(() => void ask(document, offset + 1));
    });
    slowest = Math.max(slowest, median(times.slice(1)));
  }
  return slowest;
}

function typeAt(document: CbDocument, offset: number): CbDocument {
  return updateDocument(document, [{ offset, length: 0, text: 'x' }]);
}

/** As an editor has it: in one piece, not joined from parts. */
function freshText(requests: number): string {
  return Buffer.from(makeText(requests)).toString();
}

function rounds(run: () => void): number {
  run();
  run();
  return median(Array.from({ length: ROUNDS }, () => timed(run)));
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function heapAfterGc(): number {
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The same numbers from 0 to 1 in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const name = process.argv[2] as keyof typeof measures;
console.log(JSON.stringify(measures[name]()));
