import type { CompatCase } from '../compatCase.ts';

/** Header fields at their edges. */
export const headerEdges: readonly CompatCase[] = [
  {
    name: 'an empty header, repeated',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A:
X-A: 1
X-B: 2
X-B:
`,
    differs: { because: 'repeatedName', ours: [{ line: 'GET /a' }] },
  },
  {
    name: 'Content-Type twice',
    row: 'header',
    text: `POST http://localhost:9000/a
Content-Type: text/plain
Content-Type: application/json

x
`,
  },
  {
    name: 'Authorization twice',
    row: 'header',
    text: `POST http://localhost:9000/a
Authorization: Bearer a
Authorization: Basic b c

x
`,
  },
  {
    name: 'cookies with semicolons, quotes and codes',
    row: 'header',
    text: `GET http://localhost:9000/a
Cookie: a=1;
Cookie: b="x y"; c=%20
`,
  },
  {
    name: 'blanks around the last comma',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A: a , 
X-B: b,  
`,
  },
  {
    name: 'headers for a proxy',
    row: 'header',
    text: `GET http://localhost:9000/a
Proxy-Connection: keep-alive
X-A: 1
`,
  },
  {
    name: 'headers that browsers send',
    row: 'header',
    text: `GET http://localhost:9000/a
Upgrade-Insecure-Requests: 1
Sec-Fetch-Mode: cors
DNT: 1
`,
  },
  {
    name: 'headers that describe the body',
    row: 'header',
    text: `POST http://localhost:9000/a
Content-Encoding: identity
Content-Language: de
Content-MD5: x

x
`,
  },
  {
    name: 'an empty Accept-Encoding',
    row: 'header',
    text: `GET http://localhost:9000/a
Accept-Encoding:
`,
  },
  {
    name: 'Host in lower case with a port, and a header that begins like it',
    row: 'header',
    text: `GET http://localhost:9000/a
host: example.test:81
HOST2: x
`,
  },
  {
    name: 'a comma at the end of a variable',
    row: 'header',
    text: `@h = a, b,
GET http://localhost:9000/a
X-A: {{h}}
X-B: {{h}},
`,
  },
  {
    name: 'an unknown variable in a value',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A: {{nope}}
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'names of one letter, repeated',
    row: 'header',
    text: `GET http://localhost:9000/a
z: 1
A: 2
m:3
m: 4
z:5
`,
  },
  {
    name: 'JSON with a comma behind it',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A: {"a":1},
X-B: [1,]
`,
  },
  {
    name: 'a query line between headers',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A: 1
  &x=2
X-B: 2
`,
  },
  {
    name: 'URLs from variables',
    row: 'header',
    text: `@o = http://x.test/?a=b
GET http://localhost:9000/a
Origin: {{o}}
Referer: {{o}}#x
`,
  },
  {
    name: 'conditions and ranges',
    row: 'header',
    text: `GET http://localhost:9000/a
If-None-Match: *
Range: bytes=0-10
If-Modified-Since: Wed, 21 Oct 2015 07:28:00 GMT
`,
  },
  {
    name: 'a spread with a comma',
    row: 'header',
    text: `{{
 exports.h = {a: '1'};
}}
GET http://localhost:9000/a
X-A: 1
...h,
X-B: 2
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /a', headers: { 'x-a': '1', 'x-b': '2' } }] },
  },
  {
    name: 'a line end in a header’s value',
    row: 'header',
    text: `GET http://localhost:9000/a
X-A: {{text}}
###
GET http://localhost:9000/b
`,
    profile: { text: 'a\nb' },
  },
  {
    name: 'user and password from one variable',
    row: 'Basic authorization',
    text: `@c = ada pw
@d = ada:pw
@b = YWRhOnB3
GET http://localhost:9000/a
Authorization: Basic {{c}}
###
GET http://localhost:9000/b
Authorization: Basic {{d}}
###
GET http://localhost:9000/c
Authorization: Basic {{b}}
`,
  },
  {
    name: 'the word Basic alone',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Basic
###
GET http://localhost:9000/b
Authorization: Basic   
`,
  },
  {
    name: 'colons and blanks in user and password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Basic ada p:w
###
GET http://localhost:9000/b
Authorization: Basic ada:p w
###
GET http://localhost:9000/c
Authorization: Basic a b c d
`,
  },
  {
    name: 'a comma behind the password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Basic ada pw,
`,
  },
  {
    name: 'what is hardly base64, BASIC, and a colon behind the word',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Basic abc=
###
GET http://localhost:9000/b
Authorization: BASIC x y
###
GET http://localhost:9000/c
Authorization: Basic: x y
`,
  },
  {
    name: 'tokens from variables, other words',
    row: 'Basic authorization',
    text: `@t = abc 
GET http://localhost:9000/a
Authorization: Bearer {{t}}
###
GET http://localhost:9000/b
Authorization: {{t}}
###
GET http://localhost:9000/c
Authorization: Token ada:pw
`,
  },
  {
    name: 'a complete digest',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Digest username="x", realm="y", nonce="z", uri="/", response="r"
`,
    differs: {
      because: 'digest',
      ours: [
        {
          line: 'GET /a',
          headers: { authorization: 'Digest username="x", realm="y", nonce="z", uri="/", response="r"' },
        },
      ],
    },
  },
  {
    name: 'Digest with blanks in user and password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/a
Authorization: Digest ada my pass phrase
###
GET http://localhost:9000/b
Authorization: digest ada lovelace:pw
`,
  },
];
