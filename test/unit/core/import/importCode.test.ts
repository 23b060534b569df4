import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../src/core/cbhttp/document.ts';
import { formatEdits } from '../../../../src/core/cbhttp/format/format.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { detectCode, importCode } from '../../../../src/core/import/importCode.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { repositoryDir } from '../../../support/paths.ts';
import { importedText, surroundings } from './importedText.ts';

interface Sample {
  readonly name: string;
  readonly code: string;
  readonly requests: string;
}

/** `=== name`, the code, `--- as requests`, what it becomes. */
function samplesOf(file: string): Sample[] {
  const text = readFileSync(path.join(repositoryDir, 'test/fixtures/import', file), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((sample) => {
      const [head = '', requests = ''] = sample.split('\n--- as requests\n');
      const nameEnd = head.indexOf('\n');
      return { name: head.slice(0, nameEnd), code: head.slice(nameEnd + 1), requests };
    });
}

const files = [
  'curl-bash.txt',
  'curl-cmd.txt',
  'curl-cmd-prompt.txt',
  'curl-cmd-chrome.txt',
  'curl-cmd-firefox.txt',
  'curl-powershell.txt',
  'curl-powershell-quotes.txt',
  'curl-powershell-scripts.txt',
  'wx.txt',
];

for (const file of files) {
  describe(`importing ${file}`, () => {
    for (const { name, code, requests } of samplesOf(file)) {
      it(name, () => {
        assert.equal(importedText(code), requests);
        assert.equal(importedText(code.replaceAll('\n', '\r\n')), requests, 'with CRLF');
      });
    }
  });
}

describe('imported requests', () => {
  const all = files.flatMap(samplesOf).filter(({ requests }) => !requests.includes('!!!'));

  it('are read without a problem, one for each section', () => {
    assert.ok(all.length >= 100);
    for (const { name, code } of all) {
      for (const { text } of importCode(code, surroundings).requests) {
        const document = parseCbhttp(text);
        assert.equal(placedRequests(document).length, 1, name);
        assert.deepEqual(
          document.sections.flatMap(({ problems }) => problems),
          [],
          name,
        );
      }
    }
  });

  it('are laid out as the formatter does it', () => {
    for (const { name, code } of all) {
      const text = importedText(code);
      const options = { tabSize: 2, insertSpaces: true, jsonBodies: false };
      const edits = formatEdits(parseCbhttp(text), options).filter(({ span }) => span.end < text.length - 1);
      assert.deepEqual(edits, [], name);
    }
  });

  it('have no secret of the code', () => {
    const code = `curl https://example.com/?api_key=k3y-value -u u:pa55word -H 'X-Token: t0ken-value' -b 's=c00kie-value'`;
    const [request] = importCode(code, surroundings).requests;
    assert.doesNotMatch(
      JSON.stringify([request?.text, request?.hints]),
      /pa55word|k3y-value|t0ken-value|c00kie/,
    );
    assert.deepEqual(request?.secrets, [
      { name: 'password', value: 'pa55word' },
      { name: 'token', value: 't0ken-value' },
      { name: 'cookie', value: 's=c00kie-value' },
      { name: 'api_key', value: 'k3y-value' },
    ]);
  });

  it('take names of secrets that are free', () => {
    const known = { ...surroundings, secretNames: ['token', 'token2'] };
    const { requests } = importCode("curl example.com -H 'Authorization: Bearer abcd'", known);
    assert.match(requests[0]?.text ?? '', /Bearer \{\{\$secret token3\}\}/);
  });

  it('address the one function that is here by its name, where the active profile leads to it', () => {
    const profiles = readProfiles({ here: { route: 'local', envId: 'dev-1a2b' } }, 'here');
    const known = { profiles, functions: [{ kind: 'http' as const, name: 'hello' }], secretNames: [] };
    const textOf = (code: string) => importCode(code, known).requests[0]?.text;
    assert.match(textOf('curl http://127.0.0.1:9000/a?b=c') ?? '', /^GET fn:\/\/hello\/a\?b=c$/m);
    assert.match(textOf('curl http://127.0.0.1:9100/a') ?? '', /^GET http:\/\/127\.0\.0\.1:9100\/a$/m);
    // What runs here is not the environment, even if the profile has its id.
    const call = `wx.cloud.callHTTPFunction({ name: 'hello', config: { env: 'dev-1a2b' } })`;
    assert.equal(importCode(call, known).requests[0]?.envId, 'dev-1a2b');
  });

  it('say which environment no profile has', () => {
    const envIds = (code: string) => importCode(code, surroundings).requests.map(({ envId }) => envId);
    assert.deepEqual(envIds(`wx.cloud.callHTTPFunction({ name: 'a', config: { env: 'new-1' } })`), ['new-1']);
    assert.deepEqual(envIds(`wx.cloud.callHTTPFunction({ name: 'a', config: { env: 'prod-3c4d' } })`), [
      null,
    ]);
    assert.deepEqual(envIds('curl https://new-1.api.tcloudbasegateway.com/v1/functions/a'), ['new-1']);
  });
});

describe('detectCode', () => {
  it('knows code that can be imported', () => {
    for (const code of [
      'curl https://example.com',
      '  $ curl -L example.com',
      'curl \\\n example.com',
      'PS C:\\> curl.exe example.com',
      'C:\\Users\\my name>curl example.com',
      '$found = curl.exe example.com',
      'TOKEN=a\ncurl example.com',
      '/usr/bin/curl example.com',
      'echo a | curl -d @- example.com',
    ]) {
      assert.equal(detectCode(code), 'curl', code);
    }
    assert.equal(detectCode("wx.cloud.callHTTPFunction({ name: 'a' })"), 'wx');
  });

  it('leaves other texts alone', () => {
    for (const text of [
      '',
      'GET https://example.com',
      'a curl is a lock of hair',
      'B = curl A',
      'curl',
      'https://curl.se/',
      '{}',
    ])
      assert.equal(detectCode(text), null, text);
  });
});
