import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { routeTo, type ServiceRoute } from '../../../../src/core/profiles/serviceRoutes.ts';

const route = (
  path: string,
  functionName: string | null,
  more: Partial<ServiceRoute> = {},
): ServiceRoute => ({
  domain: 'd.example',
  isDefaultDomain: false,
  path,
  functionName,
  isEnabled: true,
  ...more,
});

describe('routeTo', () => {
  const pathOf = (routes: readonly ServiceRoute[], subPath = '/x') => routeTo('chat', subPath, routes)?.path;

  it('takes the longest route of the function, a custom domain before the default one', () => {
    assert.equal(
      pathOf([route('/', 'chat'), route('/api/chat', 'chat'), route('/api', 'other')]),
      '/api/chat',
    );
    const two = [
      route('/long/chat', 'chat', { isDefaultDomain: true, domain: 'e.tcloudbase.com' }),
      route('/chat', 'chat'),
    ];
    assert.equal(pathOf(two), '/chat');
    assert.equal(pathOf([route('/chat', 'other')]), undefined);
  });

  it('takes none that is switched off, and none from where a longer one leads to another function', () => {
    assert.equal(pathOf([route('/chat', 'chat', { isEnabled: false })]), undefined);
    const routes = [route('/', 'chat'), route('/x', 'other')];
    assert.equal(pathOf(routes, '/x/y?q=1'), undefined);
    assert.equal(pathOf(routes, '/xy'), '/');
    assert.equal(pathOf(routes, ''), '/');
    assert.equal(pathOf([route('/', 'chat'), route('/x', 'other', { domain: 'elsewhere' })], '/x'), '/');
    assert.equal(pathOf([route('/', 'chat'), route('/x', null)], '/x#part'), undefined);
  });

  it('cares for slashes at a route’s ends no more than the service', () => {
    assert.equal(pathOf([route('chat/', 'chat'), route('/chat', 'other', { isEnabled: false })]), 'chat/');
  });
});
