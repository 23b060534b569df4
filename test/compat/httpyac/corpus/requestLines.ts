import type { CompatCase } from '../compatCase.ts';

/** The request line, its target and the lines that go on with it. */
export const requestLines: readonly CompatCase[] = [
  {
    name: 'every common method',
    row: 'request line',
    text: `GET http://localhost:9000/a
###
POST http://localhost:9000/b
###
PUT http://localhost:9000/c
###
PATCH http://localhost:9000/d
###
DELETE http://localhost:9000/e
###
HEAD http://localhost:9000/f
###
OPTIONS http://localhost:9000/g
###
TRACE http://localhost:9000/h
`,
  },
  {
    name: 'with HTTP version',
    row: 'request line',
    text: `GET http://localhost:9000/one HTTP/1.1
Accept: text/plain

###
POST http://localhost:9000/two   HTTP/1.1

###
http://localhost:9000/three HTTP/1.1
`,
  },
  {
    name: 'with HTTP/2 over a plain connection',
    row: 'request line',
    text: `GET http://localhost:9000/two HTTP/2
`,
  },
  {
    name: 'GET left out',
    row: 'request line',
    text: `http://localhost:9000/users?page=1
Accept: application/json

###
http://localhost:9000
`,
  },
  {
    name: 'indented, with tabs and blanks at the end',
    row: 'request line',
    text: `   GET   http://localhost:9000/indented   
###
\tPOST\thttp://localhost:9000/tabs\t
`,
  },
  {
    name: 'methods in lower case',
    row: 'request line',
    text: `get http://localhost:9000/lower
###
Post http://localhost:9000/mixed
`,
    differs: { because: 'lowerCaseMethod', ours: [{ line: 'GET /lower' }, { line: 'POST /mixed' }] },
  },
  {
    name: 'two request lines without a separator',
    row: 'request line',
    text: `GET http://localhost:9000/first
GET http://localhost:9000/second
Accept: text/plain
POST http://localhost:9000/third
`,
  },
  {
    name: 'a URL alone among the headers',
    row: 'request line',
    text: `GET http://localhost:9000/first
http://localhost:9000/second
`,
    differs: { because: 'urlAmongHeaders', ours: [{ line: 'GET /first' }, { line: 'GET /second' }] },
  },
  {
    name: 'prose above a request',
    row: 'request line',
    text: `The request below lists the users.
GET http://localhost:9000/users
`,
  },
  {
    name: 'prose above a URL without a method',
    row: 'request line',
    text: `The request below lists the users.
http://localhost:9000/users
`,
    differs: { because: 'prose', ours: [{ line: 'GET /users' }] },
  },
  {
    name: 'a WebSocket among other requests',
    row: 'request line',
    text: `WS ws://localhost:9000/socket

### Plain
GET http://localhost:9000/plain
`,
    differs: { because: 'otherMethods', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'a method of WebDAV',
    row: 'request line',
    text: `PROPFIND http://localhost:9000/files
Depth: 1

### Plain
GET http://localhost:9000/files
`,
    differs: { because: 'otherMethods', ours: [{ line: 'GET /files' }] },
  },
  {
    name: 'blank lines around a request line',
    row: 'request line',
    text: `


GET http://localhost:9000/alone



`,
  },
  {
    name: 'a remark behind the URL, a tab inside it',
    row: 'request line',
    text: `GET http://localhost:9000/users # all of them
###
GET http://localhost:9000/a\tb
`,
  },
  {
    name: 'query on lines of its own',
    row: 'long query',
    text: `GET http://localhost:9000/comments
    ?page=2
    &pageSize=10
    &sort=-created
Accept: application/json
`,
  },
  {
    name: 'query lines in column 1',
    row: 'long query',
    text: `GET http://localhost:9000/comments
?page=2
&pageSize=10
`,
  },
  {
    name: 'path and query lines',
    row: 'long query',
    text: `GET http://localhost:9000
    /api
    /v2/users
    ?q=a b
    &lang={{lang}}
`,
    profile: { lang: 'zh' },
  },
  {
    name: 'comments between query lines',
    row: 'long query',
    text: `GET http://localhost:9000/search
    ?q=http
    # &debug=1
    // the page
    &page=3
X-Trace: 1
`,
  },
  {
    name: 'query lines after a header',
    row: 'long query',
    text: `GET http://localhost:9000/search
Accept: application/json
?q=late
&page=4
X-Trace: 1
`,
  },
  {
    name: 'a query line without a value',
    row: 'long query',
    text: `GET http://localhost:9000/search
  ?verbose
  &page=1
Accept: text/plain
`,
    differs: {
      because: 'queryWithoutValue',
      ours: [{ line: 'GET /search?verbose&page=1', headers: { accept: 'text/plain' } }],
    },
  },
  {
    name: 'a query line with brackets in its name',
    row: 'long query',
    text: `GET http://localhost:9000/odata
  ?filter(name)=ada
`,
    differs: { because: 'queryWithoutValue', ours: [{ line: 'GET /odata?filter(name)=ada' }] },
  },
  {
    name: 'blanks at the line ends',
    row: 'long query',
    text: `GET http://localhost:9000/api   
  /users   
  ?q=1   
X-A: 1
`,
    differs: {
      because: 'blanksInTarget',
      ours: [{ line: 'GET /api/users?q=1', headers: { 'x-a': '1' } }],
    },
  },
  {
    name: 'a path line in column 1',
    row: 'long query',
    text: `@host = http://localhost:9000
GET http://localhost:9000/api
/users
Host: localhost:9000
`,
    differs: { because: 'pathInColumnOne', ours: [{ line: 'GET /api' }, { line: 'GET /users' }] },
  },
  {
    name: 'a path line with a star',
    row: 'long query',
    text: `GET http://localhost:9000/files
    /*.txt
    ?deep=1
`,
    differs: { because: 'pathWithStar', ours: [{ line: 'GET /files/*.txt?deep=1' }] },
  },
  {
    name: 'version on the last query line',
    row: 'long query',
    text: `GET http://localhost:9000/search
    ?q=1
    &r=2 HTTP/1.1
Accept: text/plain
`,
  },
  {
    name: 'version before the query lines',
    row: 'long query',
    text: `GET http://localhost:9000/search HTTP/1.1
    ?q=1
`,
    differs: { because: 'versionBeforeQuery', ours: [{ line: 'GET /search?q=1' }] },
  },
  {
    name: 'query lines of variables, of arrays and of equals signs',
    row: 'long query',
    text: `@first = id=7
GET http://localhost:9000/search
  ?{{first}}
  &tag[]=a
  &tag[]=b
  &expr=a==b
  &empty=
`,
  },
  {
    name: 'Host header and path',
    row: 'target: path with Host',
    text: `GET /users/1
Host: localhost:9000
`,
  },
  {
    name: 'Host header and path, body and query',
    row: 'target: path with Host',
    text: `POST /users?notify=no HTTP/1.1
Host: localhost:9000
Content-Type: application/json

{"name":"ada"}
`,
  },
  {
    name: 'Host from a variable, path without GET',
    row: 'target: path with Host',
    text: `@api = localhost:9000
/status
Host: {{api}}
Accept: text/plain
`,
  },
  {
    name: 'host header in lower case, after others',
    row: 'target: path with Host',
    text: `DELETE /users/7
Accept: */*
host: localhost:9000
`,
  },
  {
    name: 'the variable host in place of the header',
    row: 'target: path with Host',
    text: `@host = http://localhost:9000

GET /from-variable
###
POST /from-variable/two
Content-Type: text/plain

x
`,
  },
  {
    name: 'the variable host without a scheme',
    row: 'target: path with Host',
    text: `@host = localhost:9000
GET /from-variable
`,
    differs: { because: 'hostAndPort', ours: [{ line: 'GET /from-variable' }] },
  },
  {
    name: 'a Host header beside a whole URL',
    row: 'target: path with Host',
    text: `GET http://localhost:9000/virtual
Host: shop.example.test
`,
  },
  {
    name: 'host and port, with a method',
    row: 'target: host and port',
    text: `GET localhost:9000/plain
`,
    differs: { because: 'hostAndPort', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'host and port, GET left out',
    row: 'target: host and port',
    text: `localhost:9000/bare?x=1
Accept: text/plain
`,
    differs: {
      because: 'hostAndPort',
      ours: [{ line: 'GET /bare?x=1', headers: { accept: 'text/plain' } }],
    },
  },
  {
    name: 'host and port from a variable',
    row: 'target: host and port',
    text: `@server = localhost:9000
POST {{server}}/orders
Content-Type: application/json

{"id":1}
`,
    differs: { because: 'hostAndPort', ours: [{ line: 'POST /orders', body: '{"id":1}' }] },
  },
  {
    name: 'host and port without a path, query below',
    row: 'target: host and port',
    text: `PUT localhost:9000
  /items/3
  ?force=true

`,
    differs: { because: 'hostAndPort', ours: [{ line: 'PUT /items/3?force=true' }] },
  },
  {
    name: 'https',
    row: 'target: URL',
    text: `GET https://localhost:9443/secure?x=1
Accept: text/plain
`,
  },
  {
    name: 'https and http in one file',
    row: 'target: URL',
    text: `POST https://localhost:9443/secure
Content-Type: application/json

{"a": 1}

### and plain
GET http://localhost:9000/open
`,
  },
  {
    name: 'scheme and host in upper case',
    row: 'target: URL',
    text: `GET HTTP://localhost:9000/Upper
`,
  },
  {
    name: 'no path, or only a query',
    row: 'target: URL',
    text: `GET http://localhost:9000
###
GET http://localhost:9000?only=query
###
GET http://localhost:9000/?
`,
  },
  {
    name: 'user and password in the URL',
    row: 'target: URL',
    text: `GET http://ada:s3cret@localhost:9000/private
###
GET http://ada%40home:p%3Aw@localhost:9000/private
`,
  },
  {
    name: 'fragment',
    row: 'target: URL',
    text: `GET http://localhost:9000/docs?x=1#chapter-2
###
GET http://localhost:9000/docs#top
`,
  },
  {
    name: 'a variable for scheme and host',
    row: 'target: variable',
    text: `@baseUrl = http://localhost:9000/api
GET {{baseUrl}}/users
###
{{baseUrl}}/orders
Accept: text/plain
`,
  },
  {
    name: 'a base that ends with a slash',
    row: 'target: variable',
    text: `@baseUrl = http://localhost:9000/
GET {{baseUrl}}/users
###
GET {{baseUrl}}users/1
`,
  },
  {
    name: 'a base from the profile, version after it',
    row: 'target: variable',
    text: `PUT {{baseUrl}}/users/{{id}} HTTP/1.1
`,
    profile: { baseUrl: 'http://localhost:9000', id: '42' },
  },
  {
    name: 'only a variable',
    row: 'target: variable',
    text: `@whole = http://localhost:9000/whole?x=1
GET {{whole}}
###
{{whole}}
`,
  },
  {
    name: 'blanks inside the braces, variables in the query',
    row: 'target: variable',
    text: `@base = http://localhost:9000
@q = red shoes
GET {{ base }}/search?q={{ q }}&again={{q}}
`,
  },
  {
    name: 'blanks and Chinese in the path',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/my files/报告.pdf
`,
  },
  {
    name: 'what is encoded stays, plus signs too',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a%2Fb/%E4%BD%A0?q=a+b%20c
`,
  },
  {
    name: 'a percent sign that encodes nothing',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/sale?off=50%&r=%zz
`,
    differs: { because: 'loosePercent', ours: [{ line: 'GET /sale?off=50%&r=%zz' }] },
  },
  {
    name: 'quotes, brackets and bars',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/list<1>/"x"/a|b/{id}/[7]/x^y/\`z\`?f[a]="1"&g={x}|'y'<z>&h=\`^
`,
  },
  {
    name: 'dots and double slashes',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a/../b/./c//d
`,
  },
  {
    name: 'a value from a variable is encoded like the text around it',
    row: 'encoding of URLs',
    text: `@q = Käse & Brot = gut
GET http://localhost:9000/search?q={{q}}&city=Zürich
`,
  },
  {
    name: 'emoji, and characters beyond the basic plane',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/😀/𠮷?mood=🎉
`,
  },
  {
    name: 'a URL inside the query, JSON inside the query',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/go?to=http://example.test/a?b=c&d=e
###
GET http://localhost:9000/find?where={"age":{"$gt":3}}
`,
  },
  {
    name: 'HTTP version in lower case, in other versions',
    row: 'request line',
    text: `GET http://localhost:9000/one http/1.1

###
GET http://localhost:9000/two HTTP/1.0

###
GET http://localhost:9000/three\tHTTP/1.1

###
http://localhost:9000/four HTTP/1.1
`,
  },
  {
    name: 'text behind the HTTP version',
    row: 'request line',
    text: `GET http://localhost:9000/one HTTP/1.1 as before

###
GET http://localhost:9000/two?about=HTTP/1.1

###
GET http://localhost:9000/three HTTP/1.1 HTTP/1.1
`,
  },
  {
    name: 'targets that are no URL',
    row: 'target: URL',
    text: `GET "http://localhost:9000/quoted"

###
GET <http://localhost:9000/angled>

###
OPTIONS *

###
GET ftp://localhost:9000/ftp

###
GET http://localhost:9000/fine
`,
  },
  {
    name: 'one slash after the scheme',
    row: 'target: URL',
    text: `GET http:/localhost:9000/one
`,
  },
  {
    name: 'a Host header with a scheme',
    row: 'target: path with Host',
    text: `GET /one
Host: http://localhost:9000

###
GET /two
Host: localhost:9000
`,
  },
  {
    name: 'only a host and port',
    row: 'target: host and port',
    text: `GET localhost:9000

###
GET localhost:9000/?a=1
`,
    differs: { because: 'hostAndPort', ours: [{ line: 'GET /' }, { line: 'GET /?a=1' }] },
  },
  {
    name: 'queries that begin without a path, or hold question marks',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000?a=1&b=2

###
GET http://localhost:9000/x?

###
GET http://localhost:9000/y?a=1?b=2

###
GET http://localhost:9000/z?a[]=1&a[]=2
`,
  },
  {
    name: 'what is allowed in a path and what is not',
    row: 'encoding of URLs',
    text: `GET http://localhost:9000/a;b=c:d,e!f*g'(h)@i

###
GET http://localhost:9000/{id}/<b>?c=<d>&e=f|g^h

###
GET http://localhost:9000/a/../b/./c//d/.

###
GET http://localhost:9000/x?tab=a\tb
`,
  },
  {
    name: 'query lines with URLs, blanks and remarks in their values',
    row: 'long query',
    text: `GET http://localhost:9000/x
  ?u=http://a.example/b?c=d
  &e = f
  &g=h // i # j
  &k=
`,
  },
  {
    name: 'a parenthesis in the name of a query line',
    row: 'long query',
    text: `GET http://localhost:9000/x
  ?f(a)=1
`,
    differs: { because: 'queryWithoutValue', ours: [{ line: 'GET /x?f(a)=1' }] },
  },
  {
    name: 'path lines of variables',
    row: 'long query',
    text: `@id = 5
GET http://localhost:9000
  /users
  /{{id}}
  ?full=1
`,
  },
  {
    name: 'query lines below a blank line',
    row: 'long query',
    text: `POST http://localhost:9000/x
  ?a=1
Content-Type: text/plain

?b=2
&c=3
`,
  },
  {
    name: 'a body with HEAD',
    row: 'request line',
    text: `HEAD http://localhost:9000/x
Content-Type: text/plain

hi

###
HEAD http://localhost:9000/y
`,
    differs: { because: 'headBody', ours: [{ line: 'HEAD /x', body: 'hi' }, { line: 'HEAD /y' }] },
  },
  {
    name: 'user without a password in the URL, a header beside both',
    row: 'target: URL',
    text: `GET http://ada@localhost:9000/x

###
GET http://ada:pw@localhost:9000/y
Authorization: Bearer t
`,
  },
];
