import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';
import { element } from '../dom.ts';
import { VirtualGrid, type GridPorts } from '../virtualGrid.ts';
import { logColumns, LogLine } from './logLine.ts';

/** The lines of a log as a grid. */
export function logGrid(
  strings: LogsStrings,
  rowHeight: number,
  ports: Omit<GridPorts<LogLine>, 'label' | 'strip' | 'columnsId' | 'columnCount' | 'makeLine'>,
): VirtualGrid<LogLine> {
  const names = { time: strings.columnTime, stream: strings.columnStream, data: strings.columnText };
  const columns = element('div', 'columns', {
    id: 'log-columns',
    role: 'row',
    attributes: { 'aria-rowindex': '1' },
    children: logColumns.map((column) =>
      element('span', `cell ${column}`, {
        role: 'columnheader',
        children: [element('span', 'column-name', { text: names[column] })],
      }),
    ),
  });
  const grid = new VirtualGrid(rowHeight, {
    ...ports,
    label: strings.label,
    strip: element('div', 'column-strip', { children: [columns] }),
    columnsId: columns.id,
    columnCount: logColumns.length,
    makeLine: () => new LogLine(strings),
  });
  grid.element.classList.add('log-grid');
  return grid;
}
