import { msg, type Message } from '../../message.ts';

/** The words a request line may begin with, and what each does, the ones most used first. Source: RFC 9110, 9.3; language specification. */
export const methods: ReadonlyMap<string, Message> = new Map([
  ['GET', msg('Fetches the resource.')],
  ['POST', msg('Sends data for the resource to work on.')],
  ['PUT', msg('Puts the body in the place of the resource.')],
  ['PATCH', msg('Changes a part of the resource. wx.cloud.callHTTPFunction does not know it.')],
  ['DELETE', msg('Removes the resource.')],
  ['HEAD', msg('As GET, without the body: the headers only.')],
  ['OPTIONS', msg('Asks what the resource allows; also sent by browsers before requests to other origins.')],
  ['TRACE', msg('Asks the server to send back the request as it arrived.')],
  ['GRAPHQL', msg('POST with a GraphQL body: query, blank line, variables.')],
  ['SSE', msg('GET with Accept: text/event-stream.')],
  ['EVENTSOURCE', msg('The same as SSE: GET with Accept: text/event-stream.')],
]);
