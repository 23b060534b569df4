import type { CompatCase } from '../compatCase.ts';

/** Lines of other tools at their edges. */
export const foreignEdges: readonly CompatCase[] = [
  {
    name: 'indented scripts of JetBrains',
    row: 'scripts and other tools’ lines',
    text: `  < {%
    const x = 1;
  %}
GET http://localhost:9000/a

  > {%
  y();
  %}
`,
  },
  {
    name: 'a script without a blank',
    row: 'scripts and other tools’ lines',
    text: `<{% const x = 1; %}
GET http://localhost:9000/a
`,
  },
  {
    name: 'all lines of other tools below a body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x

> {% client.log(1) %}
> ./h.js
>> out.txt
<> r.json
?? status == 200
`,
    files: { 'h.js': '1' },
  },
  {
    name: 'text below a script',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x

> {%
  client.log(1);
%}
y
`,
  },
  {
    name: 'blocks of code for events',
    row: 'scripts and other tools’ lines',
    text: `{{@request
  x = 1;
}}
GET http://localhost:9000/a

{{@streaming
}}
{{@after
}}
{{response
}}
`,
  },
  {
    name: 'a block that opens with @js alone',
    row: 'scripts and other tools’ lines',
    text: `{{@js
 const a = 1;
}}
GET http://localhost:9000/a
`,
  },
  {
    name: 'a block of code below the body',
    row: 'scripts and other tools’ lines',
    text: `POST http://localhost:9000/a
Content-Type: text/plain

x

{{
  const a = 1;
}}

###
GET http://localhost:9000/b
`,
  },
  {
    name: 'assertions of all kinds',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/a

?? status == 200
?? js response.statusCode == 200
?? header content-type exists
?? duration <= 3000
?? body includes token
?? body isFalse
?? status isNumber
`,
  },
  {
    name: 'files with variables and blanks to save to',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/a

>>! ./out/{{x}} y.json
>>  z.json
`,
    profile: { x: '1' },
  },
  {
    name: 'saved answers with blanks',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/a

<>a b.json
<>   2026.json
`,
  },
  {
    name: 'an import in a section of its own',
    row: 'scripts and other tools’ lines',
    text: `# @import ./c.http

###
GET http://localhost:9000/a
`,
    files: { 'c.http': '@x = 1\n' },
  },
  {
    name: 'a variable from an import',
    row: 'scripts and other tools’ lines',
    text: `# @import ./c.http
###
GET http://localhost:9000/a?{{x}}
###
GET http://localhost:9000/b
`,
    files: { 'c.http': '@x = 1\n' },
    differs: { because: 'otherDirectives', ours: [{ line: 'GET /b' }] },
  },
  {
    name: 'a saved answer with headers and a body',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/a


HTTP/1.1 200  - OK
content-type: application/json

{
  "a": 1
}

### B
GET http://localhost:9000/b
`,
  },
  {
    name: 'hashes within a script',
    row: 'scripts and other tools’ lines',
    text: `GET http://localhost:9000/a

> {%
  // ### in a comment
  const s = "# x";
%}
`,
  },
];
