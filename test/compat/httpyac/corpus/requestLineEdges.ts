import type { CompatCase } from '../compatCase.ts';

/** Request lines, targets and the lines that go on with them, at their edges. */
export const requestLineEdges: readonly CompatCase[] = [
  {
    name: 'other HTTP versions, and what JetBrains writes behind them',
    row: 'request line',
    text: `GET http://localhost:9000/a HTTP/2 (Prior Knowledge)
###
GET http://localhost:9000/b HTTP/1
###
GET http://localhost:9000/c HTTP/2.0
X-A: 1
###
GET http://localhost:9000/d HTTP/3
`,
  },
  {
    name: 'HTTP/2 over TLS where the server has only 1.1',
    row: 'request line',
    text: `GET https://localhost:9443/a HTTP/2
###
GET https://localhost:9443/b HTTP/2.0
`,
  },
  {
    name: 'the word HTTP without a version',
    row: 'request line',
    text: `GET http://localhost:9000/a HTTP
###
GET http://localhost:9000/b HTTP/
`,
  },
  {
    name: 'variables in all parts of the line',
    row: 'request line',
    text: `@scheme = http
@h = localhost:9000
@p = a b
@k = key
@v = v&w
@ver = HTTP/1.1
GET {{scheme}}://{{h}}/{{p}}/x?{{k}}={{v}} {{ver}}
`,
  },
  {
    name: 'a variable for the method',
    row: 'request line',
    text: `@m = POST
{{m}} http://localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'methods without a target',
    row: 'request line',
    text: `GET
###
POST 
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'a no-break space behind the method',
    row: 'request line',
    text: 'GET\u00a0http://localhost:9000/a\n',
  },
  {
    name: 'words in capitals above a request',
    row: 'request line',
    text: `TODO remove
GET http://localhost:9000/a
###
NOTE: this
GET http://localhost:9000/b
`,
  },
  {
    name: 'a command for curl',
    row: 'request line',
    text: `curl http://localhost:9000/x
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'two URLs without methods and without a separator',
    row: 'request line',
    text: `http://localhost:9000/a

http://localhost:9000/b
`,
  },
  {
    name: 'a POST with a body below another request',
    row: 'request line',
    text: `GET http://localhost:9000/a


POST http://localhost:9000/b

x
`,
    differs: {
      because: 'requestLineInBody',
      ours: [{ line: 'GET /a', body: 'POST http://localhost:9000/b\n\nx' }],
    },
  },
  {
    name: 'TRACE and OPTIONS with headers',
    row: 'request line',
    text: `TRACE http://localhost:9000/a
Max-Forwards: 3
###
OPTIONS http://localhost:9000/b
Origin: http://x
Access-Control-Request-Method: PUT
`,
  },
  {
    name: 'methods for bodies without one',
    row: 'request line',
    text: `PATCH http://localhost:9000/a
###
PUT http://localhost:9000/b
###
POST http://localhost:9000/c
Content-Type: application/json
`,
  },
  {
    name: 'ampersands at the ends of lines',
    row: 'long query',
    text: `GET http://localhost:9000/a?
    first=John&
    last=Doe
`,
  },
  {
    name: 'blanks behind the question mark',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ? a=1
  & b=2
`,
  },
  {
    name: 'a query in the line and more below',
    row: 'long query',
    text: `GET http://localhost:9000/a?x=1
&y=2
  ?z=3
`,
  },
  {
    name: 'a query on a path line, a fragment at the end',
    row: 'long query',
    text: `GET http://localhost:9000
  /a?x=1
  &y=2#frag
`,
  },
  {
    name: 'a fragment above the query lines',
    row: 'long query',
    text: `GET http://localhost:9000/a#top
  ?x=1
`,
  },
  {
    name: 'variables for names and values',
    row: 'long query',
    text: `@k = q
@v = 1 2
GET http://localhost:9000/a
  ?{{k}}={{v}}
  &{{k}}2={{ v }}
`,
  },
  {
    name: 'commas at the ends of query lines',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?x=1,
  &y=2,
`,
  },
  {
    name: 'a colon in the name of a query line',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?x=1
  &time:gt=10
X-A: 1
`,
    differs: {
      because: 'queryWithoutValue',
      ours: [{ line: 'GET /a?x=1&time:gt=10', headers: { 'x-a': '1' } }],
    },
  },
  {
    name: 'a colon in the first name',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?time:gt=10
X-A: 1
`,
  },
  {
    name: 'system variables in query lines',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?x={{$randomInt 4 5}}
  &y={{$processEnv CBHTTP_COMPAT_USER}}
`,
  },
  {
    name: 'JSON in query lines',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?where={"a":{"b":1}}
  &sel=[1,2]
`,
  },
  {
    name: 'tabs and line ends of Windows',
    row: 'long query',
    text: 'GET http://localhost:9000/a\r\n\t?x=1\r\n\t&y=2\r\nX-A: 1\r\n',
  },
  {
    name: 'two ampersands',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?x=1
  &&y=2
X-A: 1
`,
    differs: { because: 'queryWithoutValue', ours: [{ line: 'GET /a?x=1&&y=2', headers: { 'x-a': '1' } }] },
  },
  {
    name: 'a blank line between path and query',
    row: 'long query',
    text: `GET http://localhost:9000
  /a

  ?x=1
`,
  },
  {
    name: 'semicolons, plus signs and codes in query lines',
    row: 'long query',
    text: `GET http://localhost:9000/a
  ?x=a+b;c=d
  &y=%20%2B
`,
  },
  {
    name: 'the variable host with a slash at the end',
    row: 'target: path with Host',
    text: `@host = http://localhost:9000/
GET /a
`,
  },
  {
    name: 'the variable host, built from another',
    row: 'target: path with Host',
    text: `@port = 9000
@host = http://{{h}}
GET /a?x={{port}}
`,
    profile: { h: 'localhost:9000' },
  },
  {
    name: 'host from the profile',
    row: 'target: path with Host',
    text: `GET /a
###
POST /b

x
`,
    profile: { host: 'http://localhost:9000' },
  },
  {
    name: 'host from $shared, GET left out',
    row: 'target: path with Host',
    text: `/a
`,
    shared: { host: 'http://localhost:9000' },
  },
  {
    name: 'a Host header before the variable',
    row: 'target: path with Host',
    text: `@host = http://nowhere.invalid
GET /a
Host: localhost:9000
`,
  },
  {
    name: 'blanks around the value of Host',
    row: 'target: path with Host',
    text: `GET /a
Host:	localhost:9000  
X-A: 1
`,
  },
  {
    name: 'path and query lines above Host',
    row: 'target: path with Host',
    text: `GET /a
  /b
  ?x=1
Host: localhost:9000
`,
  },
  {
    name: 'variables in path and query',
    row: 'target: path with Host',
    text: `@p = x y
GET /a/{{p}}?q={{p}}
Host: localhost:9000
`,
  },
  {
    name: 'a comma behind Host',
    row: 'target: path with Host',
    text: `GET /a
Host: localhost:9000,
`,
  },
  {
    name: 'the variable host in a section of its own',
    row: 'target: path with Host',
    text: `@host=http://localhost:9000
###
GET /a
### B
PUT /b?x=1 HTTP/1.1
Content-Type: text/plain

x
`,
  },
  {
    name: 'a path from a variable',
    row: 'target: path with Host',
    text: `@p = /a
GET {{p}}
Host: localhost:9000
###
GET http://localhost:9000/n
`,
    differs: { because: 'pathFromVariable', ours: [{ line: 'GET /a' }, { line: 'GET /n' }] },
  },
  {
    name: 'three slashes behind the scheme',
    row: 'target: URL',
    text: `GET http:///localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'no slashes behind the scheme',
    row: 'target: URL',
    text: `GET http:localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'backslashes in path and query',
    row: 'target: URL',
    text: String.raw`GET http://localhost:9000\a\b?c=\d
`,
  },
  {
    name: 'schemes in mixed case',
    row: 'target: URL',
    text: `GET Http://localhost:9000/a
###
HTTP://localhost:9000/b
###
GET hTTpS://localhost:9443/c
`,
  },
  {
    name: 'a user or a password alone',
    row: 'target: URL',
    text: `GET http://@localhost:9000/a
###
GET http://:pw@localhost:9000/b
###
GET http://u:@localhost:9000/c
`,
  },
  {
    name: 'user and password beyond ASCII',
    row: 'target: URL',
    text: `GET http://ü:p%C3%A4@localhost:9000/a
`,
  },
  {
    name: 'a user from a variable',
    row: 'target: URL',
    text: `@u = ada
@p = s3:cr/et
GET http://{{u}}:x@localhost:9000/a
`,
  },
  {
    name: 'fragments of several forms',
    row: 'target: URL',
    text: `GET http://localhost:9000/a#
###
GET http://localhost:9000/b?#x?y=1
###
GET http://localhost:9000/c/#/route?x=1
`,
  },
  {
    name: 'queries of marks alone',
    row: 'target: URL',
    text: `GET http://localhost:9000/a?&&x=1&
###
GET http://localhost:9000/b?=
###
GET http://localhost:9000/c??x
###
GET http://localhost:9000/d?x=1#
`,
  },
  {
    name: 'encoded dots',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a/%2e%2e/b
###
GET http://localhost:9000/a/%2E/b
###
GET http://localhost:9000/a/.%2e/c
`,
  },
  {
    name: 'at signs and colons in a path',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/@scope/pkg@1.2.3
###
GET http://localhost:9000/a:b/c:d
###
GET http://localhost:9000/user@host.test/x
`,
  },
  {
    name: 'an OData filter',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/Products('x')?$filter=Name eq 'Milk'&$top=5
`,
  },
  {
    name: 'an OData expansion',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/Orders(42)/Items?$expand=Product($select=Name)&$orderby=a desc
`,
  },
  {
    name: 'several blanks in a query',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a?q=x y  z &r= 1
`,
  },
  {
    name: 'bars, carets, backticks and braces in a query',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a?f=a|b^c\`d{e}f~g
`,
  },
  {
    name: 'codes in small letters',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/%e4%b8%ad?x=%c3%a9&y=%C3%A9
`,
  },
  {
    name: 'codes that are no UTF-8',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a%ff?x=%e4

###
GET http://localhost:9000/next
`,
    differs: { because: 'loosePercent', ours: [{ line: 'GET /a%ff?x=%e4' }, { line: 'GET /next' }] },
  },
  {
    name: 'combining marks, Hebrew, wide digits',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/é/שלום?q=é&r=１
`,
  },
  {
    name: 'quotes and backslashes in a query',
    row: 'encoding of URLs',
    text: String.raw`GET http://localhost:9000/a?x="1"&y=\"2\"
`,
  },
  {
    name: 'braces without their other half',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a/{{b
###
GET http://localhost:9000/a/b}}
###
GET http://localhost:9000/a/{b}}
`,
  },
  {
    name: 'a variable with path, query and fragment',
    row: 'encoding of URLs',
    text: `@p = a/b%20c?d#e
GET http://localhost:9000/{{p}}/f
`,
  },
  {
    name: 'wide and no-break spaces',
    row: 'encoding of URLs',
    text: 'GET http://localhost:9000/a\u3000b\u00a0c\n',
  },
];
