import type { CbDocument, PlacedRequest } from '../cbhttp/document.ts';
import type { SendPorts } from '../cbhttp/variables/sendPorts.ts';
import { CbError, isCbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { BodySource, OriginConsent } from '../ports.ts';
import { prepareRequest, type PrepareOptions } from '../profiles/prepare.ts';
import type { Profile, ProfileSet } from '../profiles/profile.ts';
import type { CodeRequest } from './codeRequest.ts';
import { describePrepared, FUNCTION_ORIGIN, OWN, type CodeOptions } from './describePrepared.ts';
import { createSecretMarks, type SecretMarks } from './secretMarks.ts';

/**
 * Resolves a request as far as code needs it. Files that are sent as they are stay names.
 * @throws CbError like `prepareRequest`
 */
export async function prepareForCode(
  document: CbDocument,
  placed: PlacedRequest,
  options: PrepareOptions,
  { view, withSecrets }: CodeOptions,
): Promise<CodeRequest> {
  const isReal = view === 'function' && withSecrets;
  const given = isReal ? await withOwnPlace(document, placed, options) : options;
  const viewed = { ...(view === 'function' ? asFunction(given) : given), ...OWN, consent: ALLOWING };
  let isWhole = withSecrets;
  let readsFiles = false;
  for (;;) {
    const marks = newMarks();
    const files = new Map<Uint8Array, string>();
    const ports = readsFiles ? viewed.ports : namingPorts(viewed.ports, files);
    const own = { ...viewed, ports };
    try {
      const marked = withSecrets ? own : markingOptions(own, marks, isWhole);
      const prepared = await prepareRequest(document, placed, marked);
      if (marks.isIn(new URL(prepared.wire.url).origin)) {
        throw new CbError('invalid-url', msg('A secret must not decide which address it is sent to.'));
      }
      return await describePrepared(prepared, marks, files, { view, withSecrets });
    } catch (error) {
      if (!isCbError(error)) throw error;
      if (error.code === 'sub-path-body' && !readsFiles) {
        readsFiles = true; // the body is changed, so it has to be read
      } else if (!isWhole && (error.code === 'invalid-url' || error.code === 'no-url')) {
        isWhole = true; // an environment variable says where it goes
      } else {
        throw error;
      }
    }
  }
}

/** Nothing is sent, so nobody is asked where it may go. */
const ALLOWING: OriginConsent = { allows: () => Promise.resolve(true) };

/** Options that look for secrets where they belong: to the address of the request, not to the function's own view. */
async function withOwnPlace(
  document: CbDocument,
  placed: PlacedRequest,
  options: PrepareOptions,
): Promise<PrepareOptions> {
  const marks = newMarks();
  const marking = markingOptions({ ...options, ...OWN, consent: ALLOWING }, marks, true);
  let origin: string | undefined;
  const secret: SendPorts['secret'] = (binding, asked) => {
    origin = binding.origin;
    return marking.ports.secret(binding, asked);
  };
  await prepareRequest(document, placed, {
    ...marking,
    ports: { ...namingPorts(marking.ports, new Map()), secret },
  });
  if (origin === undefined) return options;
  const own = { origin };
  const { ports } = options;
  return {
    ...options,
    ports: { ...ports, secret: (binding, asked) => ports.secret({ ...binding, ...own }, asked) },
  };
}

function newMarks(): SecretMarks {
  return createSecretMarks(crypto.randomUUID().replaceAll('-', '').slice(0, 12));
}

/** Every profile as if the function itself stood at its address. */
function asFunction(options: PrepareOptions): PrepareOptions {
  const { profiles, active, ...rest } = options.profiles;
  const plain = (profile: Profile): Profile => ({
    ...profile,
    route: 'local',
    baseUrl: FUNCTION_ORIGIN,
    functions: {},
    subPath: 'append',
    qualifier: '',
    auth: 'none',
  });
  const set: ProfileSet = { ...rest, profiles: profiles.map(plain), active: plain(active) };
  return { ...options, functions: {}, profiles: set };
}

/** Ports that name a file instead of reading it, where it is sent as it is. */
function namingPorts(ports: SendPorts, files: Map<Uint8Array, string>): SendPorts {
  return {
    ...ports,
    openBodyFile: (path): Promise<BodySource> => {
      const standIn = new Uint8Array(1);
      files.set(standIn, path);
      return Promise.resolve({
        byteLength: 1,
        // eslint-disable-next-line @typescript-eslint/require-await -- nothing is read
        async *open() {
          yield standIn;
        },
      });
    },
  };
}

/** Options that give a mark in the place of each secret. @param hasEnvironment whether other variables are read */
function markingOptions(
  options: PrepareOptions,
  marks: SecretMarks,
  hasEnvironment: boolean,
): PrepareOptions {
  const { ports } = options;
  return {
    ...options,
    credentials: {
      token: ({ kind, binding }) => {
        const isEntered = kind === 'apiKey' || kind === 'publishableKey' || kind === 'accessToken';
        const name = isEntered ? 'credential' : 'accessToken';
        return Promise.resolve(
          marks.mark(`${kind} (${binding.profile})`, secretVariable(binding.profile, name)),
        );
      },
    },
    ports: {
      ...ports,
      ask: (question, asked) =>
        question.isHidden
          ? Promise.resolve(marks.mark(question.label, `CBHTTP_${question.name}`))
          : ports.ask(question, asked),
      secret: ({ profile, name }) =>
        Promise.resolve(marks.mark(`$secret ${name}`, secretVariable(profile, name))),
      environment:
        ports.environment === null || hasEnvironment
          ? ports.environment
          : marked(ports.environment, (name) => marks.mark(`$processEnv ${name}`, name)),
      dotenv:
        ports.dotenv === null || hasEnvironment
          ? ports.dotenv
          : async (asked) =>
              marked((await ports.dotenv?.(asked)) ?? {}, (name) => marks.mark(`$dotenv ${name}`, name)),
    },
  };
}

/** The same names with other values, each made when it is looked up. */
function marked(
  values: Readonly<Record<string, string | undefined>>,
  valueOf: (name: string) => string,
): Readonly<Record<string, string>> {
  const found = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    Object.defineProperty(found, name, { enumerable: true, get: () => valueOf(name) });
  }
  return found;
}

/** The variable that the command-line tool reads for a secret, too. */
function secretVariable(profile: string, name: string): string {
  return `CBHTTP_SECRET_${profile}_${name}`;
}
