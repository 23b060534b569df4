import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { curlBash } from '../../../../src/core/code/curlBash.ts';
import { curlPowerShell } from '../../../../src/core/code/curlPowerShell.ts';
import type { CodeRequest } from '../../../../src/core/code/codeRequest.ts';
import { miniProgramCode } from '../../../../src/core/code/miniProgramCode.ts';
import { importCode } from '../../../../src/core/import/importCode.ts';
import { isJsonText } from '../../../../src/core/import/writeRequest.ts';
import { fill } from '../../../../src/core/message.ts';
import type { PreparedRequest } from '../../../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { codeCorpus, streamCorpus, writeCorpusFiles } from '../../../support/codeCorpus.ts';
import { withSecrets } from '../../../support/importedRequest.ts';
import { codeRequestOf, preparedOf, type PreparedCodeOptions } from '../../../support/preparedCode.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const origin = 'http://127.0.0.1:9000';
const profile = { envId: 'dev-1', route: 'local', baseUrl: origin, headers: { 'X-Of-Profile': 'p' } };
const surroundings = { profiles: readProfiles({ p: profile }, 'p'), functions: [], secretNames: [] };

/** What is sent, as it can be compared. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: Buffer | null;
}

/** Requests whose code says less than they do, and why. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'curl of bash': ['HEAD with a body', 'a body in GBK'],
  // What is no text, or long, is in a file that the code makes.
  'curl of PowerShell': ['HEAD with a body', 'a body in GBK', 'large text', 'text around a file'],
  'a mini program': [
    'an absolute URL',
    'Basic',
    'Bearer, written',
    'an odd secret in Basic', // Authorization is the platform's
    'a written Accept and User-Agent',
    'a header twice', // joined by a comma
    'a body without a type', // it gets one
    'JSON with large numbers',
    'JSON with a key twice', // as JavaScript has them
    'a binary file',
    'a file with an odd name',
    'a file with variables',
    'a compressed body',
    'text around a file',
    'a body in GBK',
    'a multipart form with files',
  ],
};

describe('import(export(request)) is the request', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = await makeTemporaryFolder();
    await writeCorpusFiles(folder.dir);
  });
  after(() => folder.dispose());

  const options = (): PreparedCodeOptions => ({ folder: folder.dir, origin, profile });

  async function sent({ wire }: PreparedRequest): Promise<Sent> {
    const { method, url, headers, body } = wire;
    const chunks: Uint8Array[] = [];
    if (body instanceof Uint8Array) chunks.push(body);
    else if (body !== null) for await (const chunk of body.open()) chunks.push(chunk.slice());
    // curl has a boundary of its own.
    const boundary = /boundary=(\S+)/.exec(
      headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '',
    )?.[1];
    const plain = (text: string): string =>
      boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY');
    const whole = Buffer.concat(chunks);
    const told = headers.map(([name, value]) => `${name.toLowerCase()}: ${plain(value)}`).sort();
    return {
      method,
      url,
      headers: told,
      body:
        body === null
          ? null
          : boundary === undefined
            ? whole
            : Buffer.from(plain(whole.toString('latin1')), 'latin1'),
    };
  }

  /** The request that code becomes, its secrets back in their places. */
  function imported(code: string): string {
    const { requests, problem } = importCode(code, surroundings);
    assert.equal(problem, null);
    assert.equal(requests.length, 1);
    const [request] = requests;
    assert.ok(request);
    return withSecrets(request);
  }

  const targets: [name: string, view: 'address' | 'function', write: (request: CodeRequest) => string][] = [
    ['curl of bash', 'address', (request) => curlBash(request, fill)],
    ['curl of PowerShell', 'address', (request) => curlPowerShell(request, fill)],
    ['a mini program', 'function', (request) => asMiniProgram(request)],
  ];
  for (const [target, view, write] of targets) {
    for (const { name, text } of [...codeCorpus, ...streamCorpus]) {
      if (exceptions[target]?.includes(name) === true) continue;
      it(`${target}: ${name}`, async () => {
        const code = write(await codeRequestOf(text, options(), { view, withSecrets: true }));
        const back = imported(code);
        const mine = await preparedOf(text, options());
        const again = await preparedOf(back, options());
        const [expected, actual] = [await sent(mine), await sent(again)];
        const shown = `${code}\n---\n${back}`;
        if (target === 'a mini program' && isJson(expected.body) && isJson(actual.body)) {
          const [one, other] = [expected.body, actual.body].map(
            (body) => JSON.parse(String(body)) as unknown,
          );
          assert.deepEqual(other, one, shown);
          assert.deepEqual({ ...actual, body: null }, { ...expected, body: null }, shown);
        } else {
          assert.deepEqual(actual, expected, shown);
        }
        const settings = ({ timeoutMs, followsRedirects, wire }: PreparedRequest) =>
          target === 'a mini program' ? [timeoutMs] : [timeoutMs, followsRedirects, wire.connectTimeoutMs];
        assert.deepEqual(settings(again), settings(mine), shown);
      });
    }
  }
});

function asMiniProgram(request: CodeRequest): string {
  const code = miniProgramCode(request, fill, request.streams);
  assert.ok(typeof code === 'string');
  return code;
}

function isJson(body: Buffer | null): boolean {
  return body !== null && isJsonText(String(body));
}
