import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import {
  pathsByFunction,
  RequestIndex,
  requestsByFunction,
  summarize,
} from '../../../../src/core/functions/requestIndex.ts';

const text = [
  '# @function file-wide',
  '### One',
  'GET fn://a/x?y=1',
  '###',
  '# @name two',
  'POST /path',
  '###',
  'GET https://user:password@host/{{two.text}}',
  '###',
  'GET fn://a/x#z',
].join('\r\n');

describe('summarize', () => {
  it('keeps what a list of requests needs, and the names other files may share', () => {
    const { requests, names } = summarize(parseCbhttp(text));
    assert.deepEqual(requests, [
      {
        label: 'One',
        key: 'title:One',
        name: null,
        method: 'GET',
        target: 'fn://a/x?y=1',
        functionName: 'a',
        line: 2,
      },
      {
        label: 'two',
        key: 'name:two',
        name: 'two',
        method: 'POST',
        target: '/path',
        functionName: 'file-wide',
        line: 5,
      },
      {
        label: 'GET https://host/{{two.text}}',
        key: 'line:GET 99fd7930',
        name: null,
        method: 'GET',
        target: 'https://host/{{two.text}}',
        functionName: null,
        line: 7,
      },
      {
        label: 'GET fn://a/x#z',
        key: 'line:GET 72c6c244',
        name: null,
        method: 'GET',
        target: 'fn://a/x#z',
        functionName: 'a',
        line: 9,
      },
    ]);
    assert.deepEqual(
      names.map(({ kind, name, role, line, column }) => `${line}:${column} ${kind} ${name} ${role}`),
      [
        '0:12 function file-wide use',
        '1:4 request One definition',
        '2:9 function a use',
        '4:8 request two definition',
        '7:33 request two use',
        '9:9 function a use',
      ],
    );
  });
});

describe('RequestIndex', () => {
  const summary = summarize(parseCbhttp(text));

  it('knows which files need not be read again', () => {
    const index = new RequestIndex();
    index.set('file:///a', { mtime: 1, size: 2 }, summary);
    assert.equal(index.isCurrent('file:///a', { mtime: 1, size: 2 }), true);
    assert.equal(index.isCurrent('file:///a', { mtime: 2, size: 2 }), false);
    assert.equal(index.isCurrent('file:///a', { mtime: 1, size: 3 }), false);
    assert.equal(index.isCurrent('file:///b', { mtime: 1, size: 2 }), false);
  });

  it('finds the files of a folder, forgets files, and all but some', () => {
    const index = new RequestIndex();
    const add = (...uris: string[]): void => {
      for (const uri of uris) index.set(uri, { mtime: 1, size: 2 }, summary);
    };
    add('f/b/1', 'f/a', 'f/b/2', 'f/bc');
    assert.deepEqual([...index.files().keys()], ['f/a', 'f/b/1', 'f/b/2', 'f/bc']);
    assert.deepEqual(index.within('f/b'), ['f/b/1', 'f/b/2']);
    assert.deepEqual(index.within('f/a'), ['f/a']);
    for (const file of index.within('f/b')) assert.equal(index.delete(file), true);
    assert.equal(index.delete('f/b/1'), false);
    assert.deepEqual([...index.files().keys()], ['f/a', 'f/bc']);
    assert.equal(index.keepOnly(new Set(['f/a'])), true);
    assert.equal(index.keepOnly(new Set(['f/a'])), false);
    assert.equal(index.delete('f/a'), true);
    assert.equal(index.files().size, 0);
  });
});

describe('requestsByFunction and pathsByFunction', () => {
  const files = new Map([
    ['a', summarize(parseCbhttp(text))],
    ['b', summarize(parseCbhttp('GET fn://a/new\n###\nGET fn://a'))],
  ]);

  it('list the requests of each function, file by file', () => {
    assert.deepEqual(
      [...requestsByFunction(files)].map(([name, located]) => [
        name,
        located.map(({ uri, request }) => `${uri} ${request.label}`),
      ]),
      [
        ['a', ['a One', 'a GET fn://a/x#z', 'b GET fn://a/new', 'b GET fn://a']],
        ['file-wide', ['a two']],
      ],
    );
  });

  it('list the paths in use, once each', () => {
    assert.deepEqual(
      [...pathsByFunction(files)],
      [
        ['a', ['/new', '/x']],
        ['file-wide', ['/path']],
      ],
    );
  });
});
