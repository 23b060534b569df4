import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { importCode } from '../../src/core/import/importCode.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { withSecrets } from '../support/importedRequest.ts';
import { preparedOf } from '../support/preparedCode.ts';
import { startRecordingServer, type RecordingServer } from '../support/recordingServer.ts';
import { makeTransport } from '../support/sendText.ts';
import { comparable, type Comparable } from '../support/sentRequest.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

const run = promisify(execFile);

/** What stands behind `curl`; URL is the server. */
const commands = [
  'URL/a/b?c=d',
  'URL',
  '-X DELETE URL/x -H "X-A: 1" -H "X-B: it\'s"',
  "URL -d a=1 -d 'b=x y' --data-raw @c --data-binary $'d\\n'",
  "URL --data-urlencode 'a=ä b&c' --data-urlencode '=x/y' --data-urlencode 'k=(~!*'",
  "-G URL/q -d a=1 --data-urlencode 'b=中 文'",
  "-G 'URL/q?x=1' -d a=1",
  'URL --json \'{"a": [1]}\'',
  "URL --json '{' --json '}'",
  "URL -H 'Content-Type: text/plain' --data-binary $'first\\n\\n### second\\n< third\\nHTTP/1.1 200\\n{{x}} \\\\{{y}}\\n\\n'",
  'URL -H \'Content-Type: application/json\' -d \'{"text": "你好 \\u4f60 {{x}}"}\'',
  "URL -H 'Content-Type: text/plain' --data-binary @lines.txt",
  'URL -d a=1 -d @form.txt -d b=2',
  'URL/files/ -T lines.txt',
  'URL/files/x -T lines.txt',
  "URL -F a=1 -F 'b=x;y' -F 'c=\"q;r\"' --form-string 'd=@e;type=f' -F n=$'one\\r\\ntwo'",
  "URL -F f=@lines.txt -F 'g=@lines.txt;type=text/csv;filename=\"other name.csv\"' -F 'h=<lines.txt' -F p=@pixel.png",
  'URL -u alice:wonder:land',
  'URL -u alice:',
  "URL -u ':only a password '",
  'URL --oauth2-bearer abcdef',
  "URL -b 'a=1; b=2' -b c=3",
  'URL -A mine/1.0 -e https://from.example/ -r 0-9',
  "URL -H 'X-Empty;' -H 'X-Comma: a,' -H 'X-Many: 1' -H 'X-Many: 2' -H 'X-Name: 张三'",
  '-I URL/head',
  "URL -X POST -d ''",
  "URL -d 'x' -H 'Content-Type:'",
  'URL -gd x=[1]',
  "'URL/a%2Fb/c%20d?e=f%26g'",
  "'URL/path\\[1\\]?q=\\{x\\}'",
  "URL/form -H 'Content-Type: application/x-www-form-urlencoded' -d ' a = 1 &b= '",
  'URL/opts -X OPTIONS -H "Origin: https://example.com"',
  'URL/put -X PUT -H "Content-Type: text/plain" -d @- <<< "from stdin"',
  "URL/here -H 'Content-Type: text/plain' --data-binary @- <<'EOF'\nline $1\n  it's\nEOF",
  'URL/vars -H "X-V: ${V}-$V" -H \'X-L: $V\'',
  'URL/a URL/b -d both=1',
  'URL/one -d x=1 --next URL/two -H "X-Two: 2"',
  "URL/q --url-query 'a=b c' --url-query '+d=e%20f'",
  'URL/here -H \'Content-Type: text/plain\' -d "$(cat <<\'EOF\'\n{"a": "it\'s ("}\n\nEOF\n)"',
  'URL/here -H \'Content-Type: text/plain\' -d "$(cat <<-EOF\n\ta "q" $V\n\tEOF\n)"',
];

/** The real curl of this machine runs each command; what arrives is compared with what the imported request sends. */
describe('Imported curl commands', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let server: RecordingServer;
  const transport = makeTransport();

  before(async function () {
    if (process.platform === 'win32') this.skip();
    folder = await makeTemporaryFolder();
    server = await startRecordingServer();
    await writeFile(path.join(folder.dir, 'lines.txt'), 'Zeile 1\nZeile 2\n');
    await writeFile(path.join(folder.dir, 'form.txt'), 'in=file');
    await writeFile(path.join(folder.dir, 'pixel.png'), Uint8Array.of(0x89, 0x50, 0, 0xff));
  });
  after(async () => {
    transport.dispose();
    await server.dispose();
    await folder.dispose();
  });

  for (const command of commands) {
    it(command.split('\n', 1)[0] ?? '', async () => {
      const code = `V='a  b'\ncurl ${command.replaceAll('URL', server.origin)}`;
      const quiet = code.replace('\ncurl ', '\ncurl -s --noproxy "*" ').replaceAll('--next ', '--next -s ');
      const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
      await run('bash', ['--norc', '-c', quiet], { cwd: folder.dir, env: environment });
      const theirs = server.take().map(comparable);
      assert.notEqual(theirs.length, 0);
      const surroundings = {
        profiles: readProfiles({ p: { route: 'local' } }, 'p'),
        functions: [],
        secretNames: [],
      };
      const { requests, problem } = importCode(code, surroundings);
      assert.equal(problem, null);
      const ours: Comparable[] = [];
      for (const text of requests.map(withSecrets)) ours.push(await send(text));
      assert.deepEqual(ours.map(evened), theirs.map(evened), requests.map(({ text }) => text).join('\n'));
    });
  }

  async function send(text: string): Promise<Comparable> {
    const { wire } = await preparedOf(text, { folder: folder.dir, profile: { route: 'local' } });
    const { body } = await transport.send(wire, { signal: new AbortController().signal });
    for await (const chunk of body) void chunk;
    const [sent] = server.take();
    assert.ok(sent);
    return comparable(sent);
  }

  /** A form says the same however its signs are encoded; codes and cookies have two ways to be written. */
  function evened(given: Comparable): Comparable {
    const sent = {
      ...given,
      url: given.url.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase()),
      headers: given.headers.map(([name, value]): [string, string] => [name, value.replace(/; */g, '; ')]),
    };
    const type = sent.headers.find(([name]) => name === 'content-type')?.[1];
    if (type !== 'application/x-www-form-urlencoded') return sent;
    return {
      ...sent,
      body: Buffer.from(decodeURIComponent(Buffer.from(sent.body, 'latin1').toString())).toString(),
    };
  }
});
