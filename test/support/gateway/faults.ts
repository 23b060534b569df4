import type { GatewayPart } from './cloud.ts';
import { scfStatuses, statusOf } from './errorCodes.ts';
import type { GatewayErrorCode, ScfStatus } from './errorCodes.ts';
import type { Exchange } from './exchange.ts';

/** What the double does with a request in place of serving it. */
export type GatewayFault =
  /** The gateway's own error; `status` in place of the usual one. */
  | { readonly kind: 'code'; readonly code: GatewayErrorCode; readonly status?: number }
  /** An error of SCF; that its body is JSON is [U]. */
  | { readonly kind: 'scf'; readonly status: ScfStatus }
  /** A web page, as of a default domain or a captive portal. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The function is called, and its answer cut after so many bytes of the body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** No answer at all: the connection is reset. */
  | { readonly kind: 'reset' }
  /** Of the auth endpoints (OAuth 2.0, 5.2). */
  | { readonly kind: 'oauth'; readonly error: string; readonly status?: number }
  /** Of the management API: HTTP 200 unless said otherwise. */
  | {
      readonly kind: 'management';
      readonly code: string;
      readonly message?: string;
      readonly status?: number;
    }
  /** Any whole answer. */
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string };

/** Faults in the order in which they will happen. */
export class Faults {
  readonly #queue: { readonly fault: GatewayFault; readonly at: GatewayPart | undefined }[] = [];

  /**
   * The next request gets this; several calls, several requests.
   * @param at only a request to this part; without it `oauth` and `management` wait for theirs, and the others for a
   * call of a function
   */
  next(fault: GatewayFault, at?: GatewayPart): void {
    this.#queue.push({ fault, at: at ?? usualPart(fault) });
  }

  /** How many have not happened yet. */
  get pending(): number {
    return this.#queue.length;
  }

  /** Takes the fault that is meant for this request, if there is one. */
  take(part: GatewayPart): GatewayFault | undefined {
    const index = this.#queue.findIndex(({ at }) =>
      at === undefined ? part === 'httpApi' || part === 'access' : at === part,
    );
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0]?.fault;
  }
}

/** Answers a request with a fault; false where it is to be served all the same, which `cut` wants. */
export function commit(fault: GatewayFault, exchange: Exchange): boolean {
  switch (fault.kind) {
    case 'code':
      exchange.refuse(fault.code, `Refused with ${fault.code}.`, fault.status ?? statusOf[fault.code]);
      return true;
    case 'scf':
      exchange.answerJson(fault.status, {
        errorCode: fault.status,
        errorMessage: scfStatuses[fault.status],
        requestId: exchange.requestId,
      });
      return true;
    case 'html':
      exchange.answer(fault.status ?? 200, 'text/html; charset=utf-8', interstitialPage);
      return true;
    case 'cut':
      exchange.cutAfter(fault.afterBytes);
      return false;
    case 'reset':
      exchange.incoming.socket.resetAndDestroy();
      return true;
    case 'oauth':
      exchange.answerJson(fault.status ?? 400, {
        error: fault.error,
        error_description: `Refused with ${fault.error}.`,
      });
      return true;
    case 'management':
      exchange.answerJson(fault.status ?? 200, {
        Response: {
          Error: { Code: fault.code, Message: fault.message ?? `Refused with ${fault.code}.` },
          RequestId: exchange.requestId,
        },
      });
      return true;
    case 'answer':
      exchange.answer(fault.status, fault.type, fault.body);
      return true;
  }
}

/** [D]: default domains may show a notice; its words are the double's. */
export const interstitialPage = `<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>访问提示 - 云开发 CloudBase</title></head>
<body><p>当前域名为默认域名，仅供测试使用。</p><a href="?continue=1">继续访问</a></body>
</html>
`;

function usualPart(fault: GatewayFault): GatewayPart | undefined {
  switch (fault.kind) {
    case 'oauth':
      return 'auth';
    case 'management':
      return 'management';
    default:
      return undefined;
  }
}
