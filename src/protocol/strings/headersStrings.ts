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
  /** How it was sent. */
  readonly sent: string;
  readonly profile: string;
  readonly route: string;
  /** For a URL that no route made. */
  readonly noRoute: string;
  readonly functionName: string;
  /** `Redirect ({0})`: a status. */
  readonly redirect: string;
  readonly version: string;
  readonly connection: string;
  readonly reused: string;
  readonly fresh: string;
  readonly server: string;
  readonly proxyAddress: string;
  readonly proxy: string;
  readonly certificate: string;
  readonly checked: string;
  readonly notChecked: string;
  /** Where a value is masked. */
  readonly masked: string;
}
