import type { ChunksStrings } from '../../protocol/strings/chunksStrings.ts';
import { chunkColumns, ChunkLine } from './chunkLine.ts';
import { element } from '../dom.ts';
import { VirtualGrid, type GridPorts } from '../virtualGrid.ts';

/** The network chunks as a grid. */
export function chunkGrid(
  strings: ChunksStrings,
  rowHeight: number,
  ports: Omit<GridPorts<ChunkLine>, 'label' | 'strip' | 'columnsId' | 'columnCount' | 'makeLine'>,
): VirtualGrid<ChunkLine> {
  const columns = columnNames(strings);
  const grid = new VirtualGrid(rowHeight, {
    ...ports,
    label: strings.label,
    strip: element('div', 'column-strip', { children: [columns] }),
    columnsId: columns.id,
    columnCount: chunkColumns.length,
    makeLine: () => new ChunkLine(),
  });
  grid.element.classList.add('chunk-grid');
  return grid;
}

function columnNames(strings: ChunksStrings): HTMLElement {
  const names = {
    index: strings.columnIndex,
    time: strings.columnTime,
    gap: strings.columnGap,
    size: strings.columnSize,
    offset: strings.columnOffset,
    records: strings.columnRecords,
    data: strings.columnText,
  };
  return element('div', 'columns', {
    id: 'chunk-columns',
    role: 'row',
    attributes: { 'aria-rowindex': '1' },
    children: chunkColumns.map((column) =>
      element('span', `cell ${column}`, {
        role: 'columnheader',
        children: [element('span', 'column-name', { text: names[column] })],
      }),
    ),
  });
}
