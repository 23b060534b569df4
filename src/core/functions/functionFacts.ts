import { msg, type Message } from '../message.ts';
import type { ListedFunction } from './functionList.ts';

/** Everything about a function, line by line; where workspace and environment differ, both. */
export function functionFacts({ name, type, local, deployed }: ListedFunction): readonly Message[] {
  const declared = local?.declared;
  const lines: (Message | null)[] = [
    type === 'HTTP'
      ? msg('HTTP function {0}', name)
      : type === 'Event'
        ? msg('Event function {0}: it cannot be called over HTTP', name)
        : msg('Function {0}: the environment does not say whether it is an HTTP function', name),
    local !== null && deployed === null ? msg('In the workspace') : null,
    local === null ? msg('Deployed; its code is not in the workspace') : null,
    local !== null && deployed !== null ? msg('In the workspace and deployed') : null,
    local !== null && deployed !== null && deployed.type !== 'unknown' && deployed.type !== type
      ? msg('Deployed as another type: {0}', deployed.type)
      : null,
    fact('runtime', declared?.runtime ?? '', deployed?.runtime ?? ''),
    fact('memory', megabytes(declared?.memoryMb), megabytes(deployed?.memoryMb)),
    fact('timeout', seconds(declared?.timeoutSeconds), seconds(deployed?.timeoutSeconds)),
    deployed === null || deployed.status === '' ? null : status(deployed.status, deployed.statusDescription),
    deployed === null || deployed.modifiedAt === ''
      ? null
      : msg('Modified: {0} (the service names no time zone)', deployed.modifiedAt),
  ];
  return lines.filter((line) => line !== null);
}

function status(word: string, description: string): Message {
  return description === '' ? msg('Status: {0}', word) : msg('Status: {0} ({1})', word, description);
}

/** Null where neither says anything. */
function fact(what: 'runtime' | 'memory' | 'timeout', declared: string, deployed: string): Message | null {
  if (declared === '' && deployed === '') return null;
  const value = declared === '' ? deployed : declared;
  if (declared === '' || deployed === '' || declared === deployed) {
    switch (what) {
      case 'runtime':
        return msg('Runtime: {0}', value);
      case 'memory':
        return msg('Memory: {0}', value);
      case 'timeout':
        return msg('Time limit: {0}', value);
    }
  }
  switch (what) {
    case 'runtime':
      return msg('Runtime: {0}, deployed with {1}', declared, deployed);
    case 'memory':
      return msg('Memory: {0}, deployed with {1}', declared, deployed);
    case 'timeout':
      return msg('Time limit: {0}, deployed with {1}', declared, deployed);
  }
}

function megabytes(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : `${value} MB`;
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : `${value} s`;
}
