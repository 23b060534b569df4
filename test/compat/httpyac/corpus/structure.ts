import type { CompatCase } from '../compatCase.ts';

/** What stands around requests: separators, comments, directives, file variables. */
export const structure: readonly CompatCase[] = [
  {
    name: 'two requests with titles',
    row: 'separator',
    text: `### List the users
GET http://localhost:9000/users

### List the orders
GET http://localhost:9000/orders
`,
  },
  {
    name: 'bare separators, several in a row',
    row: 'separator',
    text: `###
###
GET http://localhost:9000/first
###
###

GET http://localhost:9000/second
###
`,
  },
  {
    name: 'more than three hashes',
    row: 'separator',
    text: `#### First
POST http://localhost:9000/notes
Content-Type: text/plain

one
########################################
DELETE http://localhost:9000/notes/1
`,
  },
  {
    name: 'title without a blank, with variables and colons',
    row: 'separator',
    text: `###Create: {{user}}
POST http://localhost:9000/users
Content-Type: application/json

{"name": "ada"}
###Delete: {{user}}
DELETE http://localhost:9000/users/ada
`,
  },
  {
    name: 'separator right after the headers',
    row: 'separator',
    text: `GET http://localhost:9000/a
Accept: text/plain
### next
GET http://localhost:9000/b
Accept: text/html
###`,
  },
  {
    name: 'separator after blanks',
    row: 'separator',
    text: `POST http://localhost:9000/notes
Content-Type: text/plain

above
  ### not in column 1
below
`,
    differs: {
      because: 'separatorColumn',
      ours: [{ line: 'POST /notes', body: 'above\n  ### not in column 1\nbelow' }],
    },
  },
  {
    name: 'a section of text without a request',
    row: 'separator',
    text: `# Users API, version 2
###
### Health
HEAD http://localhost:9000/health
###
`,
  },
  {
    name: 'comments above, below and between requests',
    row: 'comment',
    text: `# Requests of the shop
// for the staging system
#no blank after the hash
GET http://localhost:9000/shop

### Cart
# the cart of a guest
GET http://localhost:9000/cart
# after the last header
`,
  },
  {
    name: 'comments between request line and headers',
    row: 'comment',
    text: `GET http://localhost:9000/users
# who asks
X-Client: curl
// Accept: text/html
# Accept: application/xml
Accept: application/json
`,
  },
  {
    name: 'indented comments before the body',
    row: 'comment',
    text: `  # indented
\t// with a tab
GET http://localhost:9000/users
  # X-Debug: 1
Accept: application/json
`,
  },
  {
    name: 'a header commented out without a blank',
    row: 'comment',
    text: `GET http://localhost:9000/users
#X-Debug: 1
X-Client: curl
`,
    differs: {
      because: 'commentWithoutBlank',
      ours: [{ line: 'GET /users', headers: { '#x-debug': null, 'x-client': 'curl' } }],
    },
  },
  {
    name: 'a remark without a blank among the headers',
    row: 'comment',
    text: `POST http://localhost:9000/users
#the type matters
Content-Type: application/json

{}
`,
    differs: {
      because: 'commentWithoutBlank',
      ours: [{ line: 'POST /users', headers: { 'content-type': 'application/json' }, body: '{}' }],
    },
  },
  {
    name: 'JSON with comment lines',
    row: 'comment',
    text: `POST http://localhost:9000/config
Content-Type: application/json

{
  // the level
  "level": 3
}
`,
    differs: {
      because: 'commentInBody',
      ours: [{ line: 'POST /config', body: '{\n  // the level\n  "level": 3\n}' }],
    },
  },
  {
    name: 'a shell script as body',
    row: 'comment',
    text: `PUT http://localhost:9000/scripts/start
Content-Type: text/x-shellscript

#!/bin/sh
# starts the server
exec node server.js
`,
    differs: {
      because: 'commentInBody',
      ours: [{ line: 'PUT /scripts/start', body: '#!/bin/sh\n# starts the server\nexec node server.js' }],
    },
  },
  {
    name: 'a remark between a body and the next separator',
    row: 'comment',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

text
# the second one follows
### second
GET http://localhost:9000/b
`,
    differs: {
      because: 'commentInBody',
      ours: [{ line: 'POST /a', body: 'text\n# the second one follows' }, { line: 'GET /b' }],
    },
  },
  {
    name: 'a block comment in a body',
    row: 'comment',
    text: `PUT http://localhost:9000/app.js
Content-Type: application/javascript

/*
 starts the app
*/
start();
`,
    differs: {
      because: 'commentInBody',
      ours: [{ line: 'PUT /app.js', body: '/*\n starts the app\n*/\nstart();' }],
    },
  },
  {
    name: 'a doc comment above a request',
    row: 'comment',
    text: `/**
 * Lists the users.
 */
GET http://localhost:9000/users
`,
  },
  {
    name: 'block comment above a request',
    row: 'comment',
    text: `/*
GET http://localhost:9000/old
is gone since May
*/
GET http://localhost:9000/new
`,
  },
  {
    name: 'a commented request',
    row: 'comment',
    text: `# GET http://localhost:9000/off
// POST http://localhost:9000/off
GET http://localhost:9000/on
`,
  },
  {
    name: 'name, in both comment styles',
    row: 'directive',
    text: `# @name first
GET http://localhost:9000/first

###
// @name second
GET http://localhost:9000/second
`,
  },
  {
    name: 'directives between request line and headers',
    row: 'directive',
    text: `GET http://localhost:9000/users
# @timeout 30000
# @no-redirect
Accept: application/json
# @no-cookie-jar
X-Page: 2
`,
  },
  {
    name: 'note',
    row: 'directive',
    text: `### Drop
# @note This deletes everything
DELETE http://localhost:9000/everything
`,
  },
  {
    name: 'ref sends the other request once',
    row: 'directive',
    text: `### Use
# @name use
# @ref login
GET http://localhost:9000/me

### Log in
# @name login
POST http://localhost:9000/login
`,
  },
  {
    name: 'ref to a request above that was sent already',
    row: 'directive',
    text: `# @name login
POST http://localhost:9000/login

###
# @ref login
GET http://localhost:9000/me
`,
  },
  {
    name: 'force-ref sends it again',
    row: 'directive',
    text: `# @name login
POST http://localhost:9000/login

###
# @force-ref login
GET http://localhost:9000/me

###
# @forceRef login
GET http://localhost:9000/orders
`,
  },
  {
    name: 'a disabled request',
    row: 'directive',
    text: `### Old
# @disabled
GET http://localhost:9000/old

### New
GET http://localhost:9000/new
`,
  },
  {
    name: 'directives of other tools without effect on the request',
    row: 'directive',
    text: `# @no-log
# @title The list
# @description all of it
# @verbose
# @no-reject-unauthorized
# @save
GET http://localhost:9000/list
`,
  },
  {
    name: 'ref to a request by its title',
    row: 'directive',
    text: `### Use
# @ref Log in
GET http://localhost:9000/me

### Log in
POST http://localhost:9000/login
`,
  },
  {
    name: 'loop',
    row: 'directive',
    text: `# @loop for 3
POST http://localhost:9000/tick
`,
    differs: { because: 'otherDirectives', ours: [{ line: 'POST /tick' }] },
  },
  {
    name: 'host and path from variables',
    row: 'file variable',
    text: `@host = localhost:9000
@version=v2
@users = /api/{{version}}/users

GET http://{{host}}{{users}}
`,
  },
  {
    name: 'variables in a section of their own',
    row: 'file variable',
    text: `@base = http://localhost:9000
@lang = zh
###

### Hello
GET {{base}}/hello?lang={{lang}}

### Bye
GET {{base}}/bye?lang={{lang}}
`,
  },
  {
    name: 'value with equals signs, blanks and colons',
    row: 'file variable',
    text: `@filter = name=ada and age>=36
  @indented   =   ten past: ten  
GET http://localhost:9000/search
X-Filter: {{filter}}
X-Time: {{indented}}
`,
  },
  {
    name: 'names with dashes, dots and Chinese',
    row: 'file variable',
    text: `@user-name = ada
@user.city = Turin
@用户 = 小明
POST http://localhost:9000/users
Content-Type: text/plain

{{user-name}} {{user.city}} {{用户}}
`,
  },
  {
    name: 'quotes around a value',
    row: 'file variable',
    text: `@greeting = "hello"
POST http://localhost:9000/say
Content-Type: text/plain

{{greeting}}
`,
    differs: { because: 'quotedValue', ours: [{ line: 'POST /say', body: '"hello"' }] },
  },
  {
    name: 'quotes inside a value',
    row: 'file variable',
    text: `@json = {"a": "b"}
POST http://localhost:9000/say
Content-Type: application/json

{{json}}
`,
  },
  {
    name: 'defined again further down, in a section of its own',
    row: 'file variable',
    text: `@stage = dev
###
GET http://localhost:9000/{{stage}}
###
@stage = prod
###
GET http://localhost:9000/{{stage}}
`,
    differs: {
      because: 'variableOrder',
      ours: [{ line: 'GET /dev' }, { line: 'GET /prod' }],
    },
  },
  {
    name: 'defined again with the next request',
    row: 'file variable',
    text: `### One
@id = 1
GET http://localhost:9000/items/{{id}}

### Two
@id = 2
GET http://localhost:9000/items/{{id}}
`,
  },
  {
    name: 'a value that looks like a comment, and one that is empty',
    row: 'file variable',
    text: `@color = #fff
@note = 1 // not a remark
@none =
GET http://localhost:9000/v
X-Color: {{color}}
X-Note: {{note}}
###
GET http://localhost:9000/none?x={{none}}
`,
    differs: {
      because: 'emptyValue',
      ours: [
        { line: 'GET /v', headers: { 'x-color': '#fff', 'x-note': '1 // not a remark' } },
        { line: 'GET /none?x=' },
      ],
    },
  },
  {
    name: 'lazy assignment',
    row: 'file variable',
    text: `@base := http://localhost:9000
@path:=/lazy
GET {{base}}{{path}}
`,
  },
  {
    name: 'without an equals sign',
    row: 'file variable',
    text: `@id 1
GET http://localhost:9000/items/{{id}}
###
GET http://localhost:9000/items
`,
    differs: { because: 'variableForm', ours: [{ line: 'GET /items' }] },
  },
  {
    name: 'with two equals signs',
    row: 'file variable',
    text: `@expr == 1
GET http://localhost:9000/items?x{{expr}}
`,
    differs: { because: 'variableForm', ours: [{ line: 'GET /items?x=%201' }] },
  },
  {
    name: 'a name that scripts reserve',
    row: 'file variable',
    text: `@test = yes
GET http://localhost:9000/run?test={{test}}
`,
    differs: { because: 'variableNames', ours: [{ line: 'GET /run?test=yes' }] },
  },
  {
    name: 'a comment in slash and star on one line',
    row: 'comment',
    text: `/* the users */
GET http://localhost:9000/users

### Orders
/** the orders */
GET http://localhost:9000/orders
`,
  },
  {
    name: 'a block comment that ends behind text',
    row: 'comment',
    text: `/* the users,
   all of them */
GET http://localhost:9000/users

### Orders
/*
 * the orders */
GET http://localhost:9000/orders
`,
  },
  {
    name: 'a block comment that holds Accept: */*',
    row: 'comment',
    text: `/*
GET http://localhost:9000/old
Accept: */*
*/
GET http://localhost:9000/new
`,
  },
  {
    name: 'a block comment below the last header',
    row: 'comment',
    text: `POST http://localhost:9000/users
Content-Type: text/plain
/*
X-Old: 1
*/

ada
`,
  },
  {
    name: 'a block comment among the headers',
    row: 'comment',
    text: `GET http://localhost:9000/users
/*
X-Old: 1
*/
X-New: 2
`,
    differs: {
      because: 'linesAmongHeaders',
      ours: [{ line: 'GET /users', headers: { 'x-old': null, 'x-new': '2' } }],
    },
  },
  {
    name: 'a block comment without an end',
    row: 'comment',
    text: `/*
GET http://localhost:9000/users
`,
  },
  {
    name: 'a separator within a block comment',
    row: 'comment',
    text: `/*
### Old
GET http://localhost:9000/old
*/
### New
GET http://localhost:9000/new
`,
    differs: {
      because: 'separatorInComment',
      ours: [{ line: 'GET /old', body: '*/' }, { line: 'GET /new' }],
    },
  },
  {
    name: 'comment marks alone among the headers',
    row: 'comment',
    text: `GET http://localhost:9000/users
#
//
X-Client: curl
`,
    differs: {
      because: 'commentWithoutBlank',
      ours: [{ line: 'GET /users', headers: { 'x-client': 'curl' } }],
    },
  },
  {
    name: 'remarks of other languages above a request',
    row: 'comment',
    text: `; remark
-- remark
<!-- remark -->
----
GET http://localhost:9000/users
`,
  },
  {
    name: 'disabled, or not, by its value',
    row: 'directive',
    text: `# @disabled true
GET http://localhost:9000/never

###
# @disabled false
GET http://localhost:9000/sent

###
# @disabled 0
GET http://localhost:9000/sent-too

###
# @disabled since May
GET http://localhost:9000/gone
`,
  },
  {
    name: 'ref to a disabled request',
    row: 'directive',
    text: `# @name old
# @disabled
GET http://localhost:9000/old

###
# @ref old
GET http://localhost:9000/needs-old

###
GET http://localhost:9000/other
`,
  },
  {
    name: 'ref to a title, sent only once',
    row: 'directive',
    text: `### Log in
POST http://localhost:9000/login

### Me
# @ref Log in
GET http://localhost:9000/me

### You
# @ref Log in
GET http://localhost:9000/you
`,
  },
  {
    name: 'ref where two have the name',
    row: 'directive',
    text: `# @name a
GET http://localhost:9000/first

###
# @name a
GET http://localhost:9000/second

###
# @force-ref a
GET http://localhost:9000/third
`,
  },
  {
    name: 'ref of a ref, and two refs',
    row: 'directive',
    text: `# @name c
# @ref a
# @ref b
GET http://localhost:9000/c

###
# @name b
# @ref a
GET http://localhost:9000/b

###
# @name a
GET http://localhost:9000/a
`,
  },
  {
    name: 'ref with a variable',
    row: 'directive',
    text: `@which = login
# @name login
POST http://localhost:9000/login

###
# @ref {{which}}
GET http://localhost:9000/me
`,
    differs: { because: 'refVariable', ours: [{ line: 'POST /login' }] },
  },
  {
    name: 'tabs, several hashes and slashes',
    row: 'directive',
    text: `#\t@name\tfirst
GET http://localhost:9000/first

###
## @name second
GET http://localhost:9000/second

###
/// @force-ref first
GET http://localhost:9000/third
`,
  },
  {
    name: 'a directive without a blank',
    row: 'directive',
    text: `#@disabled
GET http://localhost:9000/old

###
GET http://localhost:9000/new
`,
    differs: { because: 'directiveWithoutBlank', ours: [{ line: 'GET /new' }] },
  },
  {
    name: 'lines that end with CR',
    row: 'separator',
    text: `GET http://localhost:9000/one\rAccept: text/plain\r\r###\rGET http://localhost:9000/two\r`,
    differs: {
      because: 'carriageReturn',
      ours: [{ line: 'GET /one', headers: { accept: 'text/plain' } }, { line: 'GET /two' }],
    },
  },
  {
    name: 'variables that are defined by one another',
    row: 'file variable',
    text: `@a = {{b}}
@b = {{a}}
GET http://localhost:9000/circle?{{a}}

###
GET http://localhost:9000/plain
`,
    differs: { because: 'variableCircle', ours: [{ line: 'GET /plain' }] },
  },
  {
    name: 'a value built from the one above',
    row: 'file variable',
    text: `@path = /v1
@path = {{path}}/users
GET http://localhost:9000{{path}}
`,
  },
  {
    name: 'a byte order mark, CRLF and a title',
    row: 'separator',
    text: `\uFEFF### First\r\nGET http://localhost:9000/first\r\n### Second ###\r\nGET http://localhost:9000/second\r\n`,
  },
  {
    name: 'blanks behind a value',
    row: 'file variable',
    text: `@a =  1 \t
POST http://localhost:9000/x
Content-Type: text/plain

[{{a}}]
`,
    differs: { because: 'blanksInValue', ours: [{ line: 'POST /x', body: '[1]' }] },
  },
];
