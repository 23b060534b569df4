import type { CompatCase } from '../compatCase.ts';

/** Where variables get their values, and what braces mean. */
export const variables: readonly CompatCase[] = [
  {
    name: 'a variable of the profile',
    row: 'variables',
    text: `GET http://localhost:9000/{{stage}}
X-Tenant: {{tenant-id}}
`,
    profile: { stage: 'dev', 'tenant-id': 't1' },
  },
  {
    name: 'the profile before $shared',
    row: 'variables',
    text: `GET http://localhost:9000/{{stage}}?lang={{lang}}
`,
    profile: { stage: 'dev' },
    shared: { stage: 'none', lang: 'zh' },
  },
  {
    name: 'the file before the profile',
    row: 'variables',
    text: `@stage = file
GET http://localhost:9000/{{stage}}?lang={{lang}}
`,
    profile: { stage: 'profile', lang: 'zh' },
  },
  {
    name: 'variables of the profile that use others',
    row: 'variables',
    text: `GET {{api}}/users
`,
    profile: { api: '{{origin}}/api', origin: 'http://localhost:9000' },
  },
  {
    name: 'built from others, several levels',
    row: 'variables',
    text: `@host = localhost:9000
@origin = http://{{host}}
@api = {{origin}}/api
@users = {{api}}/users

GET {{users}}/1
###
GET {{users}}/2
`,
  },
  {
    name: 'built from one that follows',
    row: 'variables',
    text: `@api = {{origin}}/api
@origin = http://localhost:9000
GET {{api}}/users
`,
  },
  {
    name: 'the last one above wins, also for one built before',
    row: 'variables',
    text: `@id = 1
@path = /items/{{id}}
@id = 2
GET http://localhost:9000{{path}}?id={{id}}
`,
  },
  {
    name: 'defined below in a section of its own',
    row: 'variables',
    text: `GET http://localhost:9000/{{below}}

###
@below = later
`,
  },
  {
    name: 'defined below with a request',
    row: 'variables',
    text: `### First
GET http://localhost:9000/{{below}}

### Second
@below = later
GET http://localhost:9000/second
`,
    differs: { because: 'variableBelow', ours: [{ line: 'GET /later' }, { line: 'GET /second' }] },
  },
  {
    name: 'a variable of .env without its word',
    row: 'variables',
    text: `GET http://localhost:9000/env?key={{API_KEY}}
###
GET http://localhost:9000/plain
`,
    files: { '.env': 'API_KEY=k-123\n' },
    differs: { because: 'dotenv', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'without a value nothing is sent',
    row: 'variables',
    text: `### Broken
POST http://localhost:9000/{{nowhere}}

### Fine
GET http://localhost:9000/fine
`,
  },
  {
    name: 'an expression in braces',
    row: 'variables',
    text: `@n = 20
GET http://localhost:9000/sum?x={{1 + 1}}
###
GET http://localhost:9000/plain?n={{n}}
`,
    differs: { because: 'scripts', ours: [{ line: 'GET /plain?n=20' }] },
  },
  {
    name: 'side by side, and braces of JSON',
    row: 'variables',
    text: `@a = 1
@b = 2
POST http://localhost:9000/json
Content-Type: application/json

{"x":{"y":{"z":"{{a}}{{b}}"}},"n":[{{a}},{{b}}]}
`,
  },
  {
    name: 'a value that is JSON',
    row: 'variables',
    text: `@payload = {"id": 1, "tags": ["x", "y"]}
POST http://localhost:9000/json
Content-Type: application/json

{"data": {{payload}}}
`,
  },
  {
    name: 'dollar signs and backslashes in a value',
    row: 'variables',
    text: String.raw`@price = $& and $1 and $$
@path = C:\temp\new
POST http://localhost:9000/text
Content-Type: text/plain

{{price}} {{path}}
`,
  },
  {
    name: 'an answer’s part, as REST Client writes it',
    row: 'variables',
    text: `# @name login
POST http://localhost:9000/login

###
GET http://localhost:9000/me
Authorization: Bearer {{login.response.body.$.token}}
`,
    differs: {
      because: 'answers',
      ours: [{ line: 'POST /login' }, { line: 'GET /me', headers: { authorization: 'Bearer t-4711' } }],
    },
  },
  {
    name: 'both braces escaped',
    row: 'escapes',
    text: String.raw`@name = ada
POST http://localhost:9000/template
Content-Type: text/plain

Dear \{\{name\}\}, not {{name}}
`,
  },
  {
    name: 'both braces escaped, blanks inside, twice on a line',
    row: 'escapes',
    text: String.raw`POST http://localhost:9000/template
Content-Type: text/html

<p>\{\{ user.name \}\} and \{\{ user.city \}\}</p>
`,
  },
  {
    name: 'escaped in a header and in a URL',
    row: 'escapes',
    text: String.raw`GET http://localhost:9000/t?x=\{\{y\}\}
X-Template: \{\{name\}\}
`,
  },
  {
    name: 'the opening braces escaped',
    row: 'escapes',
    text: String.raw`@name = ada
POST http://localhost:9000/template
Content-Type: text/plain

Dear \{{name}}, not {{name}}
`,
    differs: { because: 'escapedBraces', ours: [{ line: 'POST /template', body: 'Dear {{name}}, not ada' }] },
  },
  {
    name: 'escaped braces in a value',
    row: 'escapes',
    text: String.raw`@template = Dear \{\{name\}\}
POST http://localhost:9000/template
Content-Type: text/plain

{{template}}
`,
    differs: { because: 'escapedBraces', ours: [{ line: 'POST /template', body: 'Dear {{name}}' }] },
  },
  {
    name: 'a backslash that escapes nothing',
    row: 'escapes',
    text: String.raw`@n = 5
POST http://localhost:9000/text
Content-Type: application/json

{"path": "C:\\temp\\{n}", "tab": "\t", "n": {{n}}}
`,
  },
  {
    name: 'braces alone',
    row: 'escapes',
    text: `POST http://localhost:9000/text
Content-Type: text/plain

{ {a} } } { }} {} {{ open
and closed }}
`,
  },
  {
    name: 'guid and uuid',
    row: 'system variables',
    text: `POST http://localhost:9000/ids
Content-Type: text/plain
X-Id: {{$guid}}

{{$guid}} {{ $uuid }}
`,
    mask: /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g,
  },
  {
    name: 'a random number with only one outcome',
    row: 'system variables',
    text: `GET http://localhost:9000/random?a={{$randomInt 5 6}}&b={{$randomInt -3 -2}}
`,
  },
  {
    name: 'the date in patterns',
    row: 'system variables',
    text: `POST http://localhost:9000/dates
Content-Type: text/plain

{{$datetime "YYYY"}} {{$datetime 'YYYY-MM' -1 y}} {{$localDatetime "YYYY [year]"}} {{$datetime "[day] D" 40 d}}
`,
  },
  {
    name: 'the date in the standard forms',
    row: 'system variables',
    text: `POST http://localhost:9000/dates
Content-Type: text/plain

{{$datetime rfc1123}} | {{$datetime iso8601}} | {{$datetime iso8601 1 d}} | {{$isoTimestamp}} | {{$localDatetime iso8601}} | {{$localDatetime rfc1123}}
`,
    mask: /\d\d:\d\d:\d\d(?:\.\d{3})?/g,
  },
  {
    name: 'an offset with a plus sign',
    row: 'system variables',
    text: `GET http://localhost:9000/dates?then={{$datetime "[x]" +1 y}}&year={{$datetime "YYYY" +1000 y}}
`,
    differs: { because: 'plusOffset', ours: [{ line: /^GET \/dates\?then=x&year=3\d{3}$/ }] },
  },
  {
    name: 'the time in seconds',
    row: 'system variables',
    text: `GET http://localhost:9000/time?soon={{$timestamp 1 h}}&before={{$timestamp -1 d}}
`,
    mask: /(?<==\d{7})\d{3}\b/g,
  },
  {
    name: 'the environment and .env',
    row: 'system variables',
    text: `GET http://localhost:9000/env
X-User: {{$processEnv CBHTTP_COMPAT_USER}}
X-Key: {{$dotenv API_KEY}}
X-Quoted: {{ $dotenv QUOTED }}
`,
    files: { '.env': '# keys\nAPI_KEY=k-123\nexport OTHER=1\nQUOTED="two words" # end\n' },
  },
  {
    name: 'a variable that the environment does not have',
    row: 'system variables',
    text: `GET http://localhost:9000/env
X-None: [{{$processEnv CBHTTP_COMPAT_NONE}}]
###
GET http://localhost:9000/plain
`,
    differs: { because: 'missingEnvironment', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'in a file variable',
    row: 'system variables',
    text: `@year = {{$datetime "YYYY"}}
@user = {{$processEnv CBHTTP_COMPAT_USER}}
GET http://localhost:9000/{{user}}/{{year}}
`,
  },
  {
    name: 'the random values of JetBrains',
    row: 'system variables',
    text: `GET http://localhost:9000/{{$random.alphabetic(4)}}
###
GET http://localhost:9000/plain
`,
    differs: { because: 'otherSystemVariables', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'a variable of the profile under its own name',
    row: 'variables',
    text: `@base = {{base}}/v1
@token = {{token}}
GET {{base}}/x?{{token}}
`,
    profile: { base: 'http://localhost:9000', token: 't' },
  },
  {
    name: 'an answer by the title of its request',
    row: 'variables',
    text: `### Me
# @ref login
GET http://localhost:9000/me?{{login.token}}

### login
POST http://localhost:9000/login
`,
  },
  {
    name: 'an answer’s parts, as httpYac writes them',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/login

###
@t = {{l.token}}
POST http://localhost:9000/me?{{l.items[0].id}}&{{l["token"]}}&{{t}}
Content-Type: application/json

{ "id": {{l.id}}, "items": {{l.items}} }
`,
  },
  {
    name: 'an answer’s part that is not there',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/login

###
GET http://localhost:9000/me?{{l.nope}}
`,
    differs: { because: 'missingPart', ours: [{ line: 'POST /login' }] },
  },
  {
    name: 'an answer as an object of JavaScript',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/login

###
GET http://localhost:9000/me?{{lResponse.statusCode}}

###
GET http://localhost:9000/me?{{l?.token}}
`,
    differs: { because: 'scripts', ours: [{ line: 'POST /login' }] },
  },
  {
    name: 'empty braces, and a third pair',
    row: 'escapes',
    text: `@a = 1
POST http://localhost:9000/x
Content-Type: text/plain

{{}} {{{a}}}
`,
    differs: { because: 'strayBraces', ours: [{ line: 'POST /x', body: '{{}} {1}' }] },
  },
  {
    name: 'braces of templates in other languages',
    row: 'escapes',
    text: `POST http://localhost:9000/x
Content-Type: text/plain

{% if %} {# c #} \${a} {a} %a%
`,
  },
  {
    name: 'an offset in quarters',
    row: 'system variables',
    text: `GET http://localhost:9000/x?{{$datetime "YYYY" 1 Q}}

###
GET http://localhost:9000/y
`,
    differs: { because: 'quarters', ours: [{ line: 'GET /y' }] },
  },
  {
    name: 'the file .env of an environment',
    row: 'system variables',
    text: `GET http://localhost:9000/x?{{$dotenv A}}
`,
    files: { '.env': 'A=one\n', '.env.dev': 'A=two\n' },
    differs: { because: 'dotenvOfEnvironment', ours: [{ line: 'GET /x?one' }] },
  },
  {
    name: 'quotes and remarks in .env',
    row: 'system variables',
    text: `GET http://localhost:9000/x?a={{$dotenv A}}&b={{$dotenv B}}&c={{$dotenv C}}
`,
    files: { '.env': '# c\nA="x y"\nB=b # note\nexport C=\'q\'\n' },
  },
  {
    name: 'offsets in weeks, milliseconds and the past',
    row: 'system variables',
    text: `GET http://localhost:9000/x?{{$datetime "YYYY" -10 y}}&{{$datetime "YYYY" 100 ms}}&{{$randomInt -5 -4}}
`,
  },
];
