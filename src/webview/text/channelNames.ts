import type { ChannelSnapshot } from '../../protocol/messages.ts';
import type { TextStrings } from '../../protocol/strings/textStrings.ts';
import { assertNever } from '../assertNever.ts';
import { fill } from '../format.ts';
import { visibleLine } from '../content/visibleControls.ts';

/** Characters of a name that comes from the server. */
const MAX_LABEL_LENGTH = 40;

/** What the channels are called, in their order, no two alike. */
export function channelNames(channels: readonly ChannelSnapshot[], strings: TextStrings): string[] {
  const names = new Set<string>();
  for (const channel of channels) {
    const name = channelName(channel, strings);
    let unique = name;
    for (let number = 2; names.has(unique); number++) unique = `${name} #${number}`;
    names.add(unique);
  }
  return [...names];
}

function channelName({ kind, label }: ChannelSnapshot, strings: TextStrings): string {
  const cut = label.length > MAX_LABEL_LENGTH ? `${label.slice(0, MAX_LABEL_LENGTH)}…` : label;
  const shown = visibleLine(cut);
  const labelled = (name: string): string => (shown === '' ? name : fill(strings.labelled, name, shown));
  switch (kind) {
    case 'content':
      return labelled(strings.answer);
    case 'reasoning':
      return labelled(strings.reasoning);
    case 'refusal':
      return labelled(strings.refusal);
    case 'tool':
      return shown === '' ? strings.toolCall : shown;
    default:
      return assertNever(kind);
  }
}
