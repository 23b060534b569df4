import { msg, type Message } from '../message.ts';

/** Why a target cannot express a request. */
export interface Inexpressible {
  readonly reason: Message;
}

/** For clients that call a function by its name. */
export const NO_FUNCTION: Inexpressible = {
  reason: msg('This request goes to a URL. Only one to a function (fn://name/path) can be written this way.'),
};

/** For a body that a client takes only as an object. */
export const NO_OBJECT: Inexpressible = {
  reason: msg('The SDK takes a JSON object as the body, and this one is none. Use fetch.'),
};
