/** Words of the tab of verdicts and findings. */
export interface ProblemsStrings {
  readonly label: string;
  /** The tone of a verdict, in a word. */
  readonly tones: Readonly<Record<'good' | 'neutral' | 'bad', string>>;
  readonly advice: string;
  readonly findings: string;
  readonly severities: Readonly<Record<'error' | 'warning' | 'info', string>>;
  readonly severity: string;
  readonly message: string;
  readonly event: string;
  readonly offset: string;
  /** `Show event {0}` */
  readonly showEvent: string;
  /** `{0}: {1} found, the first {2} are listed.` — code, how often, how many of them. */
  readonly notListed: string;
  /** `Show {0} more` */
  readonly showMore: string;
  readonly none: string;
  readonly noneSoFar: string;
  readonly checking: string;
}
