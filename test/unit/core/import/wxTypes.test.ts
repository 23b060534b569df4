import assert from 'node:assert/strict';
import * as path from 'node:path';
import { before, describe, it } from 'mocha';
import ts from 'typescript';
import { WX_TYPES } from '../../../../src/core/import/wxTypes.ts';
import { repositoryDir } from '../../../support/paths.ts';

/** What the compiler of a mini program says of each line of a program beside our declarations. */
function problemsOf(lines: readonly string[], ...others: readonly string[]): string[] {
  const texts = new Map([
    // A scope for each line.
    ['/project/program.ts', lines.map((line) => `{ ${line} }`).join('\n')],
    ['/project/typings/wx-cloud-http.d.ts', WX_TYPES],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2020,
    lib: ['lib.es2020.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    if (text === undefined) return getSourceFile(name, ...rest);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2020, true);
  };
  const compiled = ts.createProgram([...others, ...texts.keys()], options, host);
  const said = lines.map(() => '');
  for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(compiled)) {
    if (file !== undefined && !texts.has(file.fileName)) continue;
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    assert.equal(file?.fileName, '/project/program.ts', message);
    const { line } = file.getLineAndCharacterOfPosition(start);
    said[line] = `${said[line] ?? ''}${message}\n`;
  }
  return said;
}

const typings = path.join(repositoryDir, 'node_modules/miniprogram-api-typings/index.d.ts');

describe('the declarations of wx.cloud.callHTTPFunction', function () {
  this.timeout(60_000);

  const valid = [
    "wx.cloud.callHTTPFunction({ name: 'a', success: (res) => { console.log(res.statusCode, res.data.x, res.header['a']) } })",
    "wx.cloud.callHTTPFunction({ name: 'a', fail: ({ errMsg }) => { errMsg.trim() } }).abort()",
    "wx.cloud.callHTTPFunction({ name: 'a', complete() {} })",
    "const status: Promise<number> = wx.cloud.callHTTPFunction({ name: 'a' }).then((res) => res.statusCode)",
    "wx.cloud.callHTTPFunction<{ n: number }>({ name: 'a' }).then((res) => res.data.n.toFixed())",
    "wx.cloud.callHTTPFunction({ name: 'a', config: { env: 'b' }, path: '/c', method: 'post', header: { d: 'e' }, data: { f: 1 }, timeout: 1000 })",
    "wx.cloud.callHTTPFunction({ name: 'a', method: 'GET', enableChunked: true, onHeadersReceived: (res) => { res.header }, onChunkedReceived: (res) => { new Uint8Array(res.data) }, success: () => {} })",
    "wx.cloud.callHTTPFunction({ name: 'a', enableChunked: false, dataType: 'json', responseType: 'arraybuffer' })",
    "wx.cloud.callHTTPFunction({ name: 'a', data: [1, 2] })",
    "wx.cloud.callFunction({ name: 'a' }).then((res) => res.result)",
  ];
  const wrong: [code: string, message: RegExp][] = [
    ['wx.cloud.callHTTPFunction({})', /overload/],
    ['wx.cloud.callHTTPFunction({ name: 1 })', /number/],
    ["wx.cloud.callHTTPFunction({ name: 'a', method: 'patch' })", /patch/],
    [
      "wx.cloud.callHTTPFunction({ name: 'a', enableChunked: true, dataType: 'json' })",
      /overload|assignable/,
    ],
    ["wx.cloud.callHTTPFunction({ name: 'a', onChunkedReceived: () => {} })", /overload|assignable/],
    ["wx.cloud.callHTTPFunction({ name: 'a', header: { a: 1 } })", /number/],
    ["wx.cloud.callHTTPFunction({ name: 'a', timeout: '1s' })", /string/],
    ["wx.cloud.callHTTPFunction({ name: 'a' }).abort()", /abort/],
    ["wx.cloud.callHTTPFunction({ name: 'a', success: () => {} }).then(() => {})", /then/],
  ];
  let said: string[] = [];
  before(() => {
    said = problemsOf([...valid, ...wrong.map(([code]) => code)], typings);
  });
  for (const [index, code] of valid.entries()) {
    it(`take ${code.slice(0, 100)}`, () => assert.equal(said[index], ''));
  }
  for (const [index, [code, message]] of wrong.entries()) {
    it(`refuse ${code}`, () => assert.match(said[valid.length + index] ?? '', message));
  }

  it('are missing in the typings themselves', () => {
    const own = ts.sys.readFile(typings.replace(/index\.d\.ts$/, 'types/wx/lib.wx.cloud.d.ts')) ?? '';
    assert.match(own, /interface WxCloud/);
    assert.doesNotMatch(own, /callHTTPFunction/, 'no longer: the command has nothing to add');
  });

  it('stand alone, without the typings', () => {
    const call = "const use = (cloud: WxCloud) => cloud.callHTTPFunction({ name: 'a' })";
    assert.deepEqual(problemsOf([call]), ['']);
  });
});
