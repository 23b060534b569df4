import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { DeployedFunction } from '../../../../src/core/functions/deployed.ts';
import { functionFacts } from '../../../../src/core/functions/functionFacts.ts';
import {
  filterFunctions,
  mergeFunctions,
  NO_FILTER,
  type FilterKind,
  type FunctionState,
  type LocalFunction,
} from '../../../../src/core/functions/functionList.ts';
import { formatMessage } from '../../../../src/core/message.ts';

function deployedFunction(name: string, more: Partial<DeployedFunction> = {}): DeployedFunction {
  return {
    name,
    functionId: `lam-${name}`,
    type: 'HTTP',
    runtime: 'Nodejs20.19',
    handler: '',
    timeoutSeconds: 15,
    memoryMb: 256,
    status: 'Active',
    statusDescription: '',
    addedAt: '',
    modifiedAt: '2025-06-01 10:00:00',
    ...more,
  };
}

function localFunction(name: string, more: Partial<LocalFunction['declared']> = {}): LocalFunction {
  return {
    declared: { name, type: 'HTTP', runtime: 'Nodejs20.19', timeoutSeconds: 15, memoryMb: 256, ...more },
  };
}

describe('the list of functions', () => {
  it('merges local and deployed ones by name, sorted in any case', () => {
    const merged = mergeFunctions(
      [localFunction('chat'), localFunction('Beta', { type: 'Event' })],
      [
        deployedFunction('zeta', { type: 'unknown' }),
        deployedFunction('chat', { type: 'Event' }),
        deployedFunction('alpha'),
      ],
    );
    assert.deepEqual(
      merged.map(({ name, type, local, deployed }) => [name, type, local !== null, deployed !== null]),
      [
        ['alpha', 'HTTP', false, true],
        ['Beta', 'Event', true, false],
        ['chat', 'HTTP', true, true],
        ['zeta', 'unknown', false, true],
      ],
    );
  });

  it('takes names that differ in case for different functions, and shows what a config declares twice', () => {
    const merged = mergeFunctions(
      [localFunction('chat'), localFunction('chat')],
      [deployedFunction('Chat'), deployedFunction('chat')],
    );
    assert.deepEqual(
      merged.map(({ name, local, deployed }) => [name, local !== null, deployed?.name]),
      [
        ['chat', true, 'chat'],
        ['chat', true, 'chat'],
        ['Chat', false, 'Chat'],
      ],
    );
  });

  it('loses none, and has each name of either side', () => {
    const names = fc.array(fc.constantFrom('a', 'B', 'b', '__proto__', 'constructor', 'ä', 'f10', 'f9'));
    fc.assert(
      fc.property(names, names, (local, deployed) => {
        const merged = mergeFunctions(
          local.map((name) => localFunction(name)),
          deployed.map((name) => deployedFunction(name)),
        );
        assert.equal(merged.filter((one) => one.local !== null).length, local.length);
        assert.deepEqual(new Set(merged.map(({ name }) => name)), new Set([...local, ...deployed]));
        for (const { name, deployed: found } of merged)
          assert.equal(found !== null, (deployed as string[]).includes(name));
      }),
    );
  });

  it('is narrowed by words and kinds: one of each sort has to hold', () => {
    const merged = mergeFunctions(
      [localFunction('chat-api'), localFunction('nightly', { type: 'Event' })],
      [deployedFunction('chat-old'), deployedFunction('nightly', { type: 'Event' })],
    );
    const shown = (text: string, kinds: FilterKind[] = [], running: string[] = []): string[] => {
      const test = filterFunctions({ text, kinds });
      const states = (name: string): Set<FunctionState> => new Set(running.includes(name) ? ['running'] : []);
      return merged.filter((one) => test(one, states(one.name))).map(({ name }) => name);
    };
    assert.deepEqual(shown(''), ['chat-api', 'chat-old', 'nightly']);
    assert.deepEqual(shown('CHAT'), ['chat-api', 'chat-old']);
    assert.deepEqual(shown('  api  chat '), ['chat-api']);
    assert.deepEqual(shown('', ['HTTP']), ['chat-api', 'chat-old']);
    assert.deepEqual(shown('', ['HTTP', 'Event', 'local']), ['chat-api', 'nightly']);
    assert.deepEqual(shown('', ['Event', 'deployed']), ['nightly']);
    assert.deepEqual(shown('', ['running'], ['nightly']), ['nightly']);
    assert.deepEqual(shown('chat', ['running'], ['nightly']), []);
    assert.equal(
      merged.every((one) => filterFunctions(NO_FILTER)(one, new Set())),
      true,
    );
  });

  it('merges thousands in a moment', () => {
    const local = Array.from({ length: 500 }, (_, index) => localFunction(`f${index * 3}`));
    const deployed = Array.from({ length: 10_000 }, (_, index) => deployedFunction(`f${index}`));
    mergeFunctions(local, deployed);
    const before = performance.now();
    assert.equal(mergeFunctions(local, deployed).length, 10_000);
    assert.ok(performance.now() - before < 200);
  });
});

describe('the facts of a function', () => {
  const facts = (local: LocalFunction[], deployed: DeployedFunction[]): string[] =>
    mergeFunctions(local, deployed).flatMap((one) => functionFacts(one).map((line) => formatMessage(line)));

  it('name where it stands, and what it is deployed with', () => {
    assert.deepEqual(facts([], [deployedFunction('chat')]), [
      'HTTP function chat',
      'Deployed; its code is not in the workspace',
      'Runtime: Nodejs20.19',
      'Memory: 256 MB',
      'Time limit: 15 s',
      'Status: Active',
      'Modified: 2025-06-01 10:00:00 (the service names no time zone)',
    ]);
    assert.deepEqual(
      facts([localFunction('chat', { runtime: '', timeoutSeconds: null, memoryMb: null })], []),
      ['HTTP function chat', 'In the workspace'],
    );
  });

  it('show both where workspace and environment differ', () => {
    const deployed = deployedFunction('chat', {
      type: 'Event',
      memoryMb: 512,
      timeoutSeconds: 60,
      runtime: 'Nodejs18.15',
      status: 'UpdateFailed',
      statusDescription: 'no space',
      modifiedAt: '',
    });
    assert.deepEqual(facts([localFunction('chat')], [deployed]), [
      'HTTP function chat',
      'In the workspace and deployed',
      'Deployed as another type: Event',
      'Runtime: Nodejs20.19, deployed with Nodejs18.15',
      'Memory: 256 MB, deployed with 512 MB',
      'Time limit: 15 s, deployed with 60 s',
      'Status: UpdateFailed (no space)',
    ]);
  });

  it('guess no type', () => {
    const [first] = facts([], [deployedFunction('job', { type: 'unknown' })]);
    assert.equal(first, 'Function job: the environment does not say whether it is an HTTP function');
  });
});
