import type { CompatCase } from '../compatCase.ts';

/** Lines of other tools: kept, not run, not sent. */
export const foreign: readonly CompatCase[] = [
  {
    name: 'a script before the request that changes nothing',
    row: 'scripts and other tools’ lines',
    text: `< {%
  // prepares nothing
  const x = 1;
%}
GET http://localhost:9000/scripted
Accept: text/plain
`,
  },
  {
    name: 'a script before the request that sets a variable used nowhere',
    row: 'scripts and other tools’ lines',
    text: `### Order
< {% request.variables.set("unused", "1") %}
POST http://localhost:9000/orders
Content-Type: application/json

{"id": 1}
`,
  },
  {
    name: 'a response handler after the body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/orders
Content-Type: application/json

{"id": 1}

> {%
  client.global.set("id", response.body.id);
%}

### next
GET http://localhost:9000/next
`,
  },
  {
    name: 'a response handler without a body, on one line',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/one

> {% client.log("done"); %}
###
GET http://localhost:9000/two
> {% client.log("done"); %}
`,
  },
  {
    name: 'a response handler in a file',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/orders
Content-Type: text/plain

text
> ./handler.js
`,
    files: { 'handler.js': 'client.log("x");' },
  },
  {
    name: 'saved responses',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/list
Accept: text/plain

<> 2026-01-02T101500.200.json
<> 2026-01-01T101500.200.json
`,
  },
  {
    name: 'saving to a file',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/report
Content-Type: application/json

{"year": 2026}

>> ./report.json
###
GET http://localhost:9000/report

>>! report-latest.json
`,
  },
  {
    name: 'assertions',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: application/json

{"id": 7}

?? status == 200
?? body id == 7
?? header content-type includes json
###
GET http://localhost:9000/items
?? status == 200
`,
  },
  {
    name: 'indented foreign lines after a body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

item
  ?? status == 200
  >> saved answer.json
  > {% client.log("x") %}
  <> old.json
`,
  },
  {
    name: 'foreign lines without a blank after the sign',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

item
??status == 200
<>old.json
`,
  },
  {
    name: 'an assertion in words of its own',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

item
?? is it there
`,
    differs: { because: 'assertions', ours: [{ line: 'POST /items', body: 'item' }] },
  },
  {
    name: 'a block of code before, one after the request',
    row: 'scripts and other tools’ lines',
    text: `{{
  const started = Date.now();
}}
GET http://localhost:9000/coded
Accept: text/plain

{{@response
  console.log(response.statusCode);
}}
`,
  },
  {
    name: 'a block of code for the whole file',
    row: 'scripts and other tools’ lines',
    text: `{{+after
  console.log("sent");
}}
###
GET http://localhost:9000/all
###
POST http://localhost:9000/all
Content-Type: text/plain

body
{{
  console.log("after the body");
}}
`,
  },
  {
    name: 'a variable from a block of code',
    row: 'scripts and other tools’ lines',
    text: `{{
  exports.id = 40 + 2;
}}
GET http://localhost:9000/items/{{id}}
###
GET http://localhost:9000/plain
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'headers from a variable',
    row: 'scripts and other tools’ lines',
    text: `{{
  exports.common = { 'X-Common': '1' };
}}
GET http://localhost:9000/spread
...common
Accept: text/plain
`,
    differs: {
      because: 'scripts',
      ours: [{ line: 'GET /spread', headers: { 'x-common': null, accept: 'text/plain' } }],
    },
  },
  {
    name: 'a script among the body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

before
< {% console.log("x") %}
after
`,
    differs: { because: 'scriptInBody', ours: [{ line: 'POST /items', body: 'before\nafter' }] },
  },
  {
    name: 'a script in a file before the request',
    row: 'scripts and other tools’ lines',
    text: `< ./prepare.js
GET http://localhost:9000/prepared
Accept: text/plain
`,
    files: { 'prepare.js': 'client.log("x");' },
  },
  {
    name: 'import',
    row: 'scripts and other tools’ lines',
    text: `# @import ./common.http
GET http://localhost:9000/imported
`,
    files: { 'common.http': '@unused = 1\n###\nGET http://localhost:9000/never\n' },
  },
  {
    name: 'quotes in Markdown and comparisons stay text',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/mail
Content-Type: text/plain

> quoted words here
a >> b
why ??
`,
  },
  {
    name: 'a response pasted below the request',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: application/json

{"id": 7}

HTTP/1.1 201 Created
Location: /items/7

{"ok": true}

### next
GET http://localhost:9000/items/7

HTTP/1.1 200 OK

{"id": 7}
`,
  },
  {
    name: 'a response pasted right below the headers',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/items
Accept: text/plain
HTTP/1.1 404 Not Found
Server: x

{"ok": false}

### next
POST http://localhost:9000/items
HTTP/2 201
`,
  },
  {
    name: 'text that only mentions HTTP/1.1',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

HTTP/1.1 is old,
uses HTTP/1.1 200 times
`,
  },
  {
    name: 'assertions above and below the request line',
    row: 'scripts and other tools’ lines',
    text: `?? status == 200
GET http://localhost:9000/items

###
GET http://localhost:9000/more
?? status == 200
X-A: 1
`,
    differs: {
      because: 'linesAmongHeaders',
      ours: [{ line: 'GET /items' }, { line: 'GET /more', headers: { 'x-a': '1' } }],
    },
  },
  {
    name: 'saved responses and files right below the headers',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/items
X-A: 1
<> old.json

###
GET http://localhost:9000/more
X-A: 1
>> new.json
`,
  },
  {
    name: 'dots, angles and template marks in a body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

...name
...
>>> deepest
>quote
<! c
<
???
? a
{% raw %}
`,
  },
  {
    name: 'a block of code between headers and body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain
{{@response
  const x = 1;
}}

body
`,
  },
  {
    name: 'a handler in a file whose name holds a blank',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/items
Content-Type: text/plain

body
> ./my handler.js
`,
    files: { 'my handler.js': 'client.log(1);' },
  },
];
