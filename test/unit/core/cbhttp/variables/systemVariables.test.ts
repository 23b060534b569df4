import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatDate, unixSeconds } from '../../../../../src/core/cbhttp/variables/systemValues.ts';
import {
  readSystemVariable,
  SYSTEM_VARIABLES,
} from '../../../../../src/core/cbhttp/variables/systemVariables.ts';

describe('readSystemVariable', () => {
  const reasonOf = (expression: string): string => {
    const read = readSystemVariable(expression);
    return 'reason' in read ? read.reason : read.kind;
  };

  it('reads arguments, with and without quotes', () => {
    assert.deepEqual(readSystemVariable('$datetime "YYYY-MM-DD HH:mm"  -1   M'), {
      kind: 'datetime',
      isLocal: false,
      format: '"YYYY-MM-DD HH:mm"',
      shift: { amount: -1, unit: 'M' },
    });
    assert.deepEqual(readSystemVariable('$timestamp +2 ms'), {
      kind: 'timestamp',
      shift: { amount: 2, unit: 'ms' },
    });
    assert.deepEqual(readSystemVariable('$randomInt 9 -5'), { kind: 'randomInt', from: -5, to: 9 });
    assert.deepEqual(readSystemVariable('$randomInt'), { kind: 'randomInt', from: 0, to: 1000 });
    assert.deepEqual(readSystemVariable("$processEnv 'A_B'"), { kind: 'processEnv', name: 'A_B' });
    assert.deepEqual(readSystemVariable('$prompt Your name $value: Ada'), {
      kind: 'prompt',
      label: 'Your name',
      isHidden: false,
      initial: 'Ada',
    });
    assert.deepEqual(readSystemVariable('$password "the key"'), {
      kind: 'prompt',
      label: 'the key',
      isHidden: true,
      initial: '',
    });
  });

  it('knows what it lists, and names what it does not know', () => {
    for (const { name } of SYSTEM_VARIABLES) assert.notEqual(reasonOf(name), 'unknown-system', name);
    const read = readSystemVariable('$guuid x');
    assert.ok('reason' in read && read.reason === 'unknown-system' && read.message.args.includes('$guuid'));
  });

  it('refuses wrong arguments', () => {
    for (const wrong of [
      '$guid 1', '$timestamp 1', '$timestamp 1 x', '$datetime', '$datetime YYYY', '$datetime iso8601 1', '$randomInt 1',
      '$randomInt a b', '$randomInt 1.5 2', '$randomInt 1 2 3', '$dotenv', '$secret', '$secret a b', '$prompt', '$profile x',
    ]) assert.equal(reasonOf(wrong), 'arguments', wrong); // prettier-ignore
  });
});

describe('dates', () => {
  const now = new Date('2024-01-31T10:20:30.456Z');
  const write = (expression: string): string | null => {
    const use = readSystemVariable(expression);
    assert.ok('kind' in use && use.kind === 'datetime');
    return formatDate(now, use);
  };

  it('are written as REST Client writes them', () => {
    assert.equal(write('$datetime rfc1123'), 'Wed, 31 Jan 2024 10:20:30 GMT');
    assert.equal(write('$datetime iso8601 1 d'), '2024-02-01T10:20:30.456Z');
    assert.equal(write('$datetime "YYYY-MM-DD [at] HH:mm:ss.SSS"'), '2024-01-31 at 10:20:30.456');
    assert.equal(write('$datetime iso8601 1 M'), '2024-02-29T10:20:30.456Z'); // months end where they end
    assert.equal(write("$datetime 'DD/MM/YY' -1 y"), '31/01/23');
    assert.equal(write('$datetime "d" 1 w'), '3');
  });

  it('are local where that is asked', () => {
    const offset = -now.getTimezoneOffset();
    const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}`;
    assert.ok(write('$localDatetime iso8601')?.includes(`${zone}:`));
    assert.equal(write('$localDatetime "HH"'), String(now.getHours()).padStart(2, '0'));
    assert.ok(write('$localDatetime rfc1123')?.startsWith('Wed, 31 Jan 2024') ?? false);
  });

  it('end with the years that dates have', () => {
    assert.equal(write('$datetime iso8601 999999999 y'), null);
    assert.equal(unixSeconds(now, { amount: -999999999, unit: 'y' }), null);
  });

  it('count seconds', () => {
    assert.equal(unixSeconds(now, null), '1706696430');
    assert.equal(unixSeconds(now, { amount: 2, unit: 'h' }), '1706703630');
  });
});
