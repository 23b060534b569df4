/** Words of the tab of the assembled text. */
export interface TextStrings {
  readonly label: string;
  /** Names the choice between the channels. */
  readonly channels: string;
  readonly all: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly refusal: string;
  /** A tool call whose tool has no name. */
  readonly toolCall: string;
  /** `{0} ({1})`: one of several channels of a kind. */
  readonly labelled: string;
  /** `{0} {0|character|characters}` */
  readonly characters: string;
  readonly followEnd: string;
  /** `Only the first {0} characters are shown. …` */
  readonly shortened: string;
  readonly noTextYet: string;
  readonly noText: string;
}
