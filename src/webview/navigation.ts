/** Where the keyboard stands in the grid: rows are 0-based, `last` is the last row in view. */
export interface GridPosition {
  readonly activeRow: number | null;
  readonly first: number;
  readonly last: number;
  readonly rowCount: number;
}

/** The row a key leads to, or null if the key does not move or there is nowhere to go. */
export function rowForKey(key: string, position: GridPosition): number | null {
  const { activeRow, first, last, rowCount } = position;
  if (rowCount === 0) return null;
  const page = Math.max(1, last - first);
  const target = ((): number | null => {
    switch (key) {
      case 'ArrowDown':
        return activeRow === null ? first : activeRow + 1;
      case 'ArrowUp':
        return activeRow === null ? last : activeRow - 1;
      case 'PageDown':
        return (activeRow ?? first) + page;
      case 'PageUp':
        return (activeRow ?? last) - page;
      case 'Home':
        return 0;
      case 'End':
        return rowCount - 1;
      default:
        return null;
    }
  })();
  return target === null ? null : Math.min(Math.max(0, target), rowCount - 1);
}
