import { msg, type Message } from '../message.ts';
import { fieldsOf, textOf, type Fields } from './deployed.ts';

/** What the management API says went wrong, usually with HTTP status 200. */
export interface ManagementFailure {
  /** E.g. `AuthFailure.SignatureExpire`. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

/** A reply's content, or its failure. */
export type ManagementReply = { readonly response: Fields } | { readonly failure: ManagementFailure };

/** Reads `{"Response": …}`; null for anything else. Source: facts sheet, section 5. */
export function readManagementReply(body: string): ManagementReply | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null; // a web page, a proxy's words: nothing of this API's
  }
  const { Response: response } = fieldsOf(value);
  if (typeof response !== 'object' || response === null) return null;
  const fields = fieldsOf(response);
  if (fields['Error'] === undefined) return { response: fields };
  const error = fieldsOf(fields['Error']);
  const requestId = textOf(fields, 'RequestId');
  return { failure: { code: textOf(error, 'Code'), message: textOf(error, 'Message'), requestId } };
}

/** A failure in words; the service's own stand behind them. */
export function explainFailure({ code, message }: ManagementFailure): Message {
  switch (code) {
    case 'AuthFailure.SecretIdNotFound':
      return msg('The account has no such SecretId, or it is switched off. ({0}: {1})', code, message);
    case 'AuthFailure.SignatureExpire':
      return msg('This machine’s clock is more than 5 minutes off. ({0}: {1})', code, message);
    case 'AuthFailure.TokenFailure':
      return msg('The session token is wrong or has expired. Sign in again. ({0}: {1})', code, message);
    case 'AuthFailure.UnauthorizedOperation':
      return noRight(code, message);
  }
  if (code.startsWith('AuthFailure')) {
    return msg('The signature is refused. Check SecretId and SecretKey. ({0}: {1})', code, message);
  }
  if (code.startsWith('UnauthorizedOperation')) return noRight(code, message);
  if (code.startsWith('ResourceNotFound.Function')) {
    return msg('The environment has no function of this name. ({0}: {1})', code, message);
  }
  if (code.startsWith('RequestLimitExceeded')) {
    return msg('Too many requests to the management API. Wait a little. ({0}: {1})', code, message);
  }
  return msg('The management API refused: {0}: {1}', code, message);
}

function noRight(code: string, message: string): Message {
  return msg(
    'The account may not do this, or the environment is not its own. Check envId and the account’s permissions. ({0}: {1})',
    code,
    message,
  );
}
