/** Words of the pane that shows one record in full. */
export interface RecordStrings {
  readonly label: string;
  /** `Event {0}` */
  readonly event: string;
  readonly gap: string;
  readonly bytes: string;
  /** `{0} at {1}`: how many bytes, and where in the stream the first one is. */
  readonly bytesAt: string;
  readonly chunk: string;
  readonly noData: string;
  readonly shortened: string;
}
