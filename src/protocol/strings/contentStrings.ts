/** Words of rendered content, which the text, the body and the detail of a record share. */
export interface ContentStrings {
  readonly openInEditor: string;
  /** Names the choice between a view and the text as it came. */
  readonly viewAs: string;
  readonly asTree: string;
  readonly asFormatted: string;
  readonly asImage: string;
  readonly asRaw: string;
  readonly markdown: string;
  readonly markdownShortened: string;
  readonly htmlSource: string;
  readonly htmlPreview: string;
  readonly htmlPreviewNote: string;
  readonly htmlTooLong: string;
  /** `Only the first {0} of {1} bytes are shown.` */
  readonly firstBytes: string;
  /** `{0} × {1} pixels, {2}`: width, height, size. */
  readonly imageSize: string;
  readonly imageBroken: string;
  readonly imageFullSize: string;
  readonly jsonSearch: string;
  /** `{0} of {1}` */
  readonly jsonMatch: string;
  readonly jsonNoMatch: string;
  readonly jsonPrevious: string;
  readonly jsonNext: string;
  readonly jsonCopyValue: string;
  readonly jsonCopyPath: string;
}
