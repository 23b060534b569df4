import type * as vscode from 'vscode';
import type { FunctionState, ListedFunction } from '../core/functions/functionList.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { NamedFunction, ProfileReference, RequestReference } from './contributions.ts';
import type { LocalState } from './localFunctions.ts';
import type { RecentRun } from './recentRuns.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

/** What the view of the functions shows. Where commands take an argument, a node is that argument. */
export type TreeNode =
  FolderNode | EnvironmentNode | FunctionNode | NoticeNode | UrlNode | RequestNode | RunsNode | RunNode;

/** A workspace folder, where several have functions. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly children: readonly TreeNode[];
}

/** What is only deployed, where several folders have functions. */
export interface EnvironmentNode {
  readonly kind: 'environment';
  readonly profile: Profile;
  /** Of the listing; 0 for never. */
  readonly fetchedMs: number;
  readonly children: readonly TreeNode[];
}

/** A function. The same object as long as there is one of its name at its place. */
export interface FunctionNode {
  readonly kind: 'function';
  readonly id: string;
  reference: NamedFunction;
  listed: ListedFunction<WorkspaceFunction>;
  /** True where it is known what is deployed. */
  isListingKnown: boolean;
  state: LocalState | undefined;
  /** Of files of its folder. */
  problemCount: number;
  states: ReadonlySet<FunctionState>;
}

/** Something to know or to do besides functions. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: 'error' | 'warning' | 'key' | 'info' | 'add';
  readonly contextValue: string;
  readonly command: vscode.Command;
  /** Whose environment it is about. */
  readonly profile?: ProfileReference['profile'];
  readonly uri?: string;
}

/** A way to call a function. */
export interface UrlNode {
  readonly kind: 'url';
  readonly url: string;
  readonly label: string;
  readonly tooltip: string;
}

/** A saved request. */
export interface RequestNode extends RequestReference {
  readonly kind: 'request';
  readonly label: string;
  /** Method and target as written. */
  readonly line: string;
  /** 0-based line of the request line. */
  readonly at: number;
  readonly isRunning: boolean;
  /** In words; empty where it was not sent. */
  readonly result: string;
  readonly hasFailed: boolean;
}

/** What was sent to a function lately. */
export interface RunsNode {
  readonly kind: 'runs';
  readonly runs: readonly RunNode[];
}

export interface RunNode extends RequestReference {
  readonly kind: 'run';
  readonly run: RecentRun;
  readonly result: string;
  readonly hasFailed: boolean;
}
