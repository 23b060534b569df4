import path from 'node:path';
import type { ExchangeMemory } from '../core/cbhttp/variables/exchange.ts';
import type { SendPorts } from '../core/cbhttp/variables/sendPorts.ts';
import { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import { msg } from '../core/message.ts';
import { openBodyFile, readBodyFile } from './bodyFiles.ts';
import { readDotenv } from './dotenv.ts';
import { secretVariable } from './environmentSecrets.ts';

/** What the command-line tool has for variables and body files. Nobody is asked: `--var` answers questions. */
export function terminalPorts(options: {
  /** The request's file. */
  readonly file: string;
  /** Its workspace; the file's folder where there is none. */
  readonly root: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memory: ExchangeMemory;
}): SendPorts {
  const { environment, memory } = options;
  const folder = path.dirname(path.resolve(options.file));
  const root = options.root === undefined ? folder : path.resolve(options.root);
  return {
    ask: ({ name, label }) => {
      const message = msg('"{0}" is asked for. Answer with --var "{1}=…".', label, name);
      return Promise.reject(new CbError('unresolved-variable', message));
    },
    secret: ({ profile, name }) => {
      const variable = secretVariable(profile, name);
      const value = environment[variable];
      if (value) return Promise.resolve(value);
      return Promise.reject(failed('missing-secret-variable', [name, variable]));
    },
    environment,
    dotenv: (given) => readDotenv([folder, root], given),
    readBodyFile: (file, given) => readBodyFile(file, { folder, root }, given),
    openBodyFile: (file, given) => openBodyFile(file, { folder, root }, given),
    memory,
    madeValues: new Map(),
    loadJsonPath: async () => (await import('./jsonPath.ts')).createJsonPathEngine(),
  };
}
