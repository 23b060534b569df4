import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { consoleUrl } from '../../../../src/core/functions/consoleUrl.ts';
import { functionUrls } from '../../../../src/core/functions/functionUrls.ts';
import { readProfiles, type Profile } from '../../../../src/core/profiles/profile.ts';
import type { ServiceRoute } from '../../../../src/core/profiles/serviceRoutes.ts';

function profileOf(setting: Record<string, unknown>): Profile {
  return readProfiles({ one: setting }, 'one').active;
}

const routes: readonly ServiceRoute[] = [
  { domain: 'api.example.com', isDefaultDomain: false, path: '/chat', functionName: 'chat', isEnabled: true },
  { domain: 'api.example.com', isDefaultDomain: false, path: '/off', functionName: 'chat', isEnabled: false },
  { domain: 'api.example.com', isDefaultDomain: false, path: '/', functionName: 'other', isEnabled: true },
  {
    domain: 'my-dev-1.ap-shanghai.app.tcloudbase.com',
    isDefaultDomain: true,
    path: '/chat/',
    functionName: 'chat',
    isEnabled: true,
  },
  { domain: null, isDefaultDomain: true, path: '/c2', functionName: 'chat', isEnabled: true },
];
const gateway = 'https://my-dev-1.api.tcloudbasegateway.com/v1/functions/chat';

describe('the URLs of a function', () => {
  it('are those of the HTTP API, of every route that is on, and of this machine', () => {
    const profile = profileOf({ envId: 'my-dev-1' });
    assert.deepEqual(functionUrls('chat', { profile, routes, isLocal: true, port: 9005 }), [
      { route: 'gateway', url: gateway, isDefaultDomain: false },
      { route: 'service', url: 'https://api.example.com/chat', isDefaultDomain: false },
      {
        route: 'service',
        url: 'https://my-dev-1.ap-shanghai.app.tcloudbase.com/chat',
        isDefaultDomain: true,
      },
      { route: 'local', url: 'http://127.0.0.1:9005/', isDefaultDomain: false },
    ]);
  });

  it('take a profile’s base URL and ports for its own route alone', () => {
    const service = profileOf({ envId: 'my-dev-1', route: 'service', baseUrl: 'https://own.example' });
    assert.deepEqual(
      functionUrls('chat', { profile: service, routes: [], isLocal: true, port: undefined }).map(
        ({ url }) => url,
      ),
      [gateway, 'https://own.example/', 'http://127.0.0.1:9000/'],
    );
    const local = profileOf({ route: 'local', functions: { chat: 9702 } });
    assert.deepEqual(
      functionUrls('chat', { profile: local, routes: [], isLocal: true, port: undefined }).map(
        ({ url }) => url,
      ),
      ['http://127.0.0.1:9702/'],
    );
  });

  it('are none where there is no environment and no code', () => {
    const profile = profileOf({ route: 'local' });
    assert.deepEqual(functionUrls('chat', { profile, routes: [], isLocal: false, port: undefined }), []);
  });
});

describe('the console’s page', () => {
  it('is that of the site, of the function where one is named', () => {
    assert.equal(
      consoleUrl({ site: 'domestic', envId: 'my-dev-1' }, 'chat'),
      'https://tcb.cloud.tencent.com/dev?envId=my-dev-1#/scf/detail?id=chat&NameSpace=my-dev-1',
    );
    assert.equal(
      consoleUrl({ site: 'intl', envId: 'a&b' }, null),
      'https://tcb.tencentcloud.com/dev?envId=a%26b#/scf',
    );
  });
});
