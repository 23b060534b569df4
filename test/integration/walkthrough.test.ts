import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contextKeys } from '../../src/host/contributions.ts';
import { eventually } from '../support/until.ts';
import { closeAll } from './editor.ts';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image: string };
  readonly completionEvents: readonly string[];
}

// That doing a step checks it off, a person sees: test/e2e/newcomer.test.ts. The API tells nobody.
describe('the walkthrough', () => {
  const extension = vscode.extensions.getExtension('cbhttp.cbhttp');
  const { contributes } = extension?.packageJSON as {
    contributes: { walkthroughs: { steps: Step[] }[] };
  };
  const steps = contributes.walkthroughs[0]?.steps ?? [];
  afterEach(closeAll);

  it('opens by its command', async () => {
    await vscode.commands.executeCommand('cbhttp.openFirstSteps');
    await eventually('its tab', () =>
      vscode.window.tabGroups.activeTabGroup.tabs.some(({ label }) => /Welcome|Walkthrough/.test(label)),
    );
  });

  it('has four steps, each with a picture and done by what the extension marks', async () => {
    assert.equal(steps.length, 4);
    const keys = Object.values(contextKeys).map((key) => `onContext:${key}`);
    for (const { completionEvents, media } of steps) {
      assert.deepEqual(
        completionEvents.filter((event) => !keys.includes(event)),
        [],
      );
      assert.ok(extension);
      const { size } = await vscode.workspace.fs.stat(
        vscode.Uri.joinPath(extension.extensionUri, media.image),
      );
      assert.ok(size > 1000 && size < 60_000, `${media.image}: ${size} bytes`);
    }
  });

  it('has buttons for commands that are there', async () => {
    await extension?.activate();
    const commands = await vscode.commands.getCommands();
    const named = steps.flatMap(({ description }) => [...description.matchAll(/\(command:([\w.]+)\)/g)]);
    assert.ok(named.length >= 4);
    for (const [, command = ''] of named) assert.ok(commands.includes(command), command);
  });
});
