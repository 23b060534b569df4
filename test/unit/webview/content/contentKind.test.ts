import assert from 'node:assert/strict';
import { contentKind } from '../../../../src/webview/content/contentKind.ts';

describe('content kind', () => {
  it('goes by the media type', () => {
    assert.equal(contentKind('application/json; charset=utf-8', '1'), 'json');
    assert.equal(contentKind('application/problem+json', '{}'), 'json');
    assert.equal(contentKind('Text/HTML', '{}'), 'html');
    assert.equal(contentKind('application/atom+xml', ''), 'xml');
    assert.equal(contentKind('text/markdown', '# a'), 'markdown');
    assert.equal(contentKind('image/svg+xml', '<svg/>'), 'image');
    assert.equal(contentKind('image/png', null), 'image');
    assert.equal(contentKind('image/tiff', null), 'binary');
    assert.equal(contentKind('text/csv', '{"a":1}'), 'text');
  });

  it('looks at the text where the type says nothing', () => {
    assert.equal(contentKind('', ' {"a":1}'), 'json');
    assert.equal(contentKind('text/plain', '[1,2]'), 'json');
    assert.equal(contentKind('text/plain', '[info] started'), 'text');
    assert.equal(contentKind('', '<!DOCTYPE html><p>'), 'html');
    assert.equal(contentKind('', '<?xml version="1.0"?><a/>'), 'xml');
    assert.equal(contentKind('', 'hello'), 'text');
    assert.equal(contentKind('application/json', null), 'binary');
  });
});
