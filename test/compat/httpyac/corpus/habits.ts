import type { CompatCase } from '../compatCase.ts';

/** Files as users of other tools write them, after the examples in those tools' own pages. */
export const habits: readonly CompatCase[] = [
  {
    name: 'REST Client: its first example',
    row: 'habits of REST Client',
    text: `GET http://localhost:9000/comments/1 HTTP/1.1

###

GET http://localhost:9000/topics/1 HTTP/1.1

###

POST http://localhost:9000/comments HTTP/1.1
content-type: application/json

{
    "name": "sample",
    "time": "Wed, 21 Oct 2015 18:27:50 GMT"
}
`,
  },
  {
    name: 'REST Client: variables and a named request',
    row: 'habits of REST Client',
    text: `@hostname = localhost
@port = 9000
@host = localhost:9000
@contentType = application/json
@createdAt = {{$datetime "YYYY"}}

###

# @name createComment
POST http://{{host}}/comments HTTP/1.1
Content-Type: {{contentType}}

{
    "content": "fake content",
    "created_at": "{{createdAt}}",
    "request": "{{hostname}}:{{port}}"
}
`,
  },
  {
    name: 'REST Client: a file as body, and headers in lower case',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/comments HTTP/1.1
content-type: application/xml
authorization: token xxx

< ./demo.xml
`,
    files: { 'demo.xml': '<request>\n  <name>sample</name>\n</request>\n' },
  },
  {
    name: 'REST Client: an image among form fields',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/user/upload
Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW

------WebKitFormBoundary7MA4YWxkTrZu0gW
Content-Disposition: form-data; name="text"

title
------WebKitFormBoundary7MA4YWxkTrZu0gW
Content-Disposition: form-data; name="image"; filename="1.png"
Content-Type: image/png

< ./1.png
------WebKitFormBoundary7MA4YWxkTrZu0gW--
`,
    files: { '1.png': Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10) },
  },
  {
    name: 'REST Client: a form over lines',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/login HTTP/1.1
Content-Type: application/x-www-form-urlencoded

name=foo
&password=bar
&remember=true
`,
  },
  {
    name: 'REST Client: query on lines with a version above',
    row: 'habits of REST Client',
    text: `GET http://localhost:9000/comments
    ?page=2
    &pageSize=10
    &filter=a,b
User-Agent: rest-client
Accept-Language: en-GB,en-US;q=0.8,en;q=0.6,zh-CN;q=0.4
`,
  },
  {
    name: 'REST Client: prompt, note and cookie directives',
    row: 'habits of REST Client',
    text: `# @no-redirect
# @no-cookie-jar
# @note
GET http://localhost:9000/go
Cookie: session=1; theme=dark
`,
  },
  {
    name: 'REST Client: a GraphQL request',
    row: 'habits of REST Client',
    text: `POST http://localhost:9000/graphql
Content-Type: application/json
Authorization: Bearer xxx
X-REQUEST-TYPE: GraphQL

query ($name: String!, $owner: String!) {
  repository(name: $name, owner: $owner) {
    name
    fullName: nameWithOwner
  }
}

{
    "name": "vscode-restclient",
    "owner": "Huachao"
}
`,
  },
  {
    name: 'REST Client: a directive without a blank',
    row: 'habits of REST Client',
    text: `#@name short
GET http://localhost:9000/short

###
//@name shorter
GET http://localhost:9000/shorter
`,
  },
  {
    name: 'httpYac: its first example',
    row: 'habits of httpYac',
    text: `@user = doe
@password = 12345678

GET http://localhost:9000/basic-auth/{{user}}/{{password}}
Authorization: Basic {{user}} {{password}}
`,
  },
  {
    name: 'httpYac: global variables and a code block',
    row: 'habits of httpYac',
    text: `@host = http://localhost:9000
{{
  // runs for every request of the file
  console.info('start');
}}
###
# @name login
POST {{host}}/login
Content-Type: application/json

{
  "user": "ada"
}

### get the orders
# @ref login
# @description the orders of the user
GET {{host}}/orders
`,
  },
  {
    name: 'httpYac: assertions between requests',
    row: 'habits of httpYac',
    text: `### search
GET http://localhost:9000/search?q=1
Accept: application/json

?? status == 200
?? js response.parsedBody.id == 7
?? duration < 5000

### second
GET http://localhost:9000/second
`,
  },
  {
    name: 'httpYac: path and Host',
    row: 'habits of httpYac',
    text: `@host=localhost:9000
###
GET /json
Host: {{host}}
###
POST /anything
Host: {{host}}
Content-Type: text/plain

x
`,
  },
  {
    name: 'httpYac: a comma after each header',
    row: 'habits of httpYac',
    text: `POST http://localhost:9000/anything
Content-Type: application/json,
X-One: 1,
X-Two: a, b,

{"x": 1}
`,
  },
  {
    name: 'httpYac: requests without separators',
    row: 'habits of httpYac',
    text: `GET http://localhost:9000/one
GET http://localhost:9000/two
  ?x=1
PUT http://localhost:9000/three
X-Last: 1
`,
  },
  {
    name: 'httpYac: an expression of JavaScript in a value',
    row: 'habits of httpYac',
    text: `@now = {{new Date(0).toISOString()}}
GET http://localhost:9000/at?time={{now}}
###
GET http://localhost:9000/plain
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'httpYac: an answer by name',
    row: 'habits of httpYac',
    text: `# @name login
POST http://localhost:9000/login

###
# @ref login
GET http://localhost:9000/me
Authorization: Bearer {{login.token}}
###
GET http://localhost:9000/plain
`,
  },
  {
    name: 'httpYac: GraphQL without a word that says so',
    row: 'habits of httpYac',
    text: `POST http://localhost:9000/graphql
Content-Type: application/json

query launchesQuery($limit: Int!){
  launchesPast(limit: $limit) { mission_name }
}

{
    "limit": 10
}
`,
    differs: {
      because: 'graphQlElsewhere',
      ours: [
        {
          line: 'POST /graphql',
          body: 'query launchesQuery($limit: Int!){\n  launchesPast(limit: $limit) { mission_name }\n}\n\n{\n    "limit": 10\n}',
        },
      ],
    },
  },
  {
    name: 'httpYac: headers for all requests from a block',
    row: 'habits of httpYac',
    text: `{{+
  request.headers = { ...request.headers, 'X-All': '1' };
}}
GET http://localhost:9000/one
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /one', headers: { 'x-all': null } }] },
  },
  {
    name: 'JetBrains: its first example',
    row: 'habits of JetBrains',
    text: `### GET request to example server
GET http://localhost:9000/get
    ?generated-in=IntelliJ IDEA

###
`,
  },
  {
    name: 'JetBrains: a long URL over lines',
    row: 'habits of JetBrains',
    text: `// Using line breaks with indent
GET http://localhost:9000
    /api
    /get
    /html
    ?id=123
    &value=content
`,
  },
  {
    name: 'JetBrains: a path and a Host header',
    row: 'habits of JetBrains',
    text: `GET /api/get?id=123 HTTP/1.1
Host: localhost:9000
Connection: keep-alive
`,
  },
  {
    name: 'JetBrains: tests in a response handler',
    row: 'habits of JetBrains',
    text: `### Auth
POST http://localhost:9000/auth
Content-Type: application/x-www-form-urlencoded

username=joe&
password={{secret}}

> {%
client.test("Request executed successfully", function() {
    client.assert(response.status === 200, "Response status is not 200");
});
client.global.set("auth_token", response.body.token);
%}

<> 2026-01-02T101500.200.json

### Then
GET http://localhost:9000/then
`,
    profile: { secret: 's3cret' },
  },
  {
    name: 'JetBrains: a script before the request for its log only',
    row: 'habits of JetBrains',
    text: `### Signed
< {%
    const now = 1;
    client.log("now " + now);
%}
POST http://localhost:9000/signed
Content-Type: application/json

{
  "element": "value"
}
`,
  },
  {
    name: 'JetBrains: a form with a file from the disk',
    row: 'habits of JetBrains',
    text: `POST http://localhost:9000/api/html/post HTTP/1.1
Content-Type: multipart/form-data; boundary=boundary

--boundary
Content-Disposition: form-data; name="first"; filename="input.txt"

// The 'input.txt' file will be uploaded
< ./input.txt

--boundary
Content-Disposition: form-data; name="third";

{"data": 1}
--boundary--
`,
    files: { 'input.txt': 'from the disk' },
    differs: {
      because: 'commentInBody',
      ours: [
        {
          line: 'POST /api/html/post',
          body: [
            '--boundary',
            'Content-Disposition: form-data; name="first"; filename="input.txt"',
            '',
            "// The 'input.txt' file will be uploaded",
            'from the disk',
            '',
            '--boundary',
            'Content-Disposition: form-data; name="third";',
            '',
            '{"data": 1}',
            '--boundary--',
          ].join('\r\n'),
        },
      ],
    },
  },
  {
    name: 'JetBrains: output to a file, comments with slashes',
    row: 'habits of JetBrains',
    text: `// @no-log
// @no-redirect
GET http://localhost:9000/get

>> myFolder/myFile.json
`,
    files: { 'myFolder/keep.txt': '' },
  },
  {
    name: 'JetBrains: variables of the random kind',
    row: 'habits of JetBrains',
    text: `POST http://localhost:9000/post
Content-Type: application/json

{"id": "{{$uuid}}", "at": "{{$isoTimestamp}}"}
`,
    mask: /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|T[\d:.]{12}Z/g,
  },
  {
    name: 'JetBrains: the time, which it gives in milliseconds',
    row: 'habits of JetBrains',
    text: `GET http://localhost:9000/at?{{$timestamp}}
`,
    mask: /(?<=\?\d{7})\d{3}/g,
    differs: { because: 'timestamp', ours: [{ line: /^GET \/at\?\d{10}$/ }] },
  },
  {
    name: 'Visual Studio: variables that use variables',
    row: 'habits of Visual Studio',
    text: `@hostname=localhost
@port=9000
@host=localhost:9000
GET http://{{host}}/api/search/tool

###
GET http://{{host}}/api/todos/{{id}}
Accept: application/json

###
`,
    profile: { id: '5' },
  },
  {
    name: 'Visual Studio: the template of a new project',
    row: 'habits of Visual Studio',
    text: `@WebApplication1_HostAddress = http://localhost:9000

GET {{WebApplication1_HostAddress}}/weatherforecast/
Accept: application/json

###
`,
  },
  {
    name: 'Visual Studio: date and environment',
    row: 'habits of Visual Studio',
    text: `GET http://localhost:9000/api/time
X-AUTH-TOKEN: {{$dotenv USERPROFILE}}
UserName: {{$processEnv CBHTTP_COMPAT_USER}}
X-Custom: {{$localDatetime "YYYY" -1 y}}
X-Day: {{$datetime "YYYY [at] [noon]"}}
`,
    files: { '.env': 'USERPROFILE=home\n' },
  },
  {
    name: 'Visual Studio: a request variable',
    row: 'habits of Visual Studio',
    text: `# @name login
POST http://localhost:9000/api/login HTTP/1.1
Content-Type: application/json

{ "user": "ada" }

###
POST http://localhost:9000/comments HTTP/1.1
Authorization: Bearer {{login.response.body.$.token}}
X-Type: {{login.response.headers.Content-Type}}
`,
    differs: {
      because: 'answers',
      ours: [
        { line: 'POST /api/login', body: '{ "user": "ada" }' },
        { line: 'POST /comments', headers: { authorization: 'Bearer t-4711', 'x-type': 'application/json' } },
      ],
    },
  },
  {
    name: 'Visual Studio: comments of both kinds, all methods in a row',
    row: 'habits of Visual Studio',
    text: `@base = http://localhost:9000/todos
# all
GET {{base}}
###
// one
GET {{base}}/1
###
PUT {{base}}/1
Content-Type: application/json

{ "id": 1, "done": true }
###
DELETE {{base}}/1
###
PATCH {{base}}/1
Content-Type: application/json-patch+json

[{ "op": "replace", "path": "/done", "value": false }]
`,
  },
  {
    name: 'JetBrains: a title for the name, times in words',
    row: 'habits of JetBrains',
    text: `### first
// @no-log
// @connection-timeout 2 m
// @timeout 60000
GET http://localhost:9000/first

### second
# @ref first
GET http://localhost:9000/second
`,
  },
  {
    name: 'httpYac: the title of a request by directive',
    row: 'habits of httpYac',
    text: `### A
# @title B
GET http://localhost:9000/x

###
# @ref A
GET http://localhost:9000/y
`,
  },
];
