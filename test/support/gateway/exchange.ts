import { randomUUID } from 'node:crypto';
import { request as sendRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayOutcome } from './cloud.ts';
import { statusOf } from './errorCodes.ts';
import type { GatewayErrorCode } from './errorCodes.ts';

/** A call of a function behind the double. */
export interface FunctionCall {
  readonly port: number;
  readonly method: string;
  /** Path and query as the function sees them. */
  readonly path: string;
  /** Headers the function does not see; lower case. */
  readonly withheld: ReadonlySet<string>;
  /** In place of the request's own body. */
  readonly body?: Buffer;
  /** ms that the invocation may take; 0 for any. */
  readonly timeoutMs: number;
}

/** Documented limits [D]; that they count in units of 1024 is [I]. */
const maxTextBytes = 100 * 1024;
const maxOtherBytes = 6 * 1024 * 1024;

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** One request on its way through: refused, answered, or passed to a function whose answer is passed back as it comes. */
export class Exchange {
  readonly requestId = randomUUID();
  readonly closed: Promise<GatewayOutcome>;
  readonly incoming: IncomingMessage;
  readonly #reply: ServerResponse;
  #upstream: ClientRequest | undefined;
  #isCut = false;
  #cutAfterBytes = Infinity;

  constructor(incoming: IncomingMessage, reply: ServerResponse) {
    this.incoming = incoming;
    this.#reply = reply;
    this.closed = new Promise((resolve) => {
      reply.once('close', () => {
        // Whoever ended it: the function must not go on for a client that is gone.
        this.#upstream?.destroy();
        if (reply.writableFinished) {
          resolve('answered');
        } else {
          resolve(this.#isCut ? 'cut' : 'client left');
        }
      });
    });
  }

  /** The gateway's own error [D]; the answer is cut where it has begun. */
  refuse(code: GatewayErrorCode | 'INVALID_PATH', message: string, status?: number): void {
    // [U]: what the real gateway calls a path that is none of its own.
    const usual = code === 'INVALID_PATH' ? 404 : statusOf[code];
    this.answerJson(status ?? usual, { code, message, requestId: this.requestId });
  }

  answerJson(status: number, value: unknown): void {
    this.answer(status, 'application/json; charset=utf-8', JSON.stringify(value));
  }

  /** A whole answer of the double's own, if that is still possible; else the client sees the answer cut. */
  answer(status: number, contentType: string, body: string): void {
    if (this.#reply.headersSent) {
      this.#cut();
      return;
    }
    this.incoming.resume(); // read and forget, or a client that is still sending never reads the answer
    this.#reply.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      'X-Request-Id': this.requestId,
    });
    this.#reply.end(body);
  }

  /** From now on a function's answer ends, broken, after so many bytes of its body. */
  cutAfter(bytes: number): void {
    this.#cutAfterBytes = bytes;
  }

  /** The request's body, or undefined where it is larger than allowed and has been refused. */
  async readBody(): Promise<Buffer | undefined> {
    const maxBytes = bodyLimit(this.incoming.headers['content-type']);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
    }
    if (length <= maxBytes) return Buffer.concat(chunks);
    this.#refuseSize(maxBytes);
    return undefined;
  }

  /** Calls a function and passes its answer back. */
  passOn(call: FunctionCall): void {
    const maxBytes = bodyLimit(this.incoming.headers['content-type']);
    if (Number(this.incoming.headers['content-length'] ?? 0) > maxBytes) {
      this.#refuseSize(maxBytes);
      return;
    }
    const upstream = sendRequest({
      host: '127.0.0.1',
      port: call.port,
      method: call.method,
      path: call.path,
      agent: false,
      headers: {
        ...forwardedHeaders(this.incoming, call),
        // [I]: the function's own Host. The id's name is the one @cloudbase/functions-framework looks for.
        'X-Cloudbase-Request-Id': this.requestId,
      },
    });
    this.#upstream = upstream;
    upstream.setNoDelay(true);
    upstream.on('response', (answer) => {
      this.#passBack(answer, call.method);
    });
    upstream.on('error', (error) => {
      this.#fail(`The function did not answer: ${error.message}`);
    });
    this.#limitTime(call.timeoutMs);
    if (call.body !== undefined) {
      upstream.end(call.body);
      return;
    }
    let bytes = 0;
    this.incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes && this.#upstream) {
        this.incoming.unpipe(upstream);
        this.#forgetFunction();
        this.#refuseSize(maxBytes);
      }
    });
    this.incoming.pipe(upstream);
  }

  /** [D]: an invocation, and with it a stream, is cut at the function's timeout; that the cut is a break is [I]. */
  #limitTime(timeoutMs: number): void {
    if (timeoutMs <= 0) return;
    const timer = setTimeout(() => {
      this.#forgetFunction();
      this.refuse('FUNCTION_TIME_LIMIT_EXCEEDED', `The function took longer than ${timeoutMs} ms.`);
    }, timeoutMs);
    void this.closed.then(() => {
      clearTimeout(timer);
    });
  }

  #passBack(answer: IncomingMessage, method: string): void {
    if (Number(answer.headers['content-length'] ?? 0) > maxOtherBytes) {
      this.#forgetFunction();
      this.refuse('EXCEED_MAX_RESPONSE_SIZE', `The response is larger than ${maxOtherBytes} bytes.`);
      return;
    }
    // What a HEAD inside of a POST is answered with: its length is not that of the answer to the POST.
    const isBodiless = method === 'HEAD' && this.incoming.method !== 'HEAD';
    const dropped = new Set([...hopByHop, 'x-request-id', ...(isBodiless ? ['content-length'] : [])]);
    const headers = [...pairs(answer.rawHeaders)].filter(([name]) => !dropped.has(name.toLowerCase())).flat();
    this.#reply.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', [
      ...headers,
      'X-Request-Id',
      this.requestId,
    ]);
    this.#reply.flushHeaders();
    this.#reply.socket?.setNoDelay(true);
    answer.on('error', (error) => {
      this.#fail(`The function broke off: ${error.message}`);
    });
    if (this.#cutAfterBytes === Infinity) answer.pipe(this.#reply);
    else this.#passBackInPart(answer);
  }

  #passBackInPart(answer: IncomingMessage): void {
    let left = this.#cutAfterBytes;
    answer.on('data', (chunk: Buffer) => {
      if (left < 0) return;
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      const isLast = left === 0;
      if (isLast) left = -1;
      this.#reply.write(piece, () => {
        if (isLast) this.#cut();
      });
    });
    answer.on('end', () => {
      this.#cut();
    });
  }

  #fail(message: string): void {
    if (this.#reply.destroyed || this.#upstream === undefined) {
      return; // The client left or was refused, and that is what broke the connection to the function.
    }
    this.refuse('FUNCTION_INVOCATION_FAILED', message);
  }

  #forgetFunction(): void {
    const upstream = this.#upstream;
    this.#upstream = undefined;
    upstream?.destroy();
  }

  #refuseSize(maxBytes: number): void {
    this.refuse('EXCEED_MAX_PAYLOAD_SIZE', `The body is larger than ${maxBytes} bytes.`);
  }

  #cut(): void {
    this.#isCut = true;
    this.#reply.destroy();
  }
}

/** [I]: which types count as text. */
function bodyLimit(contentType: string | undefined): number {
  const isText = /^(text\/|application\/(json|xml|x-www-form-urlencoded|[^;]*\+(json|xml))\s*(;|$))/i;
  return isText.test(contentType ?? '') ? maxTextBytes : maxOtherBytes;
}

function forwardedHeaders(
  incoming: IncomingMessage,
  { withheld, body }: Pick<FunctionCall, 'withheld' | 'body'>,
): Record<string, string | string[]> {
  const forwarded = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of pairs(incoming.rawHeaders)) {
    const key = name.toLowerCase();
    if (hopByHop.has(key) || withheld.has(key) || (body !== undefined && key === 'content-length')) {
      continue;
    }
    const known = forwarded.get(key);
    if (known) {
      known.values.push(value);
    } else {
      forwarded.set(key, { name, values: [value] });
    }
  }
  const headers: Record<string, string | string[]> = {};
  for (const { name, values } of forwarded.values()) {
    const [only] = values;
    headers[name] = values.length === 1 && only !== undefined ? only : values;
  }
  if (body === undefined && incoming.headers['transfer-encoding'] !== undefined) {
    headers['Transfer-Encoding'] = 'chunked';
  }
  return headers;
}

function* pairs(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''];
  }
}
