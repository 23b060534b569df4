import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startArrivalServers, type Arrival, type ArrivalServers } from './arrivals.ts';
import { sendWithCli } from './cliSend.ts';
import type { CompatCase, ExpectedRequest } from './compatCase.ts';
import type { HttpyacSend } from './httpyacSend.ts';

/** A text, and what arrived of it. */
export interface Outcome {
  readonly theirs: readonly Arrival[];
  readonly ours: readonly Arrival[];
  /** What our tool printed on stderr. */
  readonly printed: string;
  readonly servers: ArrivalServers;
}

/** What both sides need. */
export interface Sides {
  readonly httpyac: HttpyacSend;
  /** An empty folder. */
  readonly folder: string;
  /** Certificate and key of the servers with TLS, and the file they stand in. */
  readonly tls: string;
  readonly tlsFile: string;
}

/** Sends each text with httpYac and with our command-line tool to servers of its own on this machine. */
export async function sendCases(
  cases: readonly CompatCase[],
  { httpyac, folder, tls, tlsFile }: Sides,
): Promise<ReadonlyMap<CompatCase, Outcome>> {
  const placed = new Map<CompatCase, { file: string; servers: ArrivalServers; theirs: readonly Arrival[] }>();
  try {
    for (const [index, one] of cases.entries()) {
      const servers = await startArrivalServers(tls);
      placed.set(one, { file: '', servers, theirs: [] });
      const file = await writeCase(one, path.join(folder, String(index)), servers);
      await httpyac(`${file}.http`, {
        environments: {
          $shared: placeInValues(one.shared, servers),
          dev: placeInValues(one.profile, servers),
        },
        activeEnvironment: 'dev',
        certificate: tls,
      });
      placed.set(one, { file: `${file}.cbhttp`, servers, theirs: servers.take() });
    }
    const files = [...placed.values()].map(({ file }) => file);
    const printed = await sendWithCli(files, tlsFile);
    const outcomes = new Map<CompatCase, Outcome>();
    for (const [one, { file, servers, theirs }] of placed) {
      outcomes.set(one, { theirs, ours: servers.take(), printed: printed.get(file) ?? '', servers });
    }
    return outcomes;
  } finally {
    for (const { servers } of placed.values()) await servers.close();
  }
}

/** What is wrong with what arrived, or null. */
export function compareCase(one: CompatCase, { theirs, ours, printed, servers }: Outcome): string | null {
  const wrong = judge(one, theirs, ours, servers);
  return wrong === null
    ? null
    : `${one.row}: ${one.name}\n${one.text}\n${wrong}\nstderr of ours: ${printed.trim()}\n`;
}

function judge(
  one: CompatCase,
  theirs: readonly Arrival[],
  ours: readonly Arrival[],
  servers: ArrivalServers,
): string | null {
  const show = (arrivals: readonly Arrival[]): string => {
    const shown = arrivals.map(showArrival).join('\n\n').replaceAll(servers.http, 'localhost:9000');
    const text = shown.replaceAll(servers.https, 'localhost:9443');
    return one.mask === undefined ? text : text.replace(one.mask, '…');
  };
  const [theirText, ourText] = [show(theirs), show(ours)];
  const both = `--- httpYac sends\n${theirText}\n--- ours sends\n${ourText}\n---`;
  if (one.differs === undefined) {
    if (theirs.length === 0) return `httpYac sends nothing, so this text shows nothing\n${both}`;
    return theirText === ourText ? null : both;
  }
  if (theirText === ourText) return `no difference any more (${one.differs.because})\n${both}`;
  const isExpected =
    ours.length === one.differs.ours.length &&
    one.differs.ours.every((expected, index) => matches(ours[index], expected, servers));
  return isExpected ? null : `ours is not what this text says\n${both}`;
}

function showArrival({ line, headers, body }: Arrival): string {
  const text = body.toString('utf8');
  const shown = Buffer.from(text).equals(body) ? JSON.stringify(text) : `bytes ${body.toString('hex')}`;
  return [line, ...headers, shown].join('\n');
}

function matches(arrival: Arrival | undefined, expected: ExpectedRequest, servers: ArrivalServers): boolean {
  if (arrival === undefined) return false;
  const place = (text: string): string => placeServers(text, servers);
  const headers = Object.entries(expected.headers ?? {}).every(([name, value]) => {
    const found = arrival.headers.filter((header) => header.startsWith(`${name}: `));
    return value === null
      ? found.length === 0
      : found.length === 1 && found[0] === `${name}: ${place(value)}`;
  });
  const line = arrival.line.replace(/ https?:/, ' ');
  const isLine = typeof expected.line === 'string' ? line === expected.line : expected.line.test(line);
  return headers && isLine && arrival.body.toString('utf8') === place(expected.body ?? '');
}

/** Writes the text for both tools, the files beside it and the profile. @returns its path without extension */
async function writeCase(one: CompatCase, folder: string, servers: ArrivalServers): Promise<string> {
  const file = path.join(folder, 'requests');
  const text = placeServers(one.text, servers);
  const settings = {
    'cbhttp.profiles': {
      $shared: { variables: placeInValues(one.shared, servers) },
      dev: { route: 'local', variables: placeInValues(one.profile, servers) },
    },
    'cbhttp.activeProfile': 'dev',
  };
  const files: Record<string, string | Uint8Array> = {
    'requests.http': text,
    'requests.cbhttp': text,
    '.vscode/settings.json': JSON.stringify(settings),
    ...one.files,
  };
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, typeof content === 'string' ? placeServers(content, servers) : content);
  }
  return file;
}

function placeServers(text: string, { http, https }: ArrivalServers): string {
  return text.replaceAll('localhost:9000', http).replaceAll('localhost:9443', https);
}

function placeInValues(
  values: Readonly<Record<string, string>> | undefined,
  servers: ArrivalServers,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, placeServers(value, servers)]),
  );
}
