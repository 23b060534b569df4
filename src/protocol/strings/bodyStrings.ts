/** Words of the tab of a body that is no event stream. */
export interface BodyStrings {
  readonly label: string;
  readonly empty: string;
  readonly waiting: string;
  /** `Only the beginning of {0} is shown. …`: of how many bytes. */
  readonly shortened: string;
  /** Of an image too large to be handed over whole. */
  readonly imageTooLarge: string;
}
