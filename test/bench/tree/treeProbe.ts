/**
 * In the page, from its first script on: notes when the tree first stood on screen with so many functions. A string,
 * since it runs before there is any document to put a script into.
 * @param counts of the first level's rows
 */
export function treeProbe(counts: readonly number[]): string {
  return `{
    const counts = ${JSON.stringify(counts)};
    const seen = {};
    globalThis.treeSeen = seen;
    const { port1, port2 } = new MessageChannel();
    const waiting = [];
    port1.onmessage = () => {
      // The frame has been drawn.
      for (const count of waiting.splice(0)) seen[count] ??= Date.now();
    };
    const look = () => {
      const row = document.querySelector('[aria-label="Functions"] [role=treeitem][aria-level="1"]');
      const size = Number(row?.getAttribute('aria-setsize') ?? 0);
      const reached = counts.filter((count) => size >= count && seen[count] === undefined);
      if (reached.length > 0) {
        waiting.push(...reached);
        port2.postMessage(null);
      }
      if (counts.some((count) => seen[count] === undefined)) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`;
}

/** What the probe leaves in the page: by count, when it was seen, in ms of the system's clock. */
export type TreeSeen = Readonly<Record<number, number>>;
