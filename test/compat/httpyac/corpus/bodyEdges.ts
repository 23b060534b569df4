import type { CompatCase } from '../compatCase.ts';

/** Bodies at their edges. */
export const bodyEdges: readonly CompatCase[] = [
  {
    name: 'SQL',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

DELETE FROM users
WHERE id = 1;
`,
    differs: {
      because: 'requestLineInBody',
      ours: [{ line: 'POST /a', body: 'DELETE FROM users\nWHERE id = 1;' }],
    },
  },
  {
    name: 'words in capitals',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

COPY that
MOVE on
`,
    differs: { because: 'requestLineInBody', ours: [{ line: 'POST /a', body: 'COPY that\nMOVE on' }] },
  },
  {
    name: 'JSON that is no object',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/json

null
###
POST http://localhost:9000/b
Content-Type: application/json

"text"
###
POST http://localhost:9000/c
Content-Type: application/json

0
###
POST http://localhost:9000/d
Content-Type: application/json

false
`,
  },
  {
    name: 'a line that begins with SSE',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
SSE 0 - x
rest
`,
    differs: { because: 'otherProtocols', ours: [{ line: 'POST /a', body: 'one\nSSE 0 - x\nrest' }] },
  },
  {
    name: 'a line for a WebSocket',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
WS ws://x/y
rest
`,
    differs: { because: 'otherProtocols', ours: [{ line: 'POST /a', body: 'one\nWS ws://x/y\nrest' }] },
  },
  {
    name: 'a line that begins with MQTT',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
MQTT 5 is a protocol
rest
`,
    differs: {
      because: 'otherProtocols',
      ours: [{ line: 'POST /a', body: 'one\nMQTT 5 is a protocol\nrest' }],
    },
  },
  {
    name: 'a line that imports for gRPC',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
proto < x.proto
rest
`,
    differs: { because: 'otherProtocols', ours: [{ line: 'POST /a', body: 'one\nproto < x.proto\nrest' }] },
  },
  {
    name: 'a line that begins with gql',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
gql is short
rest
`,
  },
  {
    name: 'a status line within the text',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
HTTP/2 200
rest
`,
  },
  {
    name: 'an indented status line',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

one
   HTTP/1.1 404 nope
rest
`,
  },
  {
    name: 'opening braces without an end',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

{{
x

`,
  },
  {
    name: 'JSON whose line begins with two braces',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/json

{"a":{"b":{
}}
}
`,
  },
  {
    name: 'a block of code between lines',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

a
{{
  const x = 1;
}}
b
`,
  },
  {
    name: 'line ends in a value',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

[{{text}}]
`,
    profile: { text: 'a\nb\r\nc' },
  },
  {
    name: 'blank lines with blanks around a line',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain
 	 
body
 	
`,
  },
  {
    name: 'a body without headers',
    row: 'body',
    text: `POST http://localhost:9000/a

body one
body two


### x
GET http://localhost:9000/b
`,
  },
  {
    name: 'text right below the request line',
    row: 'body',
    text: `POST http://localhost:9000/a
plain text body
`,
  },
  {
    name: 'XML right below the headers',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/xml
<a>1</a>
`,
  },
  {
    name: 'HTML with a script and template marks',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/html

<script>
if (a < b) { alert("x") }
</script>
<% x %>
`,
  },
  {
    name: 'lines that begin with angles',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<
<<
<<<
<= 3
<- x
`,
  },
  {
    name: 'lines that begin with closing angles',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

>
> 
>>
>>x
>= 3
>!
>> 
`,
  },
  {
    name: 'quotes of several words',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

> to be or
> not to be

Hamlet
`,
  },
  {
    name: 'lines that begin with question marks',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

?
??
?? 
?a=b
&c=d
`,
  },
  {
    name: 'lines that begin with at signs',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

@
@ x
user@x = y
`,
  },
  {
    name: 'rulers of several kinds',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

---
...
***
===x
== =
`,
  },
  {
    name: 'three equals signs behind a word',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

a ===
b
`,
    differs: { because: 'streamedBody', ours: [{ line: 'POST /a', body: 'a ===\nb' }] },
  },
  {
    name: 'Markdown with headings of one and two hashes',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/markdown

* a
* b

# T
## U
x
`,
  },
  {
    name: 'a bare separator below Markdown',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/markdown

# T
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'values between tabs',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/tab-separated-values

a	b	
1		2
`,
  },
  {
    name: 'lines that are URLs',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/uri-list

http://a.test/1
https://b.test/2
`,
  },
  {
    name: 'JSON that ends with four braces',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/json

{"a":{"b":{"c":{}}}}
`,
  },
  {
    name: 'JSON on one line, nested',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/json

[{"x":{"y":1}},{"x":{}}]
`,
  },
  {
    name: 'braces around a quote',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x {{"a"}} y
`,
    differs: { because: 'strayBraces', ours: [{ line: 'POST /a', body: 'x {{"a"}} y' }] },
  },
  {
    name: 'a number in braces',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x {{5}} y
###
GET http://localhost:9000/b
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /b' }] },
  },
  {
    name: 'lines of JSON with a charset',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/x-ndjson; charset=utf-8

{"a":1}
{"b":2}
`,
  },
  {
    name: 'lines of JSON, one from a file',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/x-ndjson

{"a":1}
< ./b.txt
`,
    files: { 'b.txt': '{"b":2}' },
  },
  {
    name: 'lines of JSON under other names',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: application/ndjson

{"a":1}
{"b":2}
###
POST http://localhost:9000/b
Content-Type: application/jsonl

{"a":1}
`,
  },
  {
    name: 'SOAP with a value that XML would escape',
    row: 'body',
    text: `POST http://localhost:9000/a
Content-Type: text/xml;charset=UTF-8
SOAPAction: "#x"

<soapenv:Envelope xmlns:soapenv="x">
   <soapenv:Header/>

   <soapenv:Body>{{v}}</soapenv:Body>
</soapenv:Envelope>
`,
    profile: { v: '1 < 2 & 3' },
  },
  {
    name: 'control characters',
    row: 'body',
    text: 'POST http://localhost:9000/a\nContent-Type: text/plain\n\nx\u0000y\u0001\n',
  },
  {
    name: 'quotes around a path',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< "./a.txt"
###
GET http://localhost:9000/b
`,
    files: { 'a.txt': 'A' },
    differs: { because: 'missingFile', ours: [{ line: 'GET /b' }] },
  },
  {
    name: 'a path that is a variable',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< {{f}}
`,
    files: { 'a.txt': 'A' },
    profile: { f: './a.txt' },
  },
  {
    name: 'empty files',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< ./a.txt
###
POST http://localhost:9000/b
Content-Type: text/plain

<@ ./a.txt
`,
    files: { 'a.txt': '' },
  },
  {
    name: 'an empty file between lines',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x
< ./a.txt
y
`,
    files: { 'a.txt': '' },
  },
  {
    name: 'a file that is a line end',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< ./a.txt
`,
    files: { 'a.txt': '\n' },
  },
  {
    name: 'text and blank lines below a file',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< ./a.txt
text

more
`,
    files: { 'a.txt': 'A\n' },
  },
  {
    name: 'blank lines between files',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< ./a.txt

< ./a.txt
`,
    files: { 'a.txt': 'A' },
  },
  {
    name: 'two files with variables',
    row: 'body from a file',
    text: `@v = 1
POST http://localhost:9000/a
Content-Type: text/plain

<@ ./a.txt
<@ ./b.txt
`,
    files: { 'a.txt': 'A{{v}}', 'b.txt': 'B{{v}}' },
  },
  {
    name: 'escaped braces in a file',
    row: 'body from a file',
    text: `@v = 1
POST http://localhost:9000/a
Content-Type: text/plain

<@ ./a.txt
`,
    files: { 'a.txt': 'A\\{\\{v\\}\\}{{v}}' },
  },
  {
    name: 'base64, hex, binary, ascii and ucs2',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<@base64 ./a.bin
###
POST http://localhost:9000/b
Content-Type: text/plain

<@hex ./a.bin
###
POST http://localhost:9000/c
Content-Type: text/plain

<@binary ./a.bin
###
POST http://localhost:9000/d
Content-Type: text/plain

<@ascii ./a.bin
###
POST http://localhost:9000/e
Content-Type: text/plain

<@ucs2 ./a.bin
`,
    files: { 'a.bin': Uint8Array.of(1, 200, 65, 66) },
  },
  {
    name: 'encodings in capitals',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<@UTF8 ./a.txt
###
POST http://localhost:9000/b
Content-Type: text/plain

<@Latin1 ./b.txt
`,
    files: { 'a.txt': 'é', 'b.txt': Uint8Array.of(233) },
    differs: {
      because: 'encodings',
      ours: [
        { line: 'POST /a', body: 'é' },
        { line: 'POST /b', body: 'é' },
      ],
    },
  },
  {
    name: 'an unknown variable in a file',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<@ ./a.txt
###
GET http://localhost:9000/b
`,
    files: { 'a.txt': '{{nope}}' },
  },
  {
    name: 'no blank before the path',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<@./a.txt
`,
    files: { 'a.txt': 'A' },
  },
  {
    name: 'paths with dots, and without',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< x/../a.txt
< a.txt
`,
    files: { 'a.txt': 'A', 'x/k': '' },
  },
  {
    name: 'a file between lines of Windows',
    row: 'body from a file',
    text: 'POST http://localhost:9000/a\r\nContent-Type: text/plain\r\n\r\nx\r\n< ./a.txt  \r\ny\r\n',
    files: { 'a.txt': 'A\r\nB' },
  },
  {
    name: 'a remark behind the path',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

< ./a.txt // note
###
GET http://localhost:9000/b
`,
    files: { 'a.txt': 'A' },
    differs: { because: 'missingFile', ours: [{ line: 'GET /b' }] },
  },
  {
    name: 'a script as body',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/javascript

< ./a.js
`,
    files: { 'a.js': 'x()' },
  },
  {
    name: 'a script above the request and as body',
    row: 'body from a file',
    text: `< ./a.js
POST http://localhost:9000/a
Content-Type: text/plain

< ./a.js
`,
    files: { 'a.js': '1;' },
  },
  {
    name: 'bytes between lines',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: application/octet-stream

x
< ./a.bin
y
`,
    files: { 'a.bin': Uint8Array.of(255, 0, 13, 10) },
  },
  {
    name: 'a file with GET',
    row: 'body from a file',
    text: `GET http://localhost:9000/a

< ./a.txt
`,
    files: { 'a.txt': 'A' },
  },
  {
    name: 'system variables in a file',
    row: 'body from a file',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

<@ ./a.txt
`,
    files: { 'a.txt': '{{$randomInt 3 4}} {{$processEnv CBHTTP_COMPAT_USER}} {{x}}' },
    profile: { x: 'X' },
  },
  {
    name: 'no blank line above the first part',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b
--b
Content-Disposition: form-data; name="x"

1
--b--
`,
  },
  {
    name: 'header names in lower case, a name without quotes',
    row: 'multipart',
    text: `POST http://localhost:9000/a
content-type: multipart/form-data;boundary=b

--b
content-disposition: form-data; name=x

1
--b--
`,
  },
  {
    name: 'the type in other letters: line ends',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: Multipart/Form-Data; boundary=b

--b
Content-Disposition: form-data; name="x"

1
--b--
`,
    differs: {
      because: 'multipartLineEnds',
      ours: [{ line: 'POST /a', body: '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--' }],
    },
  },
  {
    name: 'text below the last part',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="x"

1

--b--
epilogue
`,
  },
  {
    name: 'bytes, text, bytes',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="x"; filename="x.bin"

< ./x.bin
--b
Content-Disposition: form-data; name="y"

y
--b
Content-Disposition: form-data; name="z"; filename="z.bin"

< ./x.bin
--b--
`,
    files: { 'x.bin': Uint8Array.of(1, 10, 255) },
  },
  {
    name: 'a blank line below a file',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="x"; filename="x"

< ./x.txt

--b--
`,
    files: { 'x.txt': 'a\nb\n' },
  },
  {
    name: 'line ends in a variable',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="{{n}}"

{{v}}
--b--
`,
    profile: { n: 'x', v: 'l1\nl2' },
  },
  {
    name: 'Chinese in names, files and variables',
    row: 'multipart',
    text: `@v = 值
POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=b

--b
Content-Disposition: form-data; name="文"; filename="名.txt"

<@ ./x.txt
--b--
`,
    files: { 'x.txt': '内{{v}}' },
  },
  {
    name: 'a batch of requests',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: application/http

GET /x HTTP/1.1


--b--
`,
    differs: {
      because: 'multipartLineEnds',
      ours: [
        {
          line: 'POST /a',
          body: '--b\r\nContent-Type: application/http\r\n\r\nGET /x HTTP/1.1\r\n\r\n\r\n--b--',
        },
      ],
    },
  },
  {
    name: 'JSON over lines in a part',
    row: 'multipart',
    text: `POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary=----X

------X
Content-Disposition: form-data; name="j"
Content-Type: application/json

{
  "a": [
    1
  ]
}
------X--
`,
  },
  {
    name: 'lines without ampersands',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=1
b=2

`,
  },
  {
    name: 'blank lines between fields',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=1

&b=2
  
&c=3
`,
  },
  {
    name: 'indented fields',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=1
  &b=2
	& c = 3 
`,
  },
  {
    name: 'ampersands before the first and behind the last field',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

&a=1
&b=2&
`,
  },
  {
    name: 'fields without value, or without name',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=
&b
&=c
&d==e
`,
  },
  {
    name: 'quotes, angles and JSON in fields',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a="x y"
&b='z'
&c=<tag>
&d={"k":"v w"}
&e=\`x\`
`,
  },
  {
    name: 'values with blanks at their ends',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a={{v}}
&b={{ w }}&c={{v}}{{w}}
`,
    profile: { v: ' lead', w: 'trail ' },
  },
  {
    name: 'a value with a line end and separators',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a={{v}}
`,
    profile: { v: 'x\ny & z = 1' },
  },
  {
    name: 'a comment between fields',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=1
# no
&b=2
`,
    differs: { because: 'commentInBody', ours: [{ line: 'POST /a', body: 'a=1#%20no&b=2' }] },
  },
  {
    name: 'percent signs that encode something or nothing',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

p=100%&q=%41%zz&r=%e4%b8%ad
`,
  },
  {
    name: 'addresses and times in fields',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

email=a@b.test&url=http://x.test/?q=1&t=12:30&s=a/b
`,
  },
  {
    name: 'blanks around the type',
    row: 'form',
    text: `POST http://localhost:9000/a
Content-Type : application/x-www-form-urlencoded ; charset=x

x = 1 2
`,
  },
  {
    name: 'tabs and wide blanks around values',
    row: 'form',
    text: 'POST http://localhost:9000/a\nContent-Type: application/x-www-form-urlencoded\n\na=\t1\t\n&b=2\u00a0\n&c=\u3000x\n',
  },
  {
    name: 'a fragment above the request',
    row: 'GraphQL',
    text: `fragment F on User {
  login
}

GRAPHQL http://localhost:9000/g

query Q {
  me { ...F }
}
`,
  },
  {
    name: 'a fragment in a section of its own',
    row: 'GraphQL',
    text: `fragment F on User {
  login
}
###
GRAPHQL http://localhost:9000/g

query Q {
  me { ...F }
}
###
GRAPHQL http://localhost:9000/g2

query R {
  you { ...F }
}
`,
    differs: {
      because: 'graphQlSeparator',
      ours: [
        {
          line: 'POST /g',
          body: '{"query":"query Q {\\n  me { ...F }\\n}\\nfragment F on User {\\n  login\\n}","operationName":"Q"}',
        },
        {
          line: 'POST /g2',
          body: '{"query":"query R {\\n  you { ...F }\\n}\\nfragment F on User {\\n  login\\n}","operationName":"R"}',
        },
      ],
    },
  },
  {
    name: 'a query imported from a file, with variables',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

gql foo < ./q.graphql

{"a": 1}
`,
    files: { 'q.graphql': 'query foo($a: Int) {\n  x(a: $a)\n}\n' },
  },
  {
    name: 'a query imported without a name',
    row: 'GraphQL',
    text: `POST http://localhost:9000/g
X-Request-Type: GraphQL
Content-Type: application/json

gql < ./q.graphql
`,
    files: { 'q.graphql': '{ x }' },
    differs: { because: 'graphQlName', ours: [{ line: 'POST /g', body: '{"query":"{ x }"}' }] },
  },
  {
    name: 'a directive behind the name',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query Q @cached(ttl: 60) {
  x
}
`,
  },
  {
    name: 'a query on one line, nested variables',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query Q($a:Int){x(a:$a)}

{"a":{"b":[1,2,{"c":null}]}}
`,
  },
  {
    name: 'an indented query',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

  query Q {
    x
  }
`,
  },
  {
    name: 'variables without any',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query Q {
  x
}

{}
`,
  },
  {
    name: 'variables of the file within the query’s',
    row: 'GraphQL',
    text: `@id = 7
@n = "x"
GRAPHQL http://localhost:9000/g
Authorization: Bearer t

mutation M($i: In!) {
  add(i: $i) { id }
}

{
  "i": {
    "id": {{id}},
    "s": "{{id}}"
  }
}
`,
  },
  {
    name: 'several blank lines above the variables',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query Q {
  x
}



{"a":1}
`,
  },
  {
    name: 'a query in the URL, a version, a header',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g?x=1 HTTP/1.1
X-A: 1

query Q { x }
`,
  },
  {
    name: 'the keyword without a query',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g
`,
  },
  {
    name: 'quotes and block strings in a query',
    row: 'GraphQL',
    text: String.raw`GRAPHQL http://localhost:9000/g

query Q {
  x(a: "b\"c", d: """
  block
  """)
}
`,
  },
  {
    name: 'a query with line ends of Windows',
    row: 'GraphQL',
    text: 'GRAPHQL http://localhost:9000/g\r\n\r\nquery Q {\r\n  x\r\n}\r\n\r\n{"a":1}\r\n',
  },
  {
    name: 'several blanks before the name, the brace below',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query   Q
{
  x
}
`,
  },
  {
    name: 'a query that is JSON already',
    row: 'GraphQL',
    text: `POST http://localhost:9000/g
Content-Type: application/json

{"query":"query Q { x }","variables":{}}
`,
  },
  {
    name: 'the media type of GraphQL',
    row: 'GraphQL',
    text: `POST http://localhost:9000/g
Content-Type: application/graphql

{ x }
`,
  },
  {
    name: 'numbers that JavaScript rounds',
    row: 'GraphQL',
    text: `GRAPHQL http://localhost:9000/g

query Q { x }

{"a":12345678901234567890,"b":1e3,"c":-0}
`,
  },
];
