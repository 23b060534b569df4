import assert from 'node:assert/strict';
import vm from 'node:vm';
import { after, before, describe, it } from 'mocha';
import { codeTargets } from '../../../../src/core/code/targets.ts';
import { miniProgramCode } from '../../../../src/core/code/miniProgramCode.ts';
import { sdkCode } from '../../../../src/core/code/sdkCode.ts';
import { NO_FUNCTION } from '../../../../src/core/code/expressible.ts';
import { fill } from '../../../../src/core/message.ts';
import { codeCorpus, corpusEnvironment, writeCorpusFiles } from '../../../support/codeCorpus.ts';
import { runMiniProgram } from '../../../support/miniProgram.ts';
import { codeRequestOf, preparedOf } from '../../../support/preparedCode.ts';
import { makeTemporaryFolder } from '../../../support/temporaryFolder.ts';

const profile = { envId: 'dev-1', route: 'local', baseUrl: 'http://127.0.0.1:9000' };

/** A value as the language of this process has it, not that of another realm. */
const own = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('the corpus of requests', () => {
  let folder: string;
  let release: () => Promise<void>;
  before(async () => {
    const made = await makeTemporaryFolder();
    folder = made.dir;
    await writeCorpusFiles(folder);
    release = () => made.dispose();
  });
  after(() => release());

  it('has at least 40 requests', () => assert.ok(codeCorpus.length >= 40));

  it('shows no secret in any target, and no mark in the place of one', async () => {
    const { OWN_REGION, ...secrets } = corpusEnvironment;
    void OWN_REGION;
    for (const { text, name } of codeCorpus) {
      for (const { id, view, write } of codeTargets) {
        const request = await codeRequestOf(
          text,
          { folder, profile, origin: 'http://127.0.0.1:9000', token: 't0ken-secret' },
          { view },
        );
        const code = JSON.stringify(write(request, fill));
        for (const secret of [...Object.values(secrets), 't0ken-secret', 'abc.def', 'wonder']) {
          assert.ok(!code.includes(secret), `${name}, ${id}\n${code}`);
        }
        assert.doesNotMatch(code, /cbmark/, `${name}, ${id}\n${code}`);
      }
    }
  });

  it('is what a mini program sends', async () => {
    for (const { text, name } of codeCorpus) {
      const options = { folder, profile, origin: 'http://127.0.0.1:9000' };
      const request = await codeRequestOf(text, options, { view: 'function', withSecrets: true });
      const { wire, functionName } = await preparedOf(text, options);
      if (functionName === null) {
        assert.equal(miniProgramCode(request, fill, true), NO_FUNCTION);
        continue;
      }
      for (const streams of [true, false]) {
        const code = miniProgramCode(request, fill, streams);
        assert.ok(typeof code === 'string');
        const [call] = runMiniProgram(code).calls;
        assert.ok(call, name);
        assert.equal(call.name, functionName);
        assert.equal(call.method, wire.method);
        assert.equal(`http://127.0.0.1:9000${call.path}`, wire.url, name);
        const left = /^(?:authorization|accept-encoding|host|user-agent|accept)$/i;
        const headers = new Map<string, string[]>();
        for (const [header, value] of wire.headers) {
          if (!left.test(header)) headers.set(header, [...(headers.get(header) ?? []), value]);
        }
        const sent = Object.entries(call.header ?? {}).filter(([header]) => !left.test(header));
        assert.deepEqual(
          sent,
          [...headers].map(([header, values]) => [header, values.join(', ')]),
          name,
        );
        assertData(name, call.data, wire.body);
      }
    }
  });

  function assertData(name: string, data: unknown, body: unknown): void {
    if (body === null) {
      assert.equal(data, undefined, name);
    } else if (typeof data === 'string') {
      // A file stays a file.
      if (!data.startsWith('file '))
        assert.equal(data, new TextDecoder('utf-8', { ignoreBOM: true }).decode(body as Uint8Array), name);
    } else if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') {
      assert.deepEqual(Buffer.from(data as ArrayBuffer), Buffer.from(body as Uint8Array), name);
    } else {
      const value: unknown = JSON.parse(new TextDecoder().decode(body as Uint8Array));
      assert.deepEqual(own(data), own(value), name);
    }
  }

  it('is what the SDK is called with', async () => {
    let count = 0;
    for (const { text, name } of codeCorpus) {
      const options = { folder, profile, origin: 'http://127.0.0.1:9000' };
      const request = await codeRequestOf(text, options, { view: 'function', withSecrets: true });
      const code = sdkCode(request, fill);
      if (typeof code !== 'string') continue;
      count++;
      const { wire } = await preparedOf(text, options);
      const calls: { name: string; method: string; data?: unknown; header: Record<string, string> }[] = [];
      const sdk = {
        init: ({ env }: { env: string }) => ({
          env,
          auth: () => ({ signInAnonymously: () => Promise.resolve() }),
          callFunction: (call: (typeof calls)[0]) => {
            calls.push(call);
            return Promise.resolve({ result: 1 });
          },
        }),
      };
      const script = code.replace("import cloudbase from '@cloudbase/js-sdk';", '');
      const context = vm.createContext({ cloudbase: sdk, console: { log: () => undefined }, TextEncoder });
      await vm.runInContext(`(async () => {\n${script}\n})()`, context);
      const [call] = calls;
      assert.ok(call, name);
      assert.equal(call.method, wire.method);
      assert.equal(call.header['X-Tcb-Webfn'], 'true');
      const path = wire.url.slice('http://127.0.0.1:9000'.length);
      assert.equal(call.name, path === '/' ? 'f' : `f${path}`);
      assertData(name, call.data, wire.body);
    }
    assert.ok(count >= 30, `${count} of the corpus`);
  });
});
