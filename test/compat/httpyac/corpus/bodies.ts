import type { CompatCase } from '../compatCase.ts';

/** Bodies: text, from files, multipart, forms, GraphQL. */
export const bodies: readonly CompatCase[] = [
  {
    name: 'JSON over several lines',
    row: 'body',
    text: `POST http://localhost:9000/users
Content-Type: application/json

{
  "name": "ada",
  "tags": ["a", "b"],

  "nested": {"x": {"y": 1}}
}
`,
  },
  {
    name: 'blank lines before and after a body',
    row: 'body',
    text: `POST http://localhost:9000/text
Content-Type: text/plain


  
  first line, indented

third line  
  

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'line ends of Windows',
    row: 'body',
    text: 'POST http://localhost:9000/crlf\r\nContent-Type: text/plain\r\nX-A: 1\r\n\r\none\r\ntwo\r\n\r\n### next\r\nGET http://localhost:9000/next\r\n',
  },
  {
    name: 'line ends of Windows, query lines and a form',
    row: 'body',
    text: '@q = x y\r\n\r\nPOST http://localhost:9000/crlf\r\n  ?q={{q}}\r\n  &r=1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=1\r\n&b={{q}}\r\n',
  },
  {
    name: 'only blank lines where a body could be',
    row: 'body',
    text: `POST http://localhost:9000/empty
Content-Type: application/json

   

### and the next
POST http://localhost:9000/bare
{"no": "headers at all"}
`,
  },
  {
    name: 'emoji, combining marks and right-to-left text',
    row: 'body',
    text: `POST http://localhost:9000/chat
Content-Type: application/json; charset=utf-8

{"text": "👩‍💻 é é שלום 𠮷 \\u00e9"}
`,
  },
  {
    name: 'a byte order mark at the start of the file',
    row: 'body',
    text: '\ufeffPOST http://localhost:9000/bom\nContent-Type: text/plain\n\ntext\n',
  },
  {
    name: 'variables in a body',
    row: 'body',
    text: `@name = ada
@age = 36
POST http://localhost:9000/users
Content-Type: application/json

{"name": "{{name}}", "age": {{age}}, "again": "{{ name }}{{name}}"}
`,
  },
  {
    name: 'XML',
    row: 'body',
    text: `POST http://localhost:9000/soap
Content-Type: application/xml
SOAPAction: "echo"

<?xml version="1.0"?>
<a:note xmlns:a="urn:x">
  <to>Tove</to>
  <!-- comment -->
  <body>&lt;hi&gt;</body>
</a:note>
`,
  },
  {
    name: 'a body with GET and with DELETE',
    row: 'body',
    text: `GET http://localhost:9000/search
Content-Type: application/json

{"query": {"match_all": {}}}

###
DELETE http://localhost:9000/search
Content-Type: application/json

{"ids": [1, 2]}
`,
  },
  {
    name: 'lines of JSON',
    row: 'body',
    text: `POST http://localhost:9000/_bulk
Content-Type: application/x-ndjson

{"index":{"_id":"1"}}
{"title":"one"}
{"index":{"_id":"2"}}
{"title":"two"}

`,
  },
  {
    name: 'a request line after a blank line',
    row: 'body',
    text: `GET http://localhost:9000/first

GET http://localhost:9000/second
`,
    differs: {
      because: 'requestLineInBody',
      ours: [{ line: 'GET /first', body: 'GET http://localhost:9000/second' }],
    },
  },
  {
    name: 'an HTTP message as body',
    row: 'body',
    text: `POST http://localhost:9000/batch
Content-Type: application/http

GET /inner HTTP/1.1
Host: inner.test
`,
    differs: {
      because: 'requestLineInBody',
      ours: [{ line: 'POST /batch', body: 'GET /inner HTTP/1.1\nHost: inner.test' }],
    },
  },
  {
    name: 'Markdown with headings',
    row: 'body',
    text: `PUT http://localhost:9000/pages/1
Content-Type: text/markdown

# Title

Some *text*.
### next
GET http://localhost:9000/pages/1
`,
    differs: {
      because: 'markdown',
      ours: [{ line: 'PUT /pages/1', body: '# Title\n\nSome *text*.' }, { line: 'GET /pages/1' }],
    },
  },
  {
    name: 'a separator sent as text',
    row: 'body',
    text: String.raw`PUT http://localhost:9000/pages/2
Content-Type: text/plain

above
\### a heading
below
`,
    differs: {
      because: 'escapedSeparator',
      ours: [{ line: 'PUT /pages/2', body: 'above\n### a heading\nbelow' }],
    },
  },
  {
    name: 'lines that look like headers and variables of text',
    row: 'body',
    text: `POST http://localhost:9000/yaml
Content-Type: application/yaml

name: ada
list:
  - one
  - two
mail: ada@example.test
`,
  },
  {
    name: 'underlined headings, an arrow at the end',
    row: 'body',
    text: `POST http://localhost:9000/notes
Content-Type: text/plain

Title
=====
text
<--->
`,
    differs: {
      because: 'streamedBody',
      ours: [{ line: 'POST /notes', body: 'Title\n=====\ntext\n<--->' }],
    },
  },
  {
    name: 'a quote of one word',
    row: 'body',
    text: `POST http://localhost:9000/mail
Content-Type: text/plain

she wrote:
> yes
`,
    differs: { because: 'shortQuote', ours: [{ line: 'POST /mail', body: 'she wrote:\n> yes' }] },
  },
  {
    name: 'a body line that begins with @',
    row: 'body',
    text: `PUT http://localhost:9000/style.css
Content-Type: text/css

@import url(base.css);
@width = 3
p { color: red }
`,
    differs: {
      because: 'variableInBody',
      ours: [{ line: 'PUT /style.css', body: '@import url(base.css);\n@width = 3\np { color: red }' }],
    },
  },
  {
    name: 'a file, bytes as they are',
    row: 'body from a file',
    text: `@name = ada
POST http://localhost:9000/upload
Content-Type: application/json

< ./data/user.json
`,
    files: { 'data/user.json': '{\r\n  "name": "{{name}}"\r\n}\r\n\r\n' },
  },
  {
    name: 'a file of bytes that are no text',
    row: 'body from a file',
    text: `PUT http://localhost:9000/image
Content-Type: image/png

< pixel.png
`,
    files: {
      'pixel.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0xfe, 0x80),
    },
  },
  {
    name: 'a file with variables replaced',
    row: 'body from a file',
    text: `@name = ada
@city = Turin
POST http://localhost:9000/users
Content-Type: application/json

<@ ./user.json
`,
    files: { 'user.json': '{"name": "{{name}}", "city": "{{ city }}"}\n' },
  },
  {
    name: 'a file in Latin-1',
    row: 'body from a file',
    text: `@word = Gruß
POST http://localhost:9000/latin
Content-Type: text/plain; charset=utf-8

<@latin1 ./latin.txt
`,
    files: { 'latin.txt': Buffer.from('Käse: {{word}} \xfcber', 'latin1') },
  },
  {
    name: 'files and text in one body',
    row: 'body from a file',
    text: `@x = 1
POST http://localhost:9000/mixed
Content-Type: text/plain

begin {{x}}
< ./one.txt
middle {{x}}
<@ ./two.txt
< ./one.txt

end
`,
    files: { 'one.txt': 'one {{x}}', 'two.txt': 'two {{x}}\n' },
  },
  {
    name: 'a path from a variable, a name with blanks',
    row: 'body from a file',
    text: `@kind = order
POST http://localhost:9000/orders
Content-Type: application/json

< ./data/{{kind}} 1.json
`,
    files: { 'data/order 1.json': '{"order": 1}' },
  },
  {
    name: 'the other word for UTF-8, and a byte order mark',
    row: 'body from a file',
    text: `@x = 1
POST http://localhost:9000/utf8
Content-Type: text/plain

<@utf8 ./bom.txt
###
POST http://localhost:9000/raw
Content-Type: text/plain

< ./bom.txt
`,
    files: { 'bom.txt': '\ufeffx={{x}} 你好' },
  },
  {
    name: 'UTF-16 in a file',
    row: 'body from a file',
    text: `@x = 1
POST http://localhost:9000/utf16
Content-Type: text/plain

<@utf16le ./wide.txt
`,
    files: { 'wide.txt': Buffer.from('x={{x}} 你好', 'utf16le') },
  },
  {
    name: 'an encoding that Node does not have',
    row: 'body from a file',
    text: `POST http://localhost:9000/gbk
Content-Type: text/plain; charset=utf-8

<@gbk ./chinese.txt
`,
    files: { 'chinese.txt': Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3) },
    differs: { because: 'encodings', ours: [{ line: 'POST /gbk', body: '你好' }] },
  },
  {
    name: 'an encoding with a dash',
    row: 'body from a file',
    text: `POST http://localhost:9000/dash
Content-Type: text/plain

<@utf-8 ./text.txt
`,
    files: { 'text.txt': 'text' },
    differs: { because: 'encodings', ours: [{ line: 'POST /dash', body: 'text' }] },
  },
  {
    name: 'a file that is not there',
    row: 'body from a file',
    text: `POST http://localhost:9000/missing
Content-Type: text/plain

< ./missing.txt
###
GET http://localhost:9000/plain
`,
    differs: { because: 'missingFile', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'lines that only look like files',
    row: 'body from a file',
    text: `POST http://localhost:9000/text
Content-Type: text/plain

a < b
<b>bold</b>
<not-a-file
  < ./indented.txt
`,
    files: { 'indented.txt': 'x' },
  },
  {
    name: 'a form with two fields',
    row: 'multipart',
    text: `POST http://localhost:9000/form
Content-Type: multipart/form-data; boundary=----Boundary7MA4

------Boundary7MA4
Content-Disposition: form-data; name="title"

A title
------Boundary7MA4
Content-Disposition: form-data; name="count"

3
------Boundary7MA4--
`,
  },
  {
    name: 'form fields and a file',
    row: 'multipart',
    text: `POST http://localhost:9000/upload
Content-Type: multipart/form-data; boundary=WebAppBoundary

--WebAppBoundary
Content-Disposition: form-data; name="element-name"
Content-Type: text/plain

Name
--WebAppBoundary
Content-Disposition: form-data; name="data"; filename="data.json"
Content-Type: application/json

< ./request-form-data.json
--WebAppBoundary--

###
GET http://localhost:9000/next
`,
    files: { 'request-form-data.json': '{\n  "a": 1\n}\n' },
  },
  {
    name: 'a form with variables and a file with variables',
    row: 'multipart',
    text: `@user = ada
POST http://localhost:9000/upload
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="user"

{{user}}
--b
Content-Disposition: form-data; name="card"; filename="card.txt"

<@ card.txt
--b--
`,
    files: { 'card.txt': 'line 1: {{user}}\nline 2' },
  },
  {
    name: 'a form with bytes and quotes around the boundary',
    row: 'multipart',
    text: `POST http://localhost:9000/upload
Content-Type: multipart/form-data; boundary="x y"

--x y
Content-Disposition: form-data; name="file"; filename="a.bin"
Content-Type: application/octet-stream

< a.bin
--x y--
`,
    files: { 'a.bin': Uint8Array.of(0, 255, 10, 13, 128) },
  },
  {
    name: 'form fields with line ends of Windows',
    row: 'multipart',
    text: 'POST http://localhost:9000/form\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n--b--\r\n',
  },
  {
    name: 'related parts',
    row: 'multipart',
    text: `POST http://localhost:9000/drive
Content-Type: multipart/related; boundary=foo

--foo
Content-Type: application/json

{"name": "x"}
--foo--
`,
    differs: {
      because: 'multipartLineEnds',
      ours: [
        {
          line: 'POST /drive',
          body: '--foo\r\nContent-Type: application/json\r\n\r\n{"name": "x"}\r\n--foo--',
        },
      ],
    },
  },
  {
    name: 'a form on one line',
    row: 'form',
    text: `POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded

grant_type=password&username=ada&password=s3cret
`,
  },
  {
    name: 'a form on several lines',
    row: 'form',
    text: `POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded

grant_type=password
&username=ada lovelace
&password=a+b%20c
`,
  },
  {
    name: 'ampersands at the ends, blanks around the equals signs',
    row: 'form',
    text: `POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded; charset=UTF-8

name = foo &
password = bar baz &
  city=Zürich
`,
  },
  {
    name: 'values from variables, to be encoded',
    row: 'form',
    text: `@q = 你好 & "bye" <x> {y}
POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded

q={{q}}
&percent=100%
&encoded=%E4%BD
`,
  },
  {
    name: 'brackets, bars and hashes',
    row: 'form',
    text: String.raw`POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded

items[0]=a|b&items[1]=c^d&color=#fff&path=c:\temp&list=(1),*!'~
`,
  },
  {
    name: 'the type in other letters, or from a variable',
    row: 'form',
    text: `@type = application/x-www-form-urlencoded
POST http://localhost:9000/one
Content-Type: Application/X-WWW-Form-Urlencoded

a=1
&b=x y
###
POST http://localhost:9000/two
Content-Type: {{type}}

a=1
&b=x y
`,
    differs: {
      because: 'formType',
      ours: [
        { line: 'POST /one', body: 'a=1&b=x%20y' },
        { line: 'POST /two', body: 'a=1&b=x%20y' },
      ],
    },
  },
  {
    name: 'a form with a file',
    row: 'form',
    text: `POST http://localhost:9000/token
Content-Type: application/x-www-form-urlencoded

< form.txt
`,
    files: { 'form.txt': 'a=1&b=2' },
    differs: { because: 'fileInForm', ours: [{ line: 'POST /token', body: 'a=1&b=2' }] },
  },
  {
    name: 'a query and variables',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query GetUser($id: ID!) {
  user(id: $id) {
    name
  }
}

{
  "id": "{{id}}"
}
`,
    profile: { id: '7' },
  },
  {
    name: 'a query with the header of REST Client',
    row: 'GraphQL',
    text: `POST http://localhost:9000/graphql
Content-Type: application/json
X-Request-Type: GraphQL

query ($name: String!) {
  repository(name: $name) { id }
}

{"name": "cbhttp", "first": 3.0}
`,
  },
  {
    name: 'a mutation without variables',
    row: 'GraphQL',
    text: `POST http://localhost:9000/graphql
Content-Type: application/json
X-REQUEST-TYPE: GraphQL

mutation AddStar {
  addStar(input: {id: "x"}) { clientMutationId }
}
`,
  },
  {
    name: 'a query without Content-Type',
    row: 'GraphQL',
    text: `POST http://localhost:9000/graphql
X-Request-Type: GraphQL

query Me { viewer { login } }

###
GRAPHQL http://localhost:9000/graphql
Content-Type: application/graphql+json

query Me { viewer { login } }
`,
  },
  {
    name: 'comments and variables inside the query',
    row: 'GraphQL',
    text: `@field = login
GRAPHQL http://localhost:9000/graphql
Authorization: Bearer x

query Me {
  # the account
  viewer { {{field}} }
}
`,
  },
  {
    name: 'a query and its fragment',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query Me($n: Int) {
  viewer { ...Names repositories(first: $n) { totalCount } }
}
fragment Names on User {
  login
  name
}

{ "n": 3 }
`,
  },
  {
    name: 'a separator right below the query',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query Me { viewer { login } }
### next
GET http://localhost:9000/next
`,
    differs: {
      because: 'graphQlSeparator',
      ours: [
        {
          line: 'POST /graphql',
          body: JSON.stringify({ query: 'query Me { viewer { login } }', operationName: 'Me' }),
        },
        { line: 'GET /next' },
      ],
    },
  },
  {
    name: 'a subscription',
    row: 'GraphQL',
    text: `POST http://localhost:9000/graphql
Content-Type: application/json
X-Request-Type: GraphQL

subscription OnStar($id: ID!) { starred(id: $id) { login } }

{ "id": "x" }
`,
    differs: {
      because: 'graphQlShorthand',
      ours: [
        {
          line: 'POST /graphql',
          body: JSON.stringify({
            query: 'subscription OnStar($id: ID!) { starred(id: $id) { login } }',
            operationName: 'OnStar',
            variables: { id: 'x' },
          }),
        },
      ],
    },
  },
  {
    name: 'a query without a name',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query {
  viewer { login }
}
`,
    differs: {
      because: 'graphQlName',
      ours: [{ line: 'POST /graphql', body: JSON.stringify({ query: 'query {\n  viewer { login }\n}' }) }],
    },
  },
  {
    name: 'a brace right after the name',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query Me{ viewer { login } }
`,
    differs: {
      because: 'graphQlName',
      ours: [
        {
          line: 'POST /graphql',
          body: JSON.stringify({ query: 'query Me{ viewer { login } }', operationName: 'Me' }),
        },
      ],
    },
  },
  {
    name: 'a query without a keyword',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

{
  viewer { login }
}
`,
    differs: {
      because: 'graphQlShorthand',
      ours: [{ line: 'POST /graphql', body: JSON.stringify({ query: '{\n  viewer { login }\n}' }) }],
    },
  },
  {
    name: 'text that begins like a query',
    row: 'GraphQL',
    text: `POST http://localhost:9000/notes
Content-Type: text/plain

query for the lost books
`,
    differs: {
      because: 'graphQlElsewhere',
      ours: [{ line: 'POST /notes', body: 'query for the lost books' }],
    },
  },
  {
    name: 'a query from a file',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

< ./me.graphql
`,
    files: { 'me.graphql': 'query Me { viewer { login } }' },
    differs: {
      because: 'graphQlFile',
      ours: [
        {
          line: 'POST /graphql',
          body: JSON.stringify({ query: 'query Me { viewer { login } }', operationName: 'Me' }),
        },
      ],
    },
  },
  {
    name: 'indented first and last lines, blanks at line ends',
    row: 'body',
    text: `POST http://localhost:9000/x
Content-Type: text/plain

  \t
  first  


\tlast\t
  
`,
  },
  {
    name: 'lines with other characters that end lines',
    row: 'body',
    text: `POST http://localhost:9000/x
Content-Type: text/plain

a\u2028b\u0085c\u000bd
`,
  },
  {
    name: 'YAML, CSV and XML as they are',
    row: 'body',
    text: `POST http://localhost:9000/yaml
Content-Type: application/yaml

a: 1
b:
  - c
---
d: 2

###
POST http://localhost:9000/csv
Content-Type: text/csv

a,b
"1","2"

###
POST http://localhost:9000/xml
Content-Type: application/xml

<?xml version="1.0"?>
<!-- note -->
<a>
  <b/>
</a>
`,
  },
  {
    name: 'CSS with a rule that begins with @',
    row: 'body',
    text: `PUT http://localhost:9000/style.css
Content-Type: text/css

a{b:c}
@media print{d{e:f}}
`,
    differs: {
      because: 'variableInBody',
      ours: [{ line: 'PUT /style.css', body: 'a{b:c}\n@media print{d{e:f}}' }],
    },
  },
  {
    name: 'paths of files: tabs, folders, quotes of other scripts',
    row: 'body from a file',
    text: `POST http://localhost:9000/x
Content-Type: text/plain

<\t./a.txt
<   d/e/../b.txt   
< ./文件.txt
`,
    files: { 'a.txt': 'A', 'd/e/keep.txt': '', 'd/b.txt': 'B', '文件.txt': '中\r\n' },
  },
  {
    name: 'a file behind blanks or without one is text',
    row: 'body from a file',
    text: `POST http://localhost:9000/x
Content-Type: text/plain

<./a.txt
  < ./a.txt
`,
    files: { 'a.txt': 'A' },
  },
  {
    name: 'variables in a file that use others, line ends of Windows',
    row: 'body from a file',
    text: `@a = {{b}}
@b = 2
POST http://localhost:9000/x
Content-Type: text/plain

<@ ./a.txt
< ./a.txt
`,
    files: { 'a.txt': 'x{{a}}\r\ny' },
  },
  {
    name: 'a file right below the headers',
    row: 'body from a file',
    text: `POST http://localhost:9000/x
Content-Type: text/plain
< ./a.txt
`,
    files: { 'a.txt': 'A' },
  },
  {
    name: 'a boundary from a variable, a preamble, no end',
    row: 'multipart',
    text: `@b = xyz
POST http://localhost:9000/x
Content-Type: multipart/form-data; boundary={{b}}

preamble
--{{b}}
Content-Disposition: form-data; name="a"


1


`,
  },
  {
    name: 'JSON, a URL and what is no code in a form',
    row: 'form',
    text: `POST http://localhost:9000/x
Content-Type: application/x-www-form-urlencoded; charset=UTF-8

j={"a": [1, 2]}
&u=http://a.example/b?c=d#e
&p=%E4%BD%A0%zz+1
&名=值😀
`,
  },
  {
    name: 'a blank line within the query',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

query A {
  a

  b
}

{ "x": 1 }
`,
    differs: {
      because: 'graphQlBlank',
      ours: [
        {
          line: 'POST /graphql',
          body: '{"query":"query A {\\n  a\\n\\n  b\\n}","operationName":"A","variables":{"x":1}}',
        },
      ],
    },
  },
  {
    name: 'a fragment above the query',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/graphql

fragment F on X { a }
query B { y { ...F } }
`,
    differs: {
      because: 'graphQlName',
      ours: [
        {
          line: 'POST /graphql',
          body: '{"query":"fragment F on X { a }\\nquery B { y { ...F } }","operationName":"B"}',
        },
      ],
    },
  },
];
