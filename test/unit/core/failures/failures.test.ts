import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import translations from '../../../../l10n/bundle.l10n.zh-cn.json';
import { CbError } from '../../../../src/core/errors.ts';
import { explainError, firstAdvice } from '../../../../src/core/failures/explain.ts';
import { failed } from '../../../../src/core/failures/failed.ts';
import { failures, type FailureKind } from '../../../../src/core/failures/failures.ts';
import { gatewayFailures, gatewayPage } from '../../../../src/core/failures/gateway.ts';
import { scfFailures, timeLimitFailures } from '../../../../src/core/failures/platform.ts';
import { adviceIn, ANYWHERE, said, type FailureRow } from '../../../../src/core/failures/row.ts';
import { unexpectedFailures } from '../../../../src/core/failures/unexpected.ts';
import { formatMessage, msg, type Message } from '../../../../src/core/message.ts';
import type { Route } from '../../../../src/core/profiles/profile.ts';
import { gatewayErrorCodes, scfStatuses } from '../../../support/gateway/errorCodes.ts';
import { repositoryDir } from '../../../support/paths.ts';

type Row = Omit<FailureRow, 'code'>;

const sending = Object.entries(failures) as [FailureKind, FailureRow][];
const rows = new Map<string, Row>([
  ...sending,
  ...Object.entries({ ...gatewayFailures, ...scfFailures, ...timeLimitFailures, ...unexpectedFailures }),
]);

/** Failures whose words say already what to do, or that want nothing done. */
const withoutAdvice = new Set([
  'usage', // its words are followed by how the command is called
  'parse', // they stand at the place in the text
  'sub-path-body', // they name the setting
  'cancelled', // by the user
  'missing-credential-variable', // they name the variable
  'missing-secret-variable',
  'cli-login', // they name the command
]);

/** The message of a row, with facts that any row can take. */
function wordsOf(row: Row): Message {
  const facts = { subject: 's', issuer: 'i', validFrom: 'f', validTo: 't', names: 'n' };
  const message = row.message as (...given: readonly unknown[]) => Message;
  return row.message === said ? msg('Said where it is found.') : message('fact', facts, 'fact');
}

function everyAdvice(row: Row): Message[] {
  const routes: (Route | null)[] = ['gateway', 'service', 'local', null];
  return routes.flatMap((route) => adviceIn(row, { route, functionName: 'chat', profile: 'dev' }));
}

describe('The table of failures', () => {
  it('has words and advice for each, or says why there is none', () => {
    for (const [kind, row] of rows) {
      assert.ok(formatMessage(wordsOf(row)).length > 5, kind);
      assert.equal(everyAdvice(row).length === 0, withoutAdvice.has(kind), `${kind} has advice`);
    }
  });

  it('has all of it in Chinese', () => {
    const bundle: Readonly<Record<string, string>> = translations;
    for (const [kind, row] of rows) {
      const texts = [...everyAdvice(row), ...adviceIn(row, ANYWHERE)].map(({ text }) => text);
      if (row.message !== said) texts.push(wordsOf(row).text);
      for (const text of texts) assert.ok(bundle[text] !== undefined, `${kind}: ${text}`);
    }
  });

  it('has a row for every code, and no code without its row', () => {
    for (const [kind, { code }] of sending) assert.ok(code in failures, kind);
    assert.deepEqual(Object.keys(gatewayFailures).sort(), [...gatewayErrorCodes].sort());
    assert.deepEqual(
      Object.keys(scfFailures),
      Object.keys(scfStatuses).map((status) => `scf-${status}`),
    );
  });

  it('has no row that nothing makes', () => {
    const sources = readdirSync(path.join(repositoryDir, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== path.join('core', 'errors.ts'))
      .filter((file) => {
        const isTable = path.dirname(file) === path.join('core', 'failures');
        return !isTable || /explain|watch/.test(path.basename(file));
      })
      .map((file) => readFileSync(path.join(repositoryDir, 'src', file), 'utf8'));
    const steps = ['dns', 'tcp', 'proxy', 'tls'].map((step) => `connect-timeout-${step}`);
    const looked = new Set([...steps, ...Object.keys(gatewayFailures), ...Object.keys(scfFailures)]);
    for (const kind of rows.keys()) {
      const isMade = looked.has(kind) || sources.some((source) => source.includes(`'${kind}'`));
      assert.ok(isMade, `nothing makes ${kind}`);
    }
  });

  it('links a gateway’s code to its page', () => {
    assert.equal(gatewayPage('SYS_ERR'), 'https://docs.cloudbase.net/error-code/SYS_ERR');
  });
});

describe('CbError', () => {
  it('has the advice and page of its row, and is explained by its circumstances', () => {
    const error = failed('connection-refused', ['127.0.0.1:9000']);
    assert.equal(error.code, 'connection-refused');
    assert.equal(firstAdvice(error)?.text, 'Check the address, and that a server listens there.');
    const local = explainError(error, { route: 'local', functionName: 'chat', profile: 'dev' });
    assert.match(formatMessage(local.advice[0] ?? msg('none')), /"chat" running/);
    const thrown = new CbError('parse', msg('Not so.'));
    assert.deepEqual(
      [thrown.kind, firstAdvice(thrown), explainError(thrown, ANYWHERE).page],
      ['parse', null, null],
    );
  });

  it('tells failures of one code apart', () => {
    const missing = failed('body-file-missing', ['a.bin'], { span: { start: 1, end: 2 } });
    const outside = failed('body-file-outside', ['a.bin']);
    assert.deepEqual([missing.code, outside.code], ['body-file', 'body-file']);
    assert.notDeepEqual(firstAdvice(missing), firstAdvice(outside));
    assert.deepEqual(missing.span, { start: 1, end: 2 });
  });
});
