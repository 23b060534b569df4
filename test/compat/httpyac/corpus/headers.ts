import type { CompatCase } from '../compatCase.ts';

/** Header fields: as written, encoded, computed. */
export const headers: readonly CompatCase[] = [
  {
    name: 'blanks around names and values',
    row: 'header',
    text: `GET http://localhost:9000/h
  Accept:application/json
X-Blanks :   a  b   
\tX-Tab:\ttab\t
X-Colon: a:b:c
`,
  },
  {
    name: 'repeated headers',
    row: 'header',
    text: `GET http://localhost:9000/h
X-Tag: one
X-Tag: two
X-Other: between
X-Tag: three
`,
  },
  {
    name: 'repeated in other letters',
    row: 'header',
    text: `GET http://localhost:9000/h
X-Tag: one
x-tag: two
X-Last: 1
`,
    differs: { because: 'repeatedName', ours: [{ line: 'GET /h', headers: { 'x-last': '1' } }] },
  },
  {
    name: 'an empty Accept',
    row: 'header',
    text: `GET http://localhost:9000/h
Accept:
`,
    differs: { because: 'emptyAccept', ours: [{ line: 'GET /h', headers: { accept: '' } }] },
  },
  {
    name: 'an empty value',
    row: 'header',
    text: `GET http://localhost:9000/h
X-Empty:
X-Full: 1
`,
  },
  {
    name: 'variables in values',
    row: 'header',
    text: `@token = abc123
GET http://localhost:9000/h
Authorization: Bearer {{token}}
X-Both: {{token}}-{{ token }}
`,
  },
  {
    name: 'a comma at the end',
    row: 'header',
    text: `GET http://localhost:9000/h
Accept: text/html, application/json,
X-List: a,b,c
`,
  },
  {
    name: 'unusual names',
    row: 'header',
    text: `GET http://localhost:9000/h
X_Under: 1
x.dot: 2
1st: 3
X!#$%&'*+.^_|~: 4
`,
  },
  {
    name: 'quotes, semicolons and brackets in values',
    row: 'header',
    text: `GET http://localhost:9000/h
If-None-Match: W/"abc", "def"
Accept: text/html;q=0.9, */*;q=0.1
X-Json: {"a":[1,2]}
Cookie: sid=1; theme=dark
`,
  },
  {
    name: 'two cookies lines',
    row: 'header',
    text: `GET http://localhost:9000/h
Cookie: a=1
Cookie: b=2
`,
  },
  {
    name: 'a line that is no header starts the body',
    row: 'header',
    text: `POST http://localhost:9000/h
Content-Type: application/json
{
  "no": "blank line"
}
`,
  },
  {
    name: 'header lines after such a line are body',
    row: 'header',
    text: `POST http://localhost:9000/h
Content-Type: text/plain
no header here
X-Late: 1
`,
  },
  {
    name: 'a name from a variable is no header',
    row: 'header',
    text: `@name = X-Name
POST http://localhost:9000/h
Content-Type: text/plain
{{name}}: 1
X-Late: 2
`,
  },
  {
    name: 'values beyond ASCII',
    row: 'header',
    text: `GET http://localhost:9000/h
X-City: 北京
X-Street: Königstraße
`,
    differs: {
      because: 'utf8Headers',
      ours: [{ line: 'GET /h', headers: { 'x-city': '北京', 'x-street': 'Königstraße' } }],
    },
  },
  {
    name: 'user and password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Basic ada s3cret
`,
  },
  {
    name: 'user, colon, password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Basic ada:s3cret
###
GET http://localhost:9000/private
authorization: basic ada:s3:cr:et
`,
  },
  {
    name: 'encoded already',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Basic YWRhOnMzY3JldA==
`,
  },
  {
    name: 'from variables, beyond ASCII',
    row: 'Basic authorization',
    text: `@user = ada
@password = pässword 密码
GET http://localhost:9000/private
Authorization: Basic {{user}} {{password}}
###
GET http://localhost:9000/private
Authorization: Basic {{user}}:{{password}}
`,
  },
  {
    name: 'several blanks, blanks in the password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization:   Basic   ada    my  pass phrase
`,
  },
  {
    name: 'no password, no user',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Basic ada:
###
GET http://localhost:9000/private
Authorization: Basic :s3cret
`,
  },
  {
    name: 'a blank in the user, before a colon',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Basic ada lovelace:s3cret
`,
  },
  {
    name: 'other schemes stay',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/private
Authorization: Bearer ada s3cret
###
GET http://localhost:9000/private
Authorization: ApiKey ada:s3cret
###
GET http://localhost:9000/private
Proxy-Authorization: Basic ada s3cret
`,
  },
  {
    name: 'nothing written: what is added',
    row: 'computed and added headers',
    text: `GET http://localhost:9000/defaults
###
POST http://localhost:9000/defaults

just text
###
DELETE http://localhost:9000/defaults
`,
  },
  {
    name: 'written in place of what would be added',
    row: 'computed and added headers',
    text: `GET http://localhost:9000/own
accept: image/*
ACCEPT-ENCODING: identity
User-Agent: my-tool/1.0
`,
  },
  {
    name: 'a wrong Content-Length',
    row: 'computed and added headers',
    text: `POST http://localhost:9000/length
Content-Length: 3
Content-Type: text/plain

four
`,
    differs: {
      because: 'computedHeaders',
      ours: [{ line: 'POST /length', headers: { 'content-length': '4' }, body: 'four' }],
    },
  },
  {
    name: 'the right Content-Length',
    row: 'computed and added headers',
    text: `POST http://localhost:9000/length
Content-Length: 4
Content-Type: text/plain

four
`,
  },
  {
    name: 'Transfer-Encoding',
    row: 'computed and added headers',
    text: `POST http://localhost:9000/length
Transfer-Encoding: chunked
Content-Type: text/plain

four
`,
    differs: {
      because: 'computedHeaders',
      ours: [
        { line: 'POST /length', headers: { 'transfer-encoding': null, 'content-length': '4' }, body: 'four' },
      ],
    },
  },
  {
    name: 'Expect and Keep-Alive',
    row: 'computed and added headers',
    text: `POST http://localhost:9000/expect
Expect: 100-continue
Keep-Alive: timeout=5
Content-Type: text/plain

ready
`,
    differs: {
      because: 'computedHeaders',
      ours: [{ line: 'POST /expect', headers: { expect: null, 'keep-alive': null }, body: 'ready' }],
    },
  },
  {
    name: 'Connection: close',
    row: 'computed and added headers',
    text: `GET http://localhost:9000/close
Connection: close
X-After: 1
`,
  },
  {
    name: 'a body without Content-Type gets none',
    row: 'computed and added headers',
    text: `POST http://localhost:9000/untyped

{"guess": "json"}
`,
  },
  {
    name: 'what a tool would compute: AWS, OAuth 2',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/aws
Authorization: AWS id secret region:x service:y

###
GET http://localhost:9000/oauth
Authorization: openid client_credentials company

###
GET http://localhost:9000/plain
`,
    differs: { because: 'computedAuthorization', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'Digest: the first request shows no password',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/one
Authorization: Digest ada s3cret

###
GET http://localhost:9000/two
Authorization: Digest ada:s3cret
`,
  },
  {
    name: 'Basic in other letters, behind a tab, for a proxy',
    row: 'Basic authorization',
    text: `GET http://localhost:9000/one
authorization: basic ada pw

###
GET http://localhost:9000/two
Authorization: Basic\tada\tpw

###
GET http://localhost:9000/three
Proxy-Authorization: Basic ada pw
`,
  },
  {
    name: 'only a comma, two commas, one in quotes',
    row: 'header',
    text: `GET http://localhost:9000/x
X-A: ,
X-B: 1,,
X-C: "a,"
Accept: */*,
`,
  },
  {
    name: 'colons, tabs and braces in values',
    row: 'header',
    text: `GET http://localhost:9000/x
X-A:a:b:c
X-U: http://a.example/b
X-T:\ta\tb
X-J: {"a":{"b":1}}
`,
  },
  {
    name: 'a value that goes on in the next line',
    row: 'header',
    text: `POST http://localhost:9000/x
X-A: 1
  continued
X-B: 2
`,
  },
  {
    name: 'remarks behind values',
    row: 'header',
    text: `GET http://localhost:9000/x
X-A: 1 // one
X-B: 2 # two
`,
  },
  {
    name: 'no-break spaces around names and values',
    row: 'header',
    text: `GET http://localhost:9000/x
\u00a0X-A: 1
X-B:\u00a02\u00a0
`,
  },
];
