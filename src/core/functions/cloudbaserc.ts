import { getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { msg, type Message } from '../message.ts';
import type { ServiceRoute } from '../profiles/serviceRoutes.ts';

/** A function as cloudbaserc.json declares it. */
export interface DeclaredFunction {
  readonly name: string;
  /** A missing `type` means an event function. Source: facts sheet, section 6. */
  readonly type: 'HTTP' | 'Event';
  /** The function's folder, relative to cloudbaserc.json, `/` between parts. */
  readonly folder: string;
  readonly runtime: string;
  /** Seconds an invocation may take; null where it says nothing, or nothing sound. */
  readonly timeoutSeconds: number | null;
}

/** What a cloudbaserc.json says, and what is wrong with it. */
export interface Cloudbaserc {
  /** Empty where it has none, or one that a template gives. */
  readonly envId: string;
  /** Of the access service, `gateway.routes`. */
  readonly routes: readonly ServiceRoute[];
  readonly functions: readonly DeclaredFunction[];
  /** The first thing that cannot be read; the functions that could be are there all the same. */
  readonly problem: { readonly message: Message; readonly offset: number } | null;
}

/** Reads cloudbaserc.json: JSON with comments. Never throws. */
export function readCloudbaserc(text: string): Cloudbaserc {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined || root === undefined || root.type !== 'object') {
    const message =
      first === undefined
        ? msg('cloudbaserc.json should hold an object.')
        : msg('cloudbaserc.json is not valid JSON.');
    return { envId: '', routes: [], functions: [], problem: { message, offset: first?.offset ?? 0 } };
  }
  const envId = plainText(property(root, 'envId'));
  const routes = readRoutes(root);
  const functionRoot = textOf(property(root, 'functionRoot')) ?? './functions';
  const list = property(root, 'functions');
  if (list === undefined) return { envId, routes, functions: [], problem: null };
  if (list.type !== 'array') {
    const problem = { message: msg('"functions" should be a list.'), offset: list.offset };
    return { envId, routes, functions: [], problem };
  }
  const functions: DeclaredFunction[] = [];
  let problem: Cloudbaserc['problem'] = null;
  for (const node of list.children ?? []) {
    const name = textOf(property(node, 'name'));
    if (name === undefined || name === '') {
      problem ??= { message: msg('A function without a name.'), offset: node.offset };
      continue;
    }
    const directory = textOf(property(node, 'dir'));
    functions.push({
      name,
      type: textOf(property(node, 'type'))?.toUpperCase() === 'HTTP' ? 'HTTP' : 'Event',
      folder: normalize(directory ?? `${functionRoot}/${name}`),
      runtime: textOf(property(node, 'runtime')) ?? '',
      timeoutSeconds: secondsOf(property(node, 'timeout')),
    });
  }
  return { envId, routes, functions, problem };
}

/** `gateway.routes[]`: path, target (`function:<name>`), domain. Source: facts sheet, section 6. */
function readRoutes(root: Node): ServiceRoute[] {
  const gateway = property(root, 'gateway');
  const list = gateway === undefined ? undefined : property(gateway, 'routes');
  return (list?.type === 'array' ? (list.children ?? []) : []).flatMap((node): ServiceRoute[] => {
    const path = plainText(property(node, 'path'));
    const functionName = /^function:(.+)$/.exec(plainText(property(node, 'target')))?.[1] ?? null;
    const domain = plainText(property(node, 'domain'));
    if (path === '') return [];
    const isDefaultDomain = domain === '' || /\.tcloudbase\.com$/i.test(domain);
    return [{ domain: domain || null, isDefaultDomain, path, functionName, isEnabled: true }];
  });
}

/** A text without templates (`{{env.X}}`), which the CLI fills in; else empty. */
function plainText(node: Node | undefined): string {
  const text = textOf(node)?.trim() ?? '';
  return text.includes('{{') ? '' : text;
}

function property(node: Node, name: string): Node | undefined {
  if (node.type !== 'object') return undefined;
  return node.children?.find((child) => getNodeValue(child.children?.[0] as Node) === name)?.children?.[1];
}

function textOf(node: Node | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}

/** Within the platform's bounds. Source: facts sheet, section 6. */
function secondsOf(node: Node | undefined): number | null {
  const value: unknown = node?.value;
  return typeof value === 'number' && value >= 1 && value <= 900 ? value : null;
}

/** Without `.` parts and doubled slashes; a leading slash stays. */
function normalize(folder: string): string {
  const parts = folder.replaceAll('\\', '/').split('/');
  return parts.filter((part, index) => part !== '.' && (part !== '' || index === 0)).join('/');
}
