import type { CompatCase } from '../compatCase.ts';

/** Variables, answers and escapes at their edges. */
export const variableEdges: readonly CompatCase[] = [
  {
    name: 'an empty value of the profile',
    row: 'variables',
    text: `POST http://localhost:9000/a?x={{e}}
Content-Type: text/plain

[{{e}}]
`,
    profile: { e: '' },
  },
  {
    name: 'tabs and blanks in braces',
    row: 'variables',
    text: `@a = 1
GET http://localhost:9000/{{	a	}}{{a }}{{ a}}
`,
  },
  {
    name: 'values with braces',
    row: 'variables',
    text: `@a = {x}
@b = }{
POST http://localhost:9000/a
Content-Type: text/plain

{{a}} {{b}}
`,
  },
  {
    name: 'a variable in a boundary in quotes',
    row: 'variables',
    text: `@b = xx
POST http://localhost:9000/a
Content-Type: multipart/form-data; boundary="{{b}}"

--{{b}}
Content-Disposition: form-data; name="a"

1
--{{b}}--
`,
  },
  {
    name: 'a variable of $shared that uses one of the profile',
    row: 'variables',
    text: `GET {{url}}
`,
    profile: { host2: 'localhost:9000' },
    shared: { url: 'http://{{host2}}/{{p}}', p: 'sh' },
  },
  {
    name: 'a variable of the profile that uses one of the file',
    row: 'variables',
    text: `@id = file
GET {{url}}
`,
    profile: { url: 'http://localhost:9000/{{id}}', id: 'profile' },
    differs: { because: 'profileFirst', ours: [{ line: 'GET /file' }] },
  },
  {
    name: 'a variable of the profile that uses itself',
    row: 'variables',
    text: `GET http://localhost:9000/{{a}}
###
GET http://localhost:9000/n
`,
    profile: { a: '{{a}}' },
    differs: { because: 'variableCircle', ours: [{ line: 'GET /n' }] },
  },
  {
    name: 'a variable of the profile that uses an unknown one',
    row: 'variables',
    text: `GET http://localhost:9000/{{a}}
###
GET http://localhost:9000/n
`,
    profile: { a: 'x{{nope}}' },
  },
  {
    name: 'names with dots, dashes and underscores',
    row: 'variables',
    text: `GET http://localhost:9000/{{a.b}}/{{c-d}}/{{e_f}}
`,
    profile: { 'a.b': '1', 'c-d': '2', e_f: '3' },
  },
  {
    name: 'a name with a blank',
    row: 'variables',
    text: `GET http://localhost:9000/{{my name}}
`,
    profile: { 'my name': '1' },
  },
  {
    name: 'a name in Chinese',
    row: 'variables',
    text: `GET http://localhost:9000/{{环境}}
`,
    profile: { 环境: 'dev' },
  },
  {
    name: 'an answer of a name with a dash',
    row: 'variables',
    text: `# @name get-token
POST http://localhost:9000/a
###
GET http://localhost:9000/b?{{getToken.token}}
`,
  },
  {
    name: 'an answer of a name with a blank',
    row: 'variables',
    text: `# @name get token
POST http://localhost:9000/a
###
GET http://localhost:9000/b?{{getToken.token}}
`,
  },
  {
    name: 'an answer by its title',
    row: 'variables',
    text: `### Login
POST http://localhost:9000/a
### Next
GET http://localhost:9000/b?{{Login.token}}&{{Login.items[0].id}}
`,
  },
  {
    name: 'an answer by a title with a blank',
    row: 'variables',
    text: `### log in
POST http://localhost:9000/a
### Next
GET http://localhost:9000/b?{{logIn.token}}
`,
  },
  {
    name: 'the last answer, in JavaScript',
    row: 'variables',
    text: `POST http://localhost:9000/a
### Next
GET http://localhost:9000/b?{{response.parsedBody.token}}
###
GET http://localhost:9000/n
`,
    differs: { because: 'scripts', ours: [{ line: 'POST /a' }, { line: 'GET /n' }] },
  },
  {
    name: 'variables built from an answer, used twice',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/a

###
@t = {{l.token}}
@id = {{l.id}}
@u = http://localhost:9000/x/{{id}}
GET {{u}}?t={{t}}
###
DELETE {{u}}
`,
  },
  {
    name: 'a whole answer in a body',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/a
###
POST http://localhost:9000/b
Content-Type: application/json

{"was": {{l}}}
`,
  },
  {
    name: 'a list’s length, in JavaScript',
    row: 'variables',
    text: `# @name l
POST http://localhost:9000/a
###
GET http://localhost:9000/b?{{l['token']}}&{{ l.items[0]['id'] }}&{{l.items.length}}
`,
    differs: { because: 'scripts', ours: [{ line: 'POST /a' }] },
  },
  {
    name: 'an answer in a variable above its request',
    row: 'variables',
    text: `@auth = Bearer {{l.token}}
###
# @name l
POST http://localhost:9000/a
###
GET http://localhost:9000/b
Authorization: {{auth}}
`,
  },
  {
    name: 'many letters of patterns',
    row: 'system variables',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

{{$datetime "YY-M-D"}} {{$datetime 'dddd'}} {{$datetime "ddd MMM MMMM"}} {{$datetime "Q Do W"}} {{$datetime "[Z] Z ZZ"}} {{$datetime "A a"}} {{$datetime "x X"}}
`,
    mask: /\b\d{10,13}\b/g,
  },
  {
    name: 'dates in a URL',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime "YYYY-MM-DD"}}&e={{$datetime "YYYY-MM-DD" -7 d}}&f={{$localDatetime "YYYY/MM" 2 M}}
`,
  },
  {
    name: 'a pattern without quotes',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime YYYY}}

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'quotes within a pattern',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime "YYYY['x']"}}&e={{$datetime 'YYYY["y"]'}}
`,
  },
  {
    name: 'offsets of all units',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime "[d]" 5 h}}&e={{$datetime "[e]" -5 m}}&f={{$datetime "[f]" 5 s}}&g={{$datetime "[g]" 1 M}}&h={{$datetime "[h]" 1 w}}
`,
  },
  {
    name: 'an offset without a known unit',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime "YYYY" 1 x}}

###
GET http://localhost:9000/next
`,
    differs: { because: 'quarters', ours: [{ line: 'GET /next' }] },
  },
  {
    name: 'an offset in words',
    row: 'system variables',
    text: `GET http://localhost:9000/a?d={{$datetime "YYYY" 1 year}}

###
GET http://localhost:9000/next
`,
    differs: { because: 'quarters', ours: [{ line: 'GET /next' }] },
  },
  {
    name: 'a random number between odd bounds',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$randomInt 6 5}}&{{$randomInt 3 3}}&{{$randomInt -1 0}}
`,
  },
  {
    name: 'system variables in other letters',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$GUID}}
###
GET http://localhost:9000/b?{{$Guid}}

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'blanks around a name of the environment',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$processEnv   CBHTTP_COMPAT_USER  }}
`,
  },
  {
    name: '.env before the profile',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$dotenv A}}
`,
    files: { '.env': 'A=from-env\n' },
    profile: { A: 'from-profile' },
  },
  {
    name: 'what .env does not have and the profile has',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$dotenv A}}

###
GET http://localhost:9000/next
`,
    files: { '.env': 'B=1\n' },
    profile: { A: 'from-profile' },
    differs: { because: 'missingEnvironment', ours: [{ line: 'GET /next' }] },
  },
  {
    name: 'blanks, quotes and hashes in .env',
    row: 'system variables',
    text: `GET http://localhost:9000/a?a={{$dotenv A}}&b={{$dotenv B}}&c={{$dotenv C}}&d={{$dotenv D}}&e={{$dotenv E}}
`,
    files: { '.env': 'A=  x  \nB="a\\nb"\nC=\'it # s\'\nD=a#b\nE=a b # c\nF\n' },
  },
  {
    name: 'an argument that is not taken',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$isoTimestamp 1 h}}

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'the project’s folder, as in JetBrains',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$projectRoot}}

###
GET http://localhost:9000/next
`,
    differs: { because: 'otherSystemVariables', ours: [{ line: 'GET /next' }] },
  },
  {
    name: 'the environment, as JetBrains writes it',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$env.CBHTTP_COMPAT_USER}}

###
GET http://localhost:9000/next
`,
  },
  {
    name: 'an offset in milliseconds',
    row: 'system variables',
    text: `GET http://localhost:9000/a?{{$timestamp 600000000 ms}}
`,
    differs: { because: 'milliseconds', ours: [{ line: /^GET \/a\?\d{10}$/ }] },
  },
  {
    name: 'escapes that are none',
    row: 'escapes',
    text: String.raw`POST http://localhost:9000/a
Content-Type: text/plain

\{\{a}} \{ {b} \\{\\{c\\}\\} \{\{\}\}
`,
  },
  {
    name: 'escaped braces in a form',
    row: 'escapes',
    text: String.raw`POST http://localhost:9000/a
Content-Type: application/x-www-form-urlencoded

a=\{\{b\}\}
`,
  },
  {
    name: 'escaped braces in JSON',
    row: 'escapes',
    text: String.raw`POST http://localhost:9000/a
Content-Type: application/json

{"t":"\{\{ user.name \}\}","r":"{{v}}"}
`,
    profile: { v: 'V' },
  },
  {
    name: 'a template of Handlebars',
    row: 'escapes',
    text: String.raw`POST http://localhost:9000/a
Content-Type: text/plain

\{\{#each x\}\} - \{\{this\}\} \{\{/each\}\}
`,
  },
  {
    name: 'escaped braces in GraphQL',
    row: 'escapes',
    text: String.raw`GRAPHQL http://localhost:9000/g

query Q {
  x(a: "\{\{b\}\}")
}
`,
  },
];
