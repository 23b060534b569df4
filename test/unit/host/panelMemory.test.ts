import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lostRunOf, readLostRun, readPanelId } from '../../../src/host/lostRun.ts';
import { PanelMemory, type KeptPanel } from '../../../src/host/panelMemory.ts';
import { sampleRun } from '../webview/samples.ts';

/** A workspace's memory that survives its window: what is kept is text. */
function workspaceMemory(kept = new Map<string, string>()) {
  const get = (key: string, value?: unknown): unknown =>
    kept.has(key) ? JSON.parse(kept.get(key) ?? '') : value;
  return {
    kept,
    memory: new PanelMemory({
      get: get,
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, JSON.stringify(value))),
    }),
  };
}

function panel(panelId: string, label = 'Chat', key = label): KeptPanel {
  const request = { uri: 'file:///w/chat.cbhttp', key, label };
  return { panelId, request, runId: `run of ${panelId}`, lost: lostRunOf(sampleRun({ eventCount: 3 })) };
}

describe('what is remembered of panels', () => {
  it('is there in the next window: phase, reason and counts, and nothing of what came', () => {
    const { memory, kept } = workspaceMemory();
    const end = { reason: 'reset', message: 'data of an event', advice: [] } as const;
    const run = sampleRun({ phase: 'ended', end, requestHeaders: [['authorization', 'Bearer ***']] });
    memory.set({ ...panel('a'), lost: lostRunOf(run) });
    assert.deepEqual(workspaceMemory(kept).memory.get('a')?.lost, {
      method: 'POST',
      url: 'http://127.0.0.1:9000/chat',
      profile: 'local',
      phase: 'ended',
      reason: 'reset',
      eventCount: 90,
      byteCount: 4096,
    });
    assert.doesNotMatch([...kept.values()].join(), /Bearer|data of/);
  });

  it('is the last word on each panel, until that is closed', () => {
    const { memory } = workspaceMemory();
    memory.set(panel('a'));
    memory.set(panel('b'));
    memory.set({ ...panel('a'), lost: lostRunOf(sampleRun({ eventCount: 7 })) });
    assert.deepEqual(['a', 'b'].map((id) => memory.get(id)?.lost.eventCount), [7, 3]); // prettier-ignore
    assert.equal(memory.get('b')?.runId, 'run of b');
    memory.delete('a');
    assert.deepEqual(['a', 'b'].map((id) => memory.get(id)?.panelId), [undefined, 'b']); // prettier-ignore
  });

  it('says how a panel sends other than usual', () => {
    const { memory, kept } = workspaceMemory();
    const request = { ...panel('a').request, profileName: 'dev', route: 'local' } as const;
    memory.set({ ...panel('a'), request });
    memory.set(panel('b'));
    const next = workspaceMemory(kept).memory;
    assert.deepEqual([next.get('a')?.request, next.get('b')?.request], [request, panel('b').request]);
  });

  it('is bounded: the panels used last, and as much of a URL as can be shown', () => {
    const { memory, kept } = workspaceMemory();
    for (let n = 0; n < 300; n++) {
      memory.set({ ...panel(`p${n}`), lost: lostRunOf(sampleRun({ url: 'x'.repeat(100_000) })) });
    }
    assert.equal(memory.get('p0'), null);
    assert.equal(memory.get('p299')?.lost.url.length, 2000);
    assert.ok([...kept.values()].join().length < 200_000);
  });

  it('tells whose a page without a state was by its title, where only one request can be meant', () => {
    const { memory } = workspaceMemory();
    for (const one of [panel('a'), panel('b', 'Other'), panel('c', 'Twice', '1'), panel('d', 'Twice', '2')]) {
      memory.set(one);
    }
    assert.equal(memory.find('Chat', new Set())?.panelId, 'a');
    assert.equal(memory.find('Twice', new Set()), null);
    assert.equal(memory.find('Twice', new Set(['c']))?.panelId, 'd');
    assert.equal(memory.find('Chat', new Set(['a'])), null);
    assert.equal(memory.find('Unheard of', new Set()), null);
    memory.set(panel('pinned'));
    assert.equal(memory.find('Chat', new Set())?.panelId, 'pinned', 'the same request, the newest run');
  });

  it('is read without trust', () => {
    for (const value of [null, 3, 'x', {}, [null], [{}], [{ ...panel('a'), lost: {} }], [{ panelId: 'a' }]]) {
      const { memory } = workspaceMemory(new Map([['cbhttp.panels', JSON.stringify(value)]]));
      assert.equal(memory.get('a'), null);
      memory.set(panel('a'));
      assert.equal(memory.get('a')?.panelId, 'a');
    }
    assert.equal(readLostRun({ ...panel('a').lost, phase: 'flying' }), null);
    for (const state of [undefined, null, 'x', {}, { panelId: 5 }]) assert.equal(readPanelId(state), null);
    assert.equal(readPanelId({ panelId: 'a' }), 'a');
  });
});
