import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the VS Code under test', () => {
  it('is the version that was asked for', () => {
    const expected = process.env['CBHTTP_TEST_VSCODE_VERSION'];
    if (expected === undefined) {
      assert.match(vscode.version, /^1\.\d+\.\d+/);
    } else {
      assert.equal(vscode.version, expected);
    }
  });

  it('has a trusted workspace folder', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.equal(vscode.workspace.isTrusted, true);
  });
});
