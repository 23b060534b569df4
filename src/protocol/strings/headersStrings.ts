/** Words of the tab of headers. */
export interface HeadersStrings {
  readonly label: string;
  readonly response: string;
  readonly request: string;
  readonly name: string;
  readonly value: string;
  readonly copyResponse: string;
  readonly copyRequest: string;
  readonly noResponseYet: string;
  readonly noResponse: string;
  readonly noHeaders: string;
  /** Where a value is masked. */
  readonly masked: string;
}
