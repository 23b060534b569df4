import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** A request whose code is tested. Its functions stand at the test's server: the profile is `p`. */
export interface CorpusRequest {
  readonly name: string;
  readonly text: string;
}

/** The values of the environment variables that requests of the corpus use. */
export const corpusEnvironment: Readonly<Record<string, string>> = {
  CBHTTP_SECRET_P_KEY: 'k3y-Ab_9.~',
  CBHTTP_SECRET_P_ODD: 'päß wort\'"$x`!%41&+',
  OWN_REGION: 'ap-深圳',
};

const long = '长文本 with "quotes", $dollars, `ticks` and 100% of it! '.repeat(3000);

const json = (path: string, body: string, ...headers: string[]): string =>
  [`POST fn://f${path}`, 'Content-Type: application/json', ...headers, '', body].join('\n');

const text = (body: string, ...headers: string[]): string =>
  ['POST fn://f/text', 'Content-Type: text/plain; charset=utf-8', ...headers, '', body].join('\n');

const multipart = (...lines: string[]): string =>
  ['POST fn://f/form', 'Content-Type: multipart/form-data; boundary=--cut', '', ...lines, '----cut--'].join(
    '\n',
  );

const form = (...lines: string[]): string =>
  ['POST fn://f/form', 'Content-Type: application/x-www-form-urlencoded', '', ...lines].join('\n');

/** Requests of every kind: text that shells and languages read in their own way, bodies, headers, secrets. */
export const codeCorpus: readonly CorpusRequest[] = [
  { name: 'a plain GET', text: 'GET fn://f/api/hello' },
  { name: 'the function itself', text: 'GET fn://f' },
  { name: 'a query', text: 'GET fn://f/api?lang=zh&empty=&flag&a=1&a=2' },
  { name: 'a Chinese path and query', text: 'GET fn://f/你好/世界?名=张三&城市=深圳' },
  { name: 'a query with signs', text: "GET fn://f/q?a='x'&b=$HOME&c=`id`&d=!1&e=%25&f=a+b&g=(h)*;i~j" },
  { name: 'brackets and braces in the URL', text: 'GET fn://f/q?ids[]=1&ids[]=2&range={1,3}&set=[a-c]' },
  { name: 'percent codes that stay', text: 'GET fn://f/a%2Fb%20c/%E4%BD%A0?x=%26%3D' },
  { name: 'an absolute URL', text: 'GET {{origin}}/absolute?x=1' },
  { name: 'PUT', text: 'PUT fn://f/item/1\nContent-Type: application/json\n\n{"a":1}' },
  { name: 'PATCH', text: 'PATCH fn://f/item/1\nContent-Type: application/json\n\n{"a":null}' },
  { name: 'DELETE', text: 'DELETE fn://f/item/1' },
  { name: 'DELETE with a body', text: 'DELETE fn://f/items\nContent-Type: application/json\n\n["a","b"]' },
  { name: 'HEAD', text: 'HEAD fn://f/item/1' },
  { name: 'HEAD with a body', text: 'HEAD fn://f/item/1\nContent-Type: text/plain\n\nx' },
  { name: 'OPTIONS', text: 'OPTIONS fn://f/item/1\nOrigin: https://example.com' },
  { name: 'POST without a body', text: 'POST fn://f/start' },
  { name: 'GET with a body', text: 'GET fn://f/search\nContent-Type: application/json\n\n{"q":"中文"}' },
  {
    name: 'JSON as JSON.stringify writes it',
    text: json('/j', '{"user":"alice","n":1,"ok":true,"none":null}'),
  },
  { name: 'JSON in lines', text: json('/j', '{\n  "user": "小明",\n  "tags": [\n    "a",\n    "b"\n  ]\n}') },
  { name: 'JSON with blanks of its own', text: json('/j', '{ "user" : "alice",  "list": [ ] }') },
  { name: 'JSON with large numbers', text: json('/j', '{"id":12345678901234567890,"x":1.0,"y":1e400}') },
  { name: 'JSON with a key twice', text: json('/j', '{"a":1,"a":2}') },
  { name: 'JSON with __proto__', text: json('/j', '{"__proto__":{"a":1},"constructor":2,"a-b":3,"中":4}') },
  { name: 'JSON with escapes', text: json('/j', '{"a":"\\u4f60\\n\\t\\"\\\\/","b":"line\\u2028sep"}') },
  { name: 'JSON with half a pair', text: json('/j', '{"a":"\\ud83d","\\ude00":"😀"}') },
  { name: 'broken JSON', text: json('/j', '{"a": ') },
  {
    name: 'quotes of all kinds',
    text: text(`'single' "double" \`back\` ‘curly’ “curly” ''two'' """three"""`),
  },
  {
    name: 'what shells replace',
    text: text('$HOME ${x} $(id) `id` %PATH% !1 !! ~ * ? \\ \\\\ \\n & | ; < > ( ) # ^'),
  },
  { name: 'lines', text: text("first\n  second's\n\n'@\n\"@\nEOF\n$x\n\tlast") },
  { name: 'control characters', text: text('a\tb\u0001c\u001b[31md\u007fe\u00a0f\u200bg\ufeffh') },
  { name: 'emoji and combined characters', text: text('👩‍👩‍👧‍👦 𠮷 é z̈ \u{1F1E8}\u{1F1F3}') },
  { name: 'a backslash at the end', text: text('C:\\temp\\') },
  { name: 'an @ at the beginning', text: text('@file.txt') },
  { name: 'a body without a type', text: 'POST fn://f/raw\n\nplain' },
  { name: 'large text', text: text(long) },
  { name: 'a form', text: form('name=张三&city=深 圳', '&empty=', '&sign=a%26b') },
  {
    name: 'headers with signs',
    text: 'GET fn://f/h\nX-A: it\'s "quoted" $HOME `id` %x% !y \\ back\nX-B: a;b,c=d',
  },
  { name: 'a Chinese header', text: 'GET fn://f/h\nX-Name: 张三' },
  { name: 'an empty header', text: 'GET fn://f/h\nX-Empty:\nX-Full: 1' },
  { name: 'a header twice', text: 'GET fn://f/h\nX-Many: one\nX-Many: two' },
  { name: 'cookies', text: 'GET fn://f/h\nCookie: a=1; b="2"' },
  {
    name: 'a written Accept and User-Agent',
    text: 'GET fn://f/h\nAccept: application/json\nUser-Agent: mine/1.0 (测)',
  },
  { name: 'Basic', text: 'GET fn://f/h\nAuthorization: Basic alice wonder:land' },
  { name: 'Bearer, written', text: 'GET fn://f/h\nAuthorization: Bearer abc.def' },
  { name: 'a secret in a header', text: 'GET fn://f/h\nX-Key: key {{$secret key}}, twice {{$secret key}}' },
  { name: 'a secret in the URL', text: 'GET fn://f/s/{{$secret key}}?k={{$secret key}}&x=1' },
  { name: 'a secret in JSON', text: json('/s', '{"key":"a {{$secret key}} b","list":["{{$secret key}}"]}') },
  { name: 'a secret in JSON with blanks', text: json('/s', '{ "key": "{{$secret key}}" }') },
  { name: 'an odd secret in text', text: text('before {{$secret odd}} after') },
  { name: 'an odd secret in Basic', text: 'GET fn://f/h\nAuthorization: Basic bob {{$secret odd}}' },
  { name: 'a secret in a form', text: form('key={{$secret key}}&x=1') },
  {
    name: 'a variable of the process',
    text: 'POST fn://f/e\nContent-Type: text/plain\n\nin {{$processEnv OWN_REGION}}',
  },
  { name: 'a binary file', text: 'PUT fn://f/file\nContent-Type: application/octet-stream\n\n< ./bytes.bin' },
  {
    name: 'a file with an odd name',
    text: "POST fn://f/file\nContent-Type: text/plain\n\n< ./文 件's $x.txt",
  },
  { name: 'a file with variables', text: 'POST fn://f/file\nContent-Type: text/plain\n\n<@ ./template.txt' },
  { name: 'a compressed body', text: json('/gz', '< ./body.json.gz', 'Content-Encoding: gzip') },
  { name: 'text around a file', text: text('before "it"\n< ./bytes.bin\nafter {{$secret key}}') },
  {
    name: 'a body in GBK',
    text: 'POST fn://f/gbk\nContent-Type: text/plain; charset=gbk\n\n中文 {{$secret key}} end',
  },
  { name: 'a body with a BOM', text: text('\ufeffbom') },
  {
    name: 'a multipart form',
    text: multipart(
      '----cut',
      'Content-Disposition: form-data; name="名"',
      '',
      '张三',
      'zwei',
      '----cut',
      'Content-Disposition: form-data; name="key"',
      '',
      '@{{$secret key}};type=x',
    ),
  },
  {
    name: 'a multipart form with files',
    text: multipart(
      '----cut',
      'Content-Disposition: form-data; name="note"',
      '',
      '@3;type=x',
      '----cut',
      'Content-Disposition: form-data; name="file"; filename="照片, 1.png"',
      'Content-Type: image/png',
      '',
      '< ./bytes.bin',
    ),
  },
  {
    name: 'multipart that no form makes',
    text: multipart(
      '----cut',
      'Content-Disposition: form-data; name="a"',
      'Content-Type: application/json',
      '',
      '{"a":1}',
    ),
  },
  { name: 'GraphQL', text: 'GRAPHQL fn://f/graphql\n\nquery Q($n: Int) { a(n: $n) { "x" } }\n\n{"n": 3}' },
  { name: 'a time limit', text: '# @timeout 5s\nGET fn://f/t' },
  { name: 'no redirect', text: '# @no-redirect\nGET fn://f/t' },
];

/** Requests whose answer is an event stream. */
export const streamCorpus: readonly CorpusRequest[] = [
  { name: 'by Accept', text: 'GET fn://f/sse\nAccept: text/event-stream' },
  { name: 'by @stream on', text: `# @stream on\n${json('/sse', '{"q":"你好"}')}` },
  { name: 'by its body', text: json('/sse', '{"model":"x","stream":true}') },
];

/** Writes the files that requests of the corpus send. */
export async function writeCorpusFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = (name: string, content: Uint8Array | string) => writeFile(path.join(folder, name), content);
  await write(
    'bytes.bin',
    Uint8Array.from({ length: 700 }, (_, index) => (index * 7) & 0xff),
  );
  await write("文 件's $x.txt", 'a file\r\nwith lines\r\n');
  await write('template.txt', 'key: {{$secret key}}\n你好 `$x`\n');
  await write('body.json.gz', gzipSync('{"a":1}'));
}
