import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  fieldsOf,
  readEnvironmentInfo,
  readEnvironments,
  readFunction,
  readFunctions,
  readRoutes,
} from '../../../../src/core/functions/deployed.ts';
import { logQuery, logTime, readLogs } from '../../../../src/core/functions/deployedLogs.ts';
import { explainFailure, readManagementReply } from '../../../../src/core/functions/managementReply.ts';
import { formatMessage } from '../../../../src/core/message.ts';

describe('what the management API lists', () => {
  it('environments, without those that have no id', () => {
    const response = {
      EnvList: [
        { EnvId: 'my-dev-1a2b', Alias: 'dev', Status: 'NORMAL', Region: 'ap-shanghai' },
        { Alias: 'x' },
        1,
      ],
    };
    const environment = {
      envId: 'my-dev-1a2b',
      alias: 'dev',
      status: 'NORMAL',
      region: 'ap-shanghai',
      packageName: '',
      envType: '',
    };
    assert.deepEqual(readEnvironments(response), [environment]);
    assert.deepEqual(readEnvironmentInfo({ EnvInfo: { EnvBaseInfo: response.EnvList[0] } }), environment);
    assert.equal(readEnvironmentInfo({ EnvInfo: null }), null);
  });

  it('functions: a type that is not said is not guessed', () => {
    const types = ['HTTP', 'Event', undefined, 'http', 1].map(
      (Type) =>
        readFunction({ FunctionName: 'f', Type, Runtime: 'Nodejs20.19', Handler: 'scf_bootstrap' })?.type,
    );
    assert.deepEqual(types, ['HTTP', 'Event', 'unknown', 'unknown', 'unknown']);
    assert.deepEqual(
      readFunctions({ Functions: [{ FunctionName: 'f', Timeout: 60, MemorySize: 'no' }, {}] }),
      {
        items: [
          {
            name: 'f',
            functionId: '',
            type: 'unknown',
            runtime: '',
            handler: '',
            timeoutSeconds: 60,
            memoryMb: null,
            status: '',
            statusDescription: '',
            addedAt: '',
            modifiedAt: '',
          },
        ],
        total: null,
      },
    );
  });

  it('routes of each domain: on unless switched off, to a function only where it is an HTTP function', () => {
    const { items, total } = readRoutes({
      Domains: [
        {
          Domain: 'a.example',
          IsDefault: true,
          Enable: true,
          Routes: [
            { Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' },
            { Path: '/old', UpstreamResourceType: 'SCF', UpstreamResourceName: 'old', Enable: false },
          ],
        },
        { Domain: 'b.example', IsDefault: false, Enable: false, Routes: [{ Path: '/' }] },
        { Domain: 'c.example' },
      ],
      TotalCount: 3,
    });
    assert.equal(total, 3);
    assert.deepEqual(
      items.map((routes) => routes.map((route) => Object.values(route) as unknown[])),
      [
        [
          ['a.example', true, '/chat', 'chat', true],
          ['a.example', true, '/old', null, false],
        ],
        [['b.example', false, '/', null, false]],
        [],
      ],
    );
  });

  it('log lines, the next page, and how both are asked for', () => {
    const content = '{"message":"你好","level":"WARN","request_id":"r1"}';
    assert.deepEqual(
      readLogs({
        LogResults: {
          Context: 'c2',
          ListOver: false,
          Results: [{ Timestamp: '2025-06-01 10:00:00', Content: content }, { Content: 'no JSON' }],
        },
      }),
      {
        logs: [
          { time: '2025-06-01 10:00:00', content, text: '你好', level: 'WARN', requestId: 'r1' },
          { time: '', content: 'no JSON', text: 'no JSON', level: '', requestId: '' },
        ],
        next: 'c2',
      },
    );
    assert.equal(readLogs({ LogResults: { Context: 'c3', ListOver: true } }).next, null);
    assert.equal(
      logQuery({ functionName: 'chat', requestId: 'a"b' }),
      'function_name:"chat" AND request_id:"a\\"b"',
    );
    assert.equal(logQuery({}), '');
    assert.equal(logTime(Date.UTC(2025, 0, 31, 20, 5, 6, 789), 480), '2025-02-01 04:05:06');
  });

  it('reads any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value: unknown) => {
        const fields = fieldsOf(value);
        const wrapped = {
          EnvList: value,
          Functions: value,
          Domains: value,
          LogResults: value,
          EnvInfo: value,
        };
        for (const read of [readEnvironments, readEnvironmentInfo, readFunctions, readRoutes, readLogs]) {
          read(fields);
          read(wrapped);
          read({ ...wrapped, Functions: [value], Domains: [{ Routes: [value] }], EnvList: [value] });
        }
        readManagementReply(JSON.stringify(value));
        readManagementReply(JSON.stringify({ Response: value }));
      }),
    );
  });
});

describe('a reply of the management API', () => {
  it('is its content, its failure, or not its own', () => {
    assert.deepEqual(readManagementReply('{"Response":{"TotalCount":1,"RequestId":"r"}}'), {
      response: { TotalCount: 1, RequestId: 'r' },
    });
    assert.deepEqual(
      readManagementReply('{"Response":{"Error":{"Code":"AuthFailure","Message":"m"},"RequestId":"r"}}'),
      { failure: { code: 'AuthFailure', message: 'm', requestId: 'r' } },
    );
    for (const foreign of ['<html>', '', '[]', '{"Response":1}', '{"code":"INVALID_ENV"}']) {
      assert.equal(readManagementReply(foreign), null);
    }
  });

  const words: readonly (readonly [string, RegExp])[] = [
    ['AuthFailure.SecretIdNotFound', /no such SecretId/],
    ['AuthFailure.SignatureExpire', /clock/],
    ['AuthFailure.SignatureFailure', /Check SecretId and SecretKey/],
    ['AuthFailure.TokenFailure', /session token/],
    ['AuthFailure.UnauthorizedOperation', /may not do this/],
    ['UnauthorizedOperation', /may not do this/],
    ['UnauthorizedOperation.CAM', /may not do this/],
    ['ResourceNotFound.Function', /no function of this name/],
    ['ResourceNotFound.FunctionName', /no function of this name/],
    ['RequestLimitExceeded', /Too many requests/],
    ['RequestLimitExceeded.UinLimitExceeded', /Too many requests/],
    ['InternalError', /The management API refused/],
  ];
  for (const [code, expected] of words) {
    it(`says what ${code} means`, () => {
      const text = formatMessage(explainFailure({ code, message: 'its own words', requestId: 'r' }));
      assert.match(text, expected);
      assert.ok(text.includes(`${code}: its own words`), text);
    });
  }
});
