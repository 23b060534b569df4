import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Socket } from 'node:net';
import { createHash } from 'node:crypto';
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { OwnedTransport } from '../../src/net/wireTransport.ts';
import { makeTransport, sendText } from '../support/sendText.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { eventually } from '../support/until.ts';

const SIZE = 5_000_001;

describe('Uploads', () => {
  let folder: TemporaryFolder;
  let transport: OwnedTransport;
  const server = createServer((incoming, answer) => {
    const hash = createHash('sha256');
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    incoming.on('end', () => {
      const { 'content-length': length, 'transfer-encoding': coding } = incoming.headers;
      answer.end(JSON.stringify({ bytes, sha256: hash.digest('hex'), length, coding }));
    });
    incoming.on('error', () => {});
  });
  let origin: string;
  let file: string;
  let content: Buffer;
  before(async () => {
    folder = await makeTemporaryFolder();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    content = Buffer.from(Array.from({ length: SIZE }, (_, index) => (index * 31 + (index >> 9)) & 0xff));
  });
  beforeEach(() => {
    transport = makeTransport();
    file = path.join(folder.dir, 'large.bin');
    writeFileSync(file, content);
  });
  afterEach(() => transport.dispose());
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await folder.dispose();
  });

  const send = (text: string, to = origin) =>
    sendText(text.replace('{origin}', to), { transport, folder: folder.dir });
  const sha256 = (...parts: readonly (Buffer | string)[]): string => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };

  it('stream a file from disk, with its length', async () => {
    const { prepared, done } = await send('POST {origin}/\n\n< large.bin');
    assert.ok(prepared.wire.body !== null && !(prepared.wire.body instanceof Uint8Array));
    const { body, end } = await done;
    assert.equal(end.reason, 'complete', end.error?.message);
    assert.deepEqual(JSON.parse(body.toString()), {
      bytes: SIZE,
      sha256: sha256(content),
      length: String(SIZE),
    });
  });

  it('stream the parts of a multipart body among its lines', async () => {
    const text = [
      'POST {origin}/',
      'Content-Type: multipart/form-data; boundary=b',
      '',
      '--b',
      'Content-Disposition: form-data; name="a"',
      '',
      '值',
      '--b',
      'Content-Disposition: form-data; name="f"; filename="large.bin"',
      '',
      '< large.bin',
      '--b--',
      '',
    ].join('\n');
    const { body } = await (await send(text)).done;
    const head =
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n值\r\n' +
      '--b\r\nContent-Disposition: form-data; name="f"; filename="large.bin"\r\n\r\n';
    const sent = JSON.parse(body.toString()) as { bytes: number; sha256: string; length: string };
    assert.equal(sent.length, String(sent.bytes));
    assert.ok(
      [sha256(head, content, '\r\n--b--'), sha256(head, content, '\r\n--b--\r\n')].includes(sent.sha256),
    );
  });

  it('follow a redirect with the same file', async () => {
    const redirecting = createServer((incoming, answer) => {
      incoming.resume().on('end', () => answer.writeHead(307, { Location: `${origin}/` }).end());
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const from = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
    const { body } = await (await send('PUT {origin}/\n\n< large.bin', from)).done;
    redirecting.closeAllConnections();
    await new Promise((resolve) => redirecting.close(resolve));
    assert.equal((JSON.parse(body.toString()) as { sha256: string }).sha256, sha256(content));
  });

  it('are refused where the file changes its length meanwhile', async () => {
    for (const change of [
      () => truncateSync(file, 1000),
      () => appendFileSync(file, 'more'),
      () => truncateSync(file, 0),
    ]) {
      writeFileSync(file, content);
      // Preparing has looked at the file, sending reads it.
      const pending = send('POST {origin}/\n\n< large.bin');
      const { done } = await pending.then((sent) => {
        change();
        return sent;
      });
      const { end } = await done;
      assert.equal(end.error?.code, 'body-file');
      assert.match(end.error.message, /large\.bin was changed/);
    }
  });

  it('stop when cancelled, with a server that does not read', async () => {
    const sockets = new Set<Socket>();
    const silent = createTcp({ pauseOnConnect: true }, (socket) => {
      sockets.add(socket.on('error', () => {}));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    writeFileSync(file, Buffer.alloc(30_000_000));
    const { done, cancel } = await send('POST {origin}/\n\n< large.bin', to);
    await eventually('connected', () => sockets.size === 1);
    cancel();
    assert.equal((await done).end.reason, 'cancelled');
    const [socket] = sockets;
    const closed = new Promise((resolve) => socket?.once('close', resolve));
    socket?.resume(); // to see the end
    await closed;
    await new Promise((resolve) => silent.close(resolve));
  });

  it('encode text in the charset that Content-Type names, or say why not', async () => {
    const { body } = await (await send('POST {origin}/\nContent-Type: text/plain; charset=GBK\n\n中文')).done;
    const sent = JSON.parse(body.toString()) as { sha256: string };
    assert.equal(sent.sha256, sha256(Buffer.from('d6d0cec4', 'hex')));
    for (const text of ['charset=gbk\n\n😀', 'charset=nonsense\n\n中']) {
      await assert.rejects(send(`POST {origin}/\nContent-Type: text/plain; ${text}`), {
        name: 'CbError',
        code: 'unsupported',
      });
    }
  });
});
