import type { CompatCase } from '../compatCase.ts';

/** What stands around requests, at its edges. */
export const structureEdges: readonly CompatCase[] = [
  {
    name: 'a tab before the title, a tab alone',
    row: 'separator',
    text: `###	First
GET http://localhost:9000/a
###	
GET http://localhost:9000/b
`,
  },
  {
    name: 'a title that begins with @name',
    row: 'separator',
    text: `### @name foo
GET http://localhost:9000/a

###
# @ref @name foo
GET http://localhost:9000/b
`,
  },
  {
    name: 'a title between hashes, referred to',
    row: 'separator',
    text: `### A ###
GET http://localhost:9000/a
### B ###
# @force-ref A ###
GET http://localhost:9000/b
`,
  },
  {
    name: 'a separator below the request line',
    row: 'separator',
    text: `GET http://localhost:9000/a
###
Accept: text/plain
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'a separator below query lines, none at the end',
    row: 'separator',
    text: `GET http://localhost:9000/a
  ?x=1
###
GET http://localhost:9000/b
  ?y=2
###`,
  },
  {
    name: 'a body that ends with the file',
    row: 'separator',
    text: `POST http://localhost:9000/a

body`,
  },
  {
    name: 'two hashes in a body',
    row: 'separator',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

a
## two hashes
`,
    differs: { because: 'commentInBody', ours: [{ line: 'POST /a', body: 'a\n## two hashes' }] },
  },
  {
    name: 'blanks behind separators, line ends of Windows',
    row: 'separator',
    text: '### A  \r\nGET http://localhost:9000/a\r\n\r\n###   \r\n\r\nPOST http://localhost:9000/b\r\nContent-Type: text/plain\r\n\r\nx\r\n###\r\n',
  },
  {
    name: 'rulers of dashes and equals signs',
    row: 'separator',
    text: `# ------ users -------
GET http://localhost:9000/a

###  ======  
GET http://localhost:9000/b
`,
  },
  {
    name: 'titles that look like request lines',
    row: 'separator',
    text: `### GET http://old
GET http://localhost:9000/a
### POST /x
POST http://localhost:9000/b
`,
  },
  {
    name: 'a first line for the shell',
    row: 'comment',
    text: `#!/usr/bin/env httpyac
GET http://localhost:9000/a
`,
  },
  {
    name: 'comment marks alone, and without a blank',
    row: 'comment',
    text: `#
//
   //x
   #x
##
GET http://localhost:9000/a
`,
  },
  {
    name: 'comments above a URL without a method',
    row: 'comment',
    text: `// POST http://localhost:9000/x
# X
http://localhost:9000/a
`,
  },
  {
    name: 'comments below the last header',
    row: 'comment',
    text: `POST http://localhost:9000/a
Content-Type: text/plain
# last
// very last

body
`,
  },
  {
    name: 'at signs in comments',
    row: 'comment',
    text: `# mail a@b.test @c
# @ name
#@
# @
GET http://localhost:9000/a
`,
  },
  {
    name: 'comments between the lines of a path',
    row: 'comment',
    text: `GET http://localhost:9000
  # the version
  /v1
  // the list
  /users
  # only
  ?a=1
Accept: */*
`,
  },
  {
    name: 'three slashes',
    row: 'comment',
    text: `/// doc
GET http://localhost:9000/a
/// more
X-A: 1
`,
  },
  {
    name: 'two hashes among the headers',
    row: 'comment',
    text: `GET http://localhost:9000/a
## more
X-A: 1
`,
    differs: { because: 'commentWithoutBlank', ours: [{ line: 'GET /a', headers: { 'x-a': '1' } }] },
  },
  {
    name: 'a block comment below a request',
    row: 'comment',
    text: `GET http://localhost:9000/a

/*
GET http://localhost:9000/b
*/
###
GET http://localhost:9000/c
`,
    differs: {
      because: 'commentInBody',
      ours: [{ line: 'GET /a', body: '/*\nGET http://localhost:9000/b\n*/' }, { line: 'GET /c' }],
    },
  },
  {
    name: 'a name with blanks',
    row: 'directive',
    text: `# @name log in first
POST http://localhost:9000/a
###
# @ref log in first
GET http://localhost:9000/b
`,
  },
  {
    name: 'name and force-ref between the headers',
    row: 'directive',
    text: `POST http://localhost:9000/a
# @name login
X-A: 1
###
GET http://localhost:9000/b
# @force-ref login
X-B: 2
`,
  },
  {
    name: 'name and ref with an equals sign',
    row: 'directive',
    text: `# @name = login
POST http://localhost:9000/a
###
# @ref = login
GET http://localhost:9000/b
`,
  },
  {
    name: 'name, equals sign, no blanks',
    row: 'directive',
    text: `# @name=login
POST http://localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'a colon behind the word',
    row: 'directive',
    text: `# @name: login
POST http://localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'ref to nothing',
    row: 'directive',
    text: `# @ref nowhere
GET http://localhost:9000/a
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'time limits that are none, and one that is',
    row: 'directive',
    text: `# @timeout never
GET http://localhost:9000/a
###
# @timeout
GET http://localhost:9000/b
###
# @timeout 5000
GET http://localhost:9000/c
`,
  },
  {
    name: 'all the small directives of httpYac',
    row: 'directive',
    text: `# @sleep 1
# @jwt access_token
# @openWith x
# @extension json
# @language json
# @debug
# @no-client-cert
# @no-proxy
# @no-response-view
# @noStreamingLog
# @ratelimit max 100 expire 100
# @grpc-reflection
GET http://localhost:9000/a
`,
  },
  {
    name: 'injectVariables',
    row: 'directive',
    text: `# @injectVariables
@x = 1
POST http://localhost:9000/a

< ./a.txt
`,
    files: { 'a.txt': 'v={{x}}' },
    differs: { because: 'otherDirectives', ours: [{ line: 'POST /a', body: 'v={{x}}' }] },
  },
  {
    name: 'disabled with blanks, without a blank, below the request line',
    row: 'directive',
    text: `#   @disabled   
GET http://localhost:9000/a
###
//@disabled
GET http://localhost:9000/b
###
GET http://localhost:9000/c
// @disabled
###
GET http://localhost:9000/d
`,
    differs: { because: 'directiveWithoutBlank', ours: [{ line: 'GET /d' }] },
  },
  {
    name: 'a name in a section without a request',
    row: 'directive',
    text: `# @name x
###
GET http://localhost:9000/a
`,
  },
  {
    name: 'limits in a section of their own',
    row: 'directive',
    text: `# @timeout 10000
# @no-redirect

###
GET http://localhost:9000/a
`,
  },
  {
    name: 'a note in quotes, and one without words',
    row: 'directive',
    text: `# @note "sure?"
// @note
GET http://localhost:9000/a
`,
  },
  {
    name: 'two names for one request',
    row: 'directive',
    text: `# @name one
# @name two
POST http://localhost:9000/a
###
# @force-ref two
GET http://localhost:9000/b
`,
  },
  {
    name: 'ref to a title beside a name',
    row: 'directive',
    text: `### Title
# @name id
POST http://localhost:9000/a
###
# @force-ref id
GET http://localhost:9000/b
###
# @ref Title
GET http://localhost:9000/c
###
GET http://localhost:9000/d
`,
  },
  {
    name: 'forceRegionDelimiter',
    row: 'directive',
    text: `# @postRedirectGet
# @forceRegionDelimiter
POST http://localhost:9000/a
Content-Type: text/plain

x

GET http://localhost:9000/b
`,
  },
  {
    name: 'blanks and tabs around the equals sign',
    row: 'file variable',
    text: `@a=1
@b= 2
@c =3
@d	=	4
  @e = 5
GET http://localhost:9000/{{a}}{{b}}{{c}}{{d}}{{e}}
`,
  },
  {
    name: 'single quotes around a value',
    row: 'file variable',
    text: `@a = 'x y'
POST http://localhost:9000/a

{{a}}
`,
  },
  {
    name: 'a value that is a whole URL',
    row: 'file variable',
    text: `@u = http://localhost:9000/a?x=1#frag
GET {{u}}
`,
  },
  {
    name: 'a global variable that nothing uses',
    row: 'file variable',
    text: `@global.x = 1
GET http://localhost:9000/a
`,
  },
  {
    name: 'unknown variables in values that nothing uses',
    row: 'file variable',
    text: `@x = {{nowhere}}
@y = {{also}} {{nope}}
GET http://localhost:9000/a
`,
  },
  {
    name: 'an unknown variable in a value that is used',
    row: 'file variable',
    text: `@x = {{nowhere}}
GET http://localhost:9000/a/{{x}}
###
GET http://localhost:9000/b
`,
  },
  {
    name: 'names that differ in their letters’ case',
    row: 'file variable',
    text: `@Host = localhost:9000
@HOST = other
GET http://{{Host}}/{{HOST}}
`,
  },
  {
    name: 'values that are JSON',
    row: 'file variable',
    text: `@j = [1,{"a":null}]
@n = null
@t = true
POST http://localhost:9000/a
Content-Type: application/json

{"j":{{j}},"n":{{n}},"t":{{t}}}
`,
  },
  {
    name: 'a value beyond ASCII, in URL and body',
    row: 'file variable',
    text: `@v = 你好 🎉 é
POST http://localhost:9000/a?x={{v}}

{{v}}
`,
  },
  {
    name: 'names with digits and underscores',
    row: 'file variable',
    text: `@1st = a
@_x = b
@x1 = c
GET http://localhost:9000/{{1st}}{{_x}}{{x1}}
`,
  },
  {
    name: 'definitions between title, comments and request',
    row: 'file variable',
    text: `### T

@a = 1


@b = 2

# c
GET http://localhost:9000/{{a}}/{{b}}
`,
  },
  {
    name: 'a chain of four',
    row: 'file variable',
    text: `@a = 1
@b = {{a}}2
@c = {{b}}3
@d = {{c}}{{a}}{{ b }}
GET http://localhost:9000/{{d}}
`,
  },
  {
    name: 'values that begin or end with equals signs',
    row: 'file variable',
    text: `@t = abc==
@k = =x
GET http://localhost:9000/a
X-T: {{t}}
X-K: {{k}}
`,
  },
  {
    name: 'defined with a request, used by the next',
    row: 'file variable',
    text: `@a = 1
GET http://localhost:9000/{{a}}

###
GET http://localhost:9000/two/{{a}}
`,
  },
  {
    name: 'definitions below a title, one of them a comment',
    row: 'file variable',
    text: `### vars
# @base = no
@base = http://localhost:9000
###
GET {{base}}/x
`,
  },
  {
    name: 'a random value, the same for all requests of a run',
    row: 'file variable',
    text: `@r = {{$randomInt 100000 999999}}
GET http://localhost:9000/{{r}}

###
GET http://localhost:9000/{{r}}
`,
    mask: /\/(\d{6})\n[^]*\/\1\n/,
  },
];
