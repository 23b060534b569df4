import type { CompatCase } from '../compatCase.ts';

/** More files as users of other tools write them. */
export const moreHabits: readonly CompatCase[] = [
  {
    name: 'REST Client: XML and a token',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/comments HTTP/1.1
content-type: application/xml
authorization: token xxx

<request>
    <name>sample</name>
    <time>Wed, 21 Oct 2015 18:27:50 GMT</time>
</request>
`,
  },
  {
    name: 'REST Client: variables of environments',
    row: 'habits of REST Client',
    text: `GET http://{{host}}/api/{{version}}comments/1 HTTP/1.1
Authorization: {{token}}
`,
    profile: { host: 'localhost:9000', token: 'tok' },
    shared: { version: 'v1/' },
  },
  {
    name: 'REST Client: a chain of answers',
    row: 'habits of REST Client',
    text: `@baseUrl = http://localhost:9000/api

# @name login
POST {{baseUrl}}/api/login HTTP/1.1
Content-Type: application/x-www-form-urlencoded

name=foo&password=bar

###

@authToken = {{login.response.headers.content-type}}

# @name createComment
POST {{baseUrl}}/comments HTTP/1.1
Authorization: {{authToken}}
Content-Type: application/json

{
    "content": "fake content"
}

###

@commentId = {{createComment.response.body.$.id}}

# @name getReplies
GET {{baseUrl}}/comments/{{commentId}}/replies HTTP/1.1
Accept: application/xml
`,
    differs: {
      because: 'answers',
      ours: [
        { line: 'POST /api/api/login', body: 'name=foo&password=bar' },
        {
          line: 'POST /api/comments',
          headers: { authorization: 'application/json' },
          body: '{\n    "content": "fake content"\n}',
        },
        { line: 'GET /api/comments/7/replies' },
      ],
    },
  },
  {
    name: 'REST Client: settings in comments',
    row: 'habits of REST Client',
    text: `# @settings {"a":1}
# @no-redirect
# @no-cookie-jar
# @prompt
GET http://localhost:9000/a
`,
  },
  {
    name: 'REST Client: all its system variables',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/comments HTTP/1.1
Content-Type: application/xml
Date: {{$datetime rfc1123}}

{
    "user_name": "{{$dotenv USERNAME}}",
    "request_id": "{{$guid}}",
    "updated_at": "{{$timestamp -1 d}}",
    "created_at": "{{$timestamp -1 d}}",
    "review_count": "{{$randomInt 5 6}}",
    "custom_date": "{{$datetime 'YYYY-MM-DD'}}",
    "local_custom_date": "{{$localDatetime 'YYYY-MM-DD'}}"
}
`,
    files: { '.env': 'USERNAME=u1\n' },
    mask: /[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d:\d\d|\d{10}/g,
  },
  {
    name: 'REST Client: a curl command beside requests',
    row: 'habits of REST Client',
    text: `curl --request GET --url http://localhost:9000/x

###

GET http://localhost:9000/b
`,
  },
  {
    name: 'httpYac: a certificate by a header',
    row: 'habits of httpYac',
    text: `GET http://localhost:9000/a HTTP/1.1
ClientCert: pfx: ./x.p12 passphrase: badssl

###
GET http://localhost:9000/b HTTP/1.1
X-ClientCert: cert: ./a.crt key: ./a.key
X-A: 1
`,
  },
  {
    name: 'httpYac: cookies',
    row: 'habits of httpYac',
    text: `GET http://localhost:9000/cookies
Cookie: bar=foo

###
# @no-cookie-jar
GET http://localhost:9000/cookies
Cookie: foo=bar; a=b
`,
  },
  {
    name: 'httpYac: text and a file in a form',
    row: 'habits of httpYac',
    text: `@host = http://localhost:9000
POST {{host}}/anything
Content-Type: multipart/form-data; boundary=WebKitFormBoundary

--WebKitFormBoundary
Content-Disposition: form-data; name="text"

foo
--WebKitFormBoundary
Content-Disposition: form-data; name="text2"; filename="test.json"
Content-Type: application/json

<@ ./t.json

--WebKitFormBoundary--
`,
    files: { 't.json': '{"h":"{{host}}"}' },
  },
  {
    name: 'httpYac: script and variables for the whole file',
    row: 'habits of httpYac',
    text: `{{
  exports.x = 1;
}}
@host = http://localhost:9000

###
# @name a
GET {{host}}/a

###
# @ref a
GET {{host}}/b?id={{a.id}}
`,
  },
  {
    name: 'httpYac: comments as descriptions',
    row: 'habits of httpYac',
    text: `// first comment
GET http://localhost:9000/a

###
/*
 * doc
 */
# @title t
POST http://localhost:9000/b
`,
  },
  {
    name: 'httpYac: lazy variables',
    row: 'habits of httpYac',
    text: `@url := {{base}}/x/{{id}}
@base = http://localhost:9000
@id = 1
GET {{url}}
###
@id = 2
GET {{url}}
`,
  },
  {
    name: 'httpYac: a form with a password',
    row: 'habits of httpYac',
    text: `POST http://localhost:9000/post
Content-Type: application/x-www-form-urlencoded

username=foo
&password={{pw}}
&grant_type=password
`,
    profile: { pw: 'a b&c' },
  },
  {
    name: 'httpYac: requests with bodies, no separators',
    row: 'habits of httpYac',
    text: `POST http://localhost:9000/a
Content-Type: application/json
{"a":1}

POST http://localhost:9000/b
Content-Type: application/json
{"b":1}
`,
    differs: {
      because: 'requestLineInBody',
      ours: [
        {
          line: 'POST /a',
          body: '{"a":1}\n\nPOST http://localhost:9000/b\nContent-Type: application/json\n{"b":1}',
        },
      ],
    },
  },
  {
    name: 'JetBrains: one long query, in both forms',
    row: 'habits of JetBrains',
    text: `GET http://localhost:9000/html?firstname=John&lastname=Doe&planet=Tatooine&town=Freetown

###
GET http://localhost:9000
    /html
    ?firstname=John
    &lastname=Doe
    &planet=Tatooine
    &town=Freetown
`,
  },
  {
    name: 'JetBrains: variables in place',
    row: 'habits of JetBrains',
    text: `@myhost = localhost:9000
@myport = 80

GET http://{{myhost}}/{{myport}}
`,
  },
  {
    name: 'JetBrains: a form with blanks around everything',
    row: 'habits of JetBrains',
    text: `POST http://localhost:9000/form
Content-Type: application/x-www-form-urlencoded

key1 = value1 &
key2 = value2 &
key3 = value3 &
key4 = value4 &
key5 = value5
`,
  },
  {
    name: 'JetBrains: Basic and Digest',
    row: 'habits of JetBrains',
    text: `// Basic authentication
GET http://localhost:9000/a
Authorization: Basic username password

###
// Digest
GET http://localhost:9000/b
Authorization: Digest username password
`,
  },
  {
    name: 'JetBrains: handlers in files',
    row: 'habits of JetBrains',
    text: `GET http://localhost:9000/a

> scripts/my-script.js

###
GET http://localhost:9000/b
> ./s.js
`,
    files: { 'scripts/my-script.js': '1', 's.js': '1' },
  },
  {
    name: 'JetBrains: its options',
    row: 'habits of JetBrains',
    text: `// @no-redirect
// @no-cookie-jar
// @no-auto-encoding
// @no-log
// @use-os-credentials
// @timeout 60000
// @connection-timeout 2 m
GET http://localhost:9000/a?x=a b
`,
  },
  {
    name: 'JetBrains: a JSONPath as variable',
    row: 'habits of JetBrains',
    text: `GET http://localhost:9000/x?{{$.clients..id}}

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'JetBrains: comments between the lines of a URL',
    row: 'habits of JetBrains',
    text: `GET http://localhost:9000
    /a
    # comment
    ?id=1
    // &x=2
    &v=3
Accept: */* # not a comment
`,
  },
  {
    name: 'JetBrains: three titles and a saved answer',
    row: 'habits of JetBrains',
    text: `### GET a
GET http://localhost:9000/a
Accept: application/json

### POST b
POST http://localhost:9000/b HTTP/1.1
Content-Type: application/json

{"a":1}

<> 2020-06-28T120012.200.json

### PUT c
PUT http://localhost:9000/c
`,
  },
  {
    name: 'Visual Studio: ids, numbers and dates',
    row: 'habits of Visual Studio',
    text: `POST http://localhost:9000/a
Content-Type: application/json

{
    "request_id": "{{$guid}}",
    "num": {{$randomInt -10 -9}},
    "date": "{{$datetime iso8601}}",
    "local": "{{$localDatetime "YYYY-MM-DD"}}"
}
###
`,
    mask: /[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d:\d\d\.\d+/g,
  },
  {
    name: 'Visual Studio: a header’s name from its environment',
    row: 'habits of Visual Studio',
    text: `GET {{HostAddress}}/api/search/tool?q={{q}}
{{ApiKeyHeader}}: x
`,
    profile: { HostAddress: 'http://localhost:9000', q: 'a b', ApiKeyHeader: 'X-Key' },
  },
  {
    name: 'Visual Studio: HTTP/3 and headers for caches',
    row: 'habits of Visual Studio',
    text: `GET http://localhost:9000/weatherforecast HTTP/3

###
GET http://localhost:9000/w?date=2023-05-11&location=98006
Cache-Control: max-age=604800
Age: 100
Date: Wed, 27 Apr 2023 07:28:00 GMT
`,
  },
  {
    name: 'Visual Studio: request variables',
    row: 'habits of Visual Studio',
    text: `# @name login
POST http://localhost:9000/api/login

###
GET http://localhost:9000/b?x={{login.response.body.$.items[0].id}}&y={{login.response.body.$.id}}
`,
    differs: { because: 'answers', ours: [{ line: 'POST /api/login' }, { line: 'GET /b?x=first&y=7' }] },
  },
  {
    name: 'Visual Studio: a template with line ends of Windows',
    row: 'habits of Visual Studio',
    text: '@Api_HostAddress = http://localhost:9000\r\n\r\nGET {{Api_HostAddress}}/todos/\r\nAccept: application/json\r\n\r\n###\r\n\r\nGET {{Api_HostAddress}}/todos/1\r\nAccept: application/json\r\n\r\n###\r\n',
  },
];
