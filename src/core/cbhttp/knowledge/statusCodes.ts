import { msg, type Message } from '../../message.ts';

/** A status code: its reason phrase and what it means. */
export interface StatusInfo {
  readonly code: number;
  readonly phrase: string;
  readonly meaning: Message;
}

/** What a status code means; undefined for a number that is none. */
export function statusInfo(code: number): StatusInfo | undefined {
  return byCode.get(code);
}

/** Source: IANA's registry of HTTP status codes; 433 is CloudBase's own (facts sheet, section 1). */
const byCode: ReadonlyMap<number, StatusInfo> = new Map(
  (
    [
      [100, 'Continue', msg('The server has read the headers and waits for the body.')],
      [101, 'Switching Protocols', msg('The connection goes on with another protocol.')],
      [102, 'Processing', msg('The server is at work; no answer yet.')],
      [103, 'Early Hints', msg('Links that the client may load while it waits.')],
      [104, 'Upload Resumption Supported', msg('The upload can be resumed where it breaks off.')],
      [200, 'OK', msg('The request succeeded.')],
      [201, 'Created', msg('A new resource was made; Location says where.')],
      [202, 'Accepted', msg('The request was taken in and will be worked on later.')],
      [203, 'Non-Authoritative Information', msg('A proxy changed the answer on its way.')],
      [204, 'No Content', msg('The request succeeded; there is no body.')],
      [205, 'Reset Content', msg('The request succeeded; the client should clear its form.')],
      [206, 'Partial Content', msg('A part of the resource, as Range asked for.')],
      [207, 'Multi-Status', msg('Several results, each with a status of its own.')],
      [208, 'Already Reported', msg('The same members were listed before in this answer.')],
      [226, 'IM Used', msg('The answer is a change against an older version.')],
      [300, 'Multiple Choices', msg('There are several forms to choose from.')],
      [301, 'Moved Permanently', msg('The resource has moved for good; Location says where.')],
      [302, 'Found', msg('The resource is elsewhere for now; Location says where.')],
      [303, 'See Other', msg('The result is to be fetched with GET from Location.')],
      [304, 'Not Modified', msg('Nothing changed: the copy in the cache still holds.')],
      [305, 'Use Proxy', msg('The resource was to be asked for through a proxy; out of use.')],
      [306, '(Unused)', msg('Reserved, and no longer used.')],
      [307, 'Temporary Redirect', msg('Send the same request to Location, this time only.')],
      [308, 'Permanent Redirect', msg('Send the same request to Location, from now on.')],
      [400, 'Bad Request', msg('The server cannot read the request: check its syntax and its body.')],
      [401, 'Unauthorized', msg('A credential is missing or not valid.')],
      [402, 'Payment Required', msg('Reserved; some services use it for quotas and billing.')],
      [403, 'Forbidden', msg('The server understood, and refuses.')],
      [404, 'Not Found', msg('There is nothing at this address: check the path and the function’s name.')],
      [405, 'Method Not Allowed', msg('The resource does not take this method; Allow lists those it does.')],
      [406, 'Not Acceptable', msg('No form of the resource fits the Accept headers.')],
      [407, 'Proxy Authentication Required', msg('A proxy on the way wants a credential.')],
      [408, 'Request Timeout', msg('The server got tired of waiting for the request.')],
      [409, 'Conflict', msg('The request does not fit the resource’s present state.')],
      [410, 'Gone', msg('The resource was removed for good.')],
      [411, 'Length Required', msg('The server wants a Content-Length.')],
      [412, 'Precondition Failed', msg('An If-… header did not hold.')],
      [413, 'Content Too Large', msg('The body is larger than the server takes.')],
      [414, 'URI Too Long', msg('The address is longer than the server takes.')],
      [415, 'Unsupported Media Type', msg('The server does not read this Content-Type or coding.')],
      [416, 'Range Not Satisfiable', msg('The resource has no such part.')],
      [417, 'Expectation Failed', msg('The server cannot do what Expect asks for.')],
      [418, '(Unused)', msg('Reserved; "I’m a teapot" in a joke of 1998.')],
      [421, 'Misdirected Request', msg('This server does not answer for that host.')],
      [422, 'Unprocessable Content', msg('The body reads well, but its content is refused.')],
      [423, 'Locked', msg('The resource is locked.')],
      [424, 'Failed Dependency', msg('Another action, on which this one depends, failed.')],
      [425, 'Too Early', msg('The server does not act on data sent before the handshake ended.')],
      [426, 'Upgrade Required', msg('The server wants another protocol; Upgrade names it.')],
      [428, 'Precondition Required', msg('The server wants an If-… header, against lost updates.')],
      [
        429,
        'Too Many Requests',
        msg('Too many requests in too short a time; Retry-After says when to go on.'),
      ],
      [431, 'Request Header Fields Too Large', msg('The headers are larger than the server takes.')],
      [433, 'Function Timeout', msg('CloudBase: the function ran longer than its time limit.')],
      [451, 'Unavailable For Legal Reasons', msg('The resource may not be shown, by law.')],
      [500, 'Internal Server Error', msg('The server, or the function, failed.')],
      [501, 'Not Implemented', msg('The server does not know this method or feature.')],
      [502, 'Bad Gateway', msg('The gateway got no valid answer from the server behind it.')],
      [503, 'Service Unavailable', msg('The server cannot answer just now: overloaded, or being worked on.')],
      [504, 'Gateway Timeout', msg('The gateway waited too long for the server behind it.')],
      [505, 'HTTP Version Not Supported', msg('The server does not speak this version of HTTP.')],
      [506, 'Variant Also Negotiates', msg('The server’s content negotiation runs in a circle.')],
      [507, 'Insufficient Storage', msg('The server has no room left to store it.')],
      [508, 'Loop Detected', msg('The server met a loop while it worked.')],
      [510, 'Not Extended', msg('The server wants an extension named in the request; out of use.')],
      [511, 'Network Authentication Required', msg('The network wants you to sign in first.')],
    ] as const
  ).map(([code, phrase, meaning]) => [code, { code, phrase, meaning }]),
);
