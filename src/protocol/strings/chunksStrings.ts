/** The words of the chunks tab. `{0}` … are filled by the webview. */
export interface ChunksStrings {
  /** The grid's name. */
  readonly label: string;
  readonly columnIndex: string;
  readonly columnTime: string;
  readonly columnGap: string;
  readonly columnSize: string;
  readonly columnOffset: string;
  readonly columnRecords: string;
  readonly columnText: string;
  readonly waiting: string;
  readonly none: string;
  readonly detailLabel: string;
  /** `Chunk {0}` */
  readonly title: string;
  /** `{0} {0|byte|bytes}` */
  readonly byteCount: string;
  /** `{0} to {1}`, two offsets in bytes, the second not included. */
  readonly byteRange: string;
  /** The records whose last byte a chunk brought. */
  readonly recordsCompleted: string;
  /** The two ways to look at a chunk. */
  readonly view: string;
  readonly text: string;
  readonly hex: string;
  readonly copyText: string;
  readonly close: string;
  /** `Only the first {0} of {1} bytes are shown.` */
  readonly firstBytes: string;
}
