import { msg, type Message } from '../../message.ts';

/** A directive in words. */
export interface DirectiveInfo {
  /** Without the `@`. */
  readonly word: string;
  /** What stands after it, as in the specification; empty where nothing does. */
  readonly usage: string;
  readonly meaning: Message;
}

/** The directives of the language. Source: language specification. */
export const directives: ReadonlyMap<string, DirectiveInfo> = new Map(
  (
    [
      [
        'name',
        'id',
        msg('Names the request, for @ref, for its answer in variables and for the command line.'),
      ],
      [
        'function',
        'name',
        msg(
          'Function that a target without a host is meant for; before the first request, for the whole file.',
        ),
      ],
      ['profile', 'name', msg('Profile this request is sent with, in place of the active one.')],
      [
        'route',
        'gateway | service | local',
        msg('Way to the function: HTTP API, HTTP access service, or this machine.'),
      ],
      ['qualifier', 'version', msg('Version of the function, on the route "gateway".')],
      ['timeout', '30s', msg('Limit for the whole exchange: 1500ms, 30s, 2m; a bare number is ms.')],
      ['connect-timeout', '10s', msg('Limit for connecting.')],
      ['idle-timeout', '30s', msg('Limit for silence between two chunks of the answer.')],
      [
        'stream',
        'on | off | auto',
        msg('on: shows every chunk as it comes; off: no event stream; auto: by Content-Type.'),
      ],
      ['data-type', 'json | text', msg('How wx.cloud.callHTTPFunction reads an answer that is no stream.')],
      [
        'response-type',
        'text | arraybuffer',
        msg('Form in which wx.cloud.callHTTPFunction hands over an answer that is no stream.'),
      ],
      ['note', 'text', msg('Asks before the request is sent.')],
      ['prompt', 'variable description', msg('Asks for a variable’s value when the request is sent.')],
      ['no-redirect', '', msg('Redirects are shown, not followed.')],
      ['no-cookie-jar', '', msg('Cookies are neither sent nor kept.')],
      ['reconnect', '3', msg('After a break, connects again at most so many times; never without this.')],
      ['ref', 'name', msg('Sends that request first, if it has no answer yet.')],
      ['force-ref', 'name', msg('Sends that request first, every time.')],
      ['expect', 'assertion', msg('What the answer should be like. Kept, not yet run.')],
      ['disabled', '', msg('The command that sends all requests of a file leaves this one out.')],
    ] as const
  ).map(([word, usage, meaning]) => [word, { word, usage, meaning }]),
);
