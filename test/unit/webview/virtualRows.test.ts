import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { VirtualRows, type VirtualRow } from '../../../src/webview/virtualRows.ts';

/** The little of an element that rows need. */
function fakeLayer(): { readonly layer: HTMLElement; readonly children: HTMLElement[] } {
  const children: HTMLElement[] = [];
  const layer = {
    prepend: (child: HTMLElement) => void children.unshift(child),
    append: (child: HTMLElement) => void children.push(child),
  };
  return { layer: layer as unknown as HTMLElement, children };
}

describe('virtual rows', () => {
  it('are those of the window, in order, however it moves, and no more are made than were shown at once', () => {
    const windows = fc.array(fc.tuple(fc.nat(200), fc.nat(30)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(windows, (moves) => {
        const { layer, children } = fakeLayer();
        let made = 0;
        const rows = new VirtualRows(layer, (): VirtualRow => {
          made++;
          let number = -1;
          const element = { remove: () => void children.splice(children.indexOf(element), 1) } as HTMLElement;
          return {
            element,
            get number() {
              return number;
            },
            assign: (row) => void (number = row),
          };
        });
        for (const [from, count] of moves) {
          const live = rows.place(from, from + count);
          assert.deepEqual(
            live.map((line) => line.number),
            Array.from({ length: count }, (_, offset) => from + offset),
          );
          assert.deepEqual(
            children,
            live.map((line) => line.element),
          );
        }
        assert.equal(made, Math.max(...moves.map(([, count]) => count)));
      }),
    );
  });
});
