import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import { closeAll, hoverText, languageReady, openAt } from './editor.ts';

describe('hover', () => {
  before(languageReady);
  after(closeAll);

  it('says a variable’s value and where it comes from', async () => {
    assert.match(await hoverOf('@user = ada\nGET http://127.0.0.1/{{us▮er}}'), /ada[^]*this file, line 1/);
    assert.match(await hoverOf('GET http://127.0.0.1/{{greet▮ing}}'), /hi[^]*profile "local"/);
    assert.match(await hoverOf('GET http://127.0.0.1/{{te▮am}}'), /blue[^]*\$shared/);
    assert.match(await hoverOf('GET http://127.0.0.1/{{no▮pe}}'), /has no value/);
  });

  it('masks a secret', async () => {
    const text = await hoverOf('GET http://127.0.0.1/\nAuthorization: Bearer {{$secret to▮ken}}');
    assert.match(text, /\*\*\*/);
  });

  it('says where a function’s target leads, by which profile and route', async () => {
    const local = await hoverOf('GET fn://hel▮lo/api?x=1');
    assert.match(local, /http:\/\/127\.0\.0\.1:9000\/api\?x=1/);
    assert.match(local, /Profile: local[^]*Route: local[^]*Function: hello/);
    const dev = await hoverOf('# @profile dev\nGET fn://hel▮lo/api');
    assert.match(dev, /https:\/\/my-dev-1a2b\.api\.tcloudbasegateway\.com\/v1\/functions\/hello\/api/);
    assert.match(dev, /Route: gateway[^]*X-Tcb-Webfn: true/);
  });

  it('says what a header, a media type, a method, a directive and a status mean', async () => {
    assert.match(await hoverOf('GET http://127.0.0.1/\nAcc▮ept: */*'), /Accept/);
    assert.match(await hoverOf('GET http://127.0.0.1/\nAccept: text/event-str▮eam'), /text\/event-stream/);
    assert.match(await hoverOf('P▮OST http://127.0.0.1/'), /POST/);
    assert.match(await hoverOf('# @time▮out 3s\nGET http://127.0.0.1/'), /@timeout/);
    assert.match(await hoverOf('GET http://127.0.0.1/\n\n?? status == 4▮04'), /404 Not Found/);
  });

  it('does not say again what a problem says there', async () => {
    const { uri, position } = await openAt('GET http://127.0.0.1/{{$no▮pe}}');
    const said = () =>
      vscode.languages.getDiagnostics(uri).filter(({ range }) => range.contains(position)).length > 0;
    await eventually('a problem at the variable', said);
    assert.equal(await hoverText(uri, position), '');
  });

  it('says nothing where there is nothing to say', async () => {
    const { uri, position } = await openAt('POST http://127.0.0.1/\n\nplain te▮xt');
    assert.equal(await hoverText(uri, position), '');
  });
});

async function hoverOf(marked: string): Promise<string> {
  const { uri, position } = await openAt(marked);
  let text = '';
  await eventually(`a hover in ${marked}`, async () => (text = await hoverText(uri, position)) !== '');
  return text;
}
