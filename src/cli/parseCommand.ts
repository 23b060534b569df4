import { placedRequests, type PlacedRequest } from '../core/cbhttp/document.ts';
import { documentProblems } from '../core/cbhttp/problems.ts';
import { EXIT, readArguments, readDocument, sendOptions } from './commandLine.ts';
import { drained, print, printProblems } from './printing.ts';

/** `cbhttp parse`: prints the requests of a file. @returns the exit code; @throws CbError `usage` */
export async function parseCommand(args: readonly string[]): Promise<number> {
  const { values, file } = readArguments(args, { json: sendOptions.json });
  const document = await readDocument(file);
  printProblems(file, document, documentProblems(document));
  const requests = placedRequests(document);
  if (values.json && requests.length === 0) print('[]\n');
  for (let from = 0; from < requests.length; from += BLOCK) {
    const block = requests.slice(from, from + BLOCK);
    if (values.json) {
      const list = JSON.stringify(block.map(parsedRequest), null, 2).slice(2, -2); // without what opens and ends it
      print(`${from === 0 ? '[\n' : ',\n'}${list}${from + BLOCK < requests.length ? '' : '\n]\n'}`);
    } else {
      print(block.map(requestSummary).join(''));
    }
    await drained(process.stdout);
  }
  return EXIT.ok;
}

/** Requests printed at once: a string has a limit, and a reader its pace. */
const BLOCK = 1000;

function parsedRequest({ request, section, sectionLine }: PlacedRequest): object {
  return {
    name: request.name,
    title: request.title,
    line: sectionLine + request.line + 1,
    method: request.method,
    target: request.target,
    headers: request.headers.map(({ name, value }) => [name, value]),
    body: request.body,
    directives: request.directives.map(({ wordSpan, value }) => [
      section.text.slice(wordSpan.start, wordSpan.end), // as written: `word` is the one it is known by
      value,
    ]),
  };
}

function requestSummary({ request, sectionLine }: PlacedRequest): string {
  return `${sectionLine + request.line + 1}\t${request.name ?? ''}\t${request.method} ${request.target}\n`;
}
