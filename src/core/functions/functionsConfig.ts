import { msg } from '../message.ts';
import type { DeclaredFunction } from './cloudbaserc.ts';
import { itemsOf, textOf, valueOf, type ConfigNode } from './configFormats.ts';
import { issue, type FunctionIssue } from './issue.ts';
import { joinFolders } from './folders.ts';

/**
 * Reads the functions of a cloudbase-functions.json: functions-framework runs them together, each on its routes.
 * Never throws. Source: functions-schema.json of @cloudbase/functions-framework 1.18.0.
 */
export function readFunctionsConfig(root: ConfigNode | null): {
  readonly functions: readonly DeclaredFunction[];
  readonly issues: readonly FunctionIssue[];
} {
  if (root?.kind !== 'object') {
    const span = root ?? { start: 0, end: 0 };
    return {
      functions: [],
      issues: [issue('config-shape', 'error', msg('A config should be an object.'), span)],
    };
  }
  const issues: FunctionIssue[] = [];
  const list = valueOf(root, 'functions');
  if (list !== undefined && list.kind !== 'list') {
    issues.push(issue('config-shape', 'error', msg('"functions" should be a list.'), list));
  }
  const functionsRoot = textOf(valueOf(root, 'functionsRoot')) ?? '';
  const functions = itemsOf(list).flatMap((node): DeclaredFunction[] => {
    const nameNode = valueOf(node, 'name');
    const name = textOf(nameNode) ?? '';
    if (name === '') {
      issues.push(issue('function-without-name', 'error', msg('A function without a name.'), node));
      return [];
    }
    return [
      {
        name,
        type: 'HTTP',
        folder: joinFolders(functionsRoot, textOf(valueOf(node, 'directory')) ?? ''),
        runtime: '',
        timeoutSeconds: null,
        memoryMb: null,
        environment: {},
        nameOffset: nameNode?.start ?? 0,
        kind: 'framework',
      },
    ];
  });
  return { functions, issues };
}
