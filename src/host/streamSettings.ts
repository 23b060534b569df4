import type * as vscode from 'vscode';
import { readSetting } from './contributions.ts';

/** Where panels open: in an editor group beside the request's, in the request's own, or in the bottom panel. */
export type PanelLocation = 'beside' | 'active' | 'bottom';

/** How streams are kept, read and shown. */
export interface StreamSettings {
  /** Bytes of one answer to hold in memory before older ones go to a temporary file. */
  readonly memoryBytes: number;
  /** JSONPath of the text in an event; empty for finding out. */
  readonly textPath: string;
  readonly location: PanelLocation;
}

const MEGABYTE = 1024 * 1024;

/** The settings as they are now; what is not as it should be counts as its default. */
export function readStreamSettings(scope: vscode.ConfigurationScope): StreamSettings {
  const megabytes = readSetting('cbhttp.stream.memoryLimitMb', scope);
  const textPath = readSetting('cbhttp.stream.textPath', scope);
  const location = readSetting('cbhttp.stream.location', scope);
  return {
    memoryBytes: (typeof megabytes === 'number' && megabytes >= 1 ? megabytes : 256) * MEGABYTE,
    textPath: typeof textPath === 'string' ? textPath.trim() : '',
    location: location === 'active' || location === 'bottom' ? location : 'beside',
  };
}
