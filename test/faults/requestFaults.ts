import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault, Injected } from './faultBench.ts';

const NOTHING = 'nothing sent';
const local = { test: { route: 'local' } };

function refused(name: string, code: string, words: RegExp, injected: Injected): Fault {
  return { name, code, words, kept: NOTHING, inject: () => Promise.resolve(injected) };
}

/** What keeps a request from being sent, or its body from being sent whole. */
export const requestFaults: readonly Fault[] = [
  refused('a body file that is not there', 'body-file', /no file missing\.bin/, {
    request: 'POST http://127.0.0.1:9/\n\n< missing.bin',
  }),
  refused('a body file outside the workspace', 'body-file', /outside the workspace/, {
    request: 'POST http://127.0.0.1:9/\n\n< ../../etc/hostname',
  }),
  {
    name: 'a body file that is changed while it is sent',
    code: 'body-file',
    words: /was changed while it was sent/,
    kept: 'no answer, 0 bytes',
    inject: async (bench) => {
      const file = path.join(bench.folder, 'changing.bin');
      writeFileSync(file, Buffer.alloc(3_000_000));
      const { origin } = await bench.scripted(() => {});
      return { request: `POST ${origin}/\n\n< changing.bin`, onPrepared: () => truncateSync(file, 1000) };
    },
  },
  refused('a variable without a value', 'unresolved-variable', /nope/, {
    request: 'GET http://127.0.0.1:9/{{nope}}',
  }),
  refused('a question that nobody answers', 'unresolved-variable', /asked for/, {
    request: 'GET http://127.0.0.1:9/{{$prompt name}}',
  }),
  refused('a secret that is missing', 'missing-secret', /CBHTTP_SECRET_TEST_KEY/, {
    request: 'GET http://127.0.0.1:9/\nX-Key: {{$secret key}}',
    profiles: local,
  }),
  refused('a secret over plain http to another machine', 'credential-refused', /https/, {
    request: 'GET http://api.example.com/\nX-Key: {{$secret key}}',
    profiles: local,
    environment: { CBHTTP_SECRET_TEST_KEY: 'a secret value' },
  }),
  refused('a profile that is not there', 'unknown-profile', /no profile "nowhere"/, {
    request: '# @profile nowhere\nGET http://127.0.0.1:9/',
    profiles: local,
  }),
  refused('a function without an address', 'no-url', /"chat" has no address/, {
    request: 'GET fn://chat',
    profiles: { test: { route: 'service' } },
  }),
  refused('a URL that is none', 'invalid-url', /no valid URL/, { request: 'GET http://:99999/' }),
  refused('a header with a line break in it', 'invalid-header', /line break/, {
    request: 'GET http://127.0.0.1:9/\nX-Name: {{value}}',
    profiles: { test: { route: 'local', variables: { value: 'one\ntwo' } } },
  }),
  refused('a sub-path for a body that cannot take it', 'sub-path-body', /JSON object/, {
    request: 'POST fn://chat/api\n\nplain text',
    profiles: { test: { envId: 'my-dev-1a2b', subPath: 'body' } },
  }),
];
