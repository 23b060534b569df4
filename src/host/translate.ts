import * as vscode from 'vscode';
import { formatMessage, type Message, type Translate } from '../core/message.ts';

/** A template in the display language; `vscode.l10n.t` in core's shape. */
export const translate: Translate = (text, ...args) => vscode.l10n.t(text, ...args);

/** A core message in the display language. */
export function say(message: Message): string {
  return formatMessage(message, translate);
}
