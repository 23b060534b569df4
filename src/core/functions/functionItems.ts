import { entryOf, itemsOf, valueOf, type ConfigEntry, type ConfigNode } from './configFormats.ts';

/** One item of a config's `functions`. */
export interface FunctionItem {
  readonly node: ConfigNode;
  /** What the function says itself; what its older nested `config` says comes first. */
  readonly own: (key: string) => ConfigEntry | undefined;
  /** What the project's `functionDefaultConfig` says. */
  readonly shared: (key: string) => ConfigEntry | undefined;
  /** What holds: the function's own, else the project's. */
  readonly field: (key: string) => ConfigEntry | undefined;
}

/**
 * Keys of a function as the tcb command knows them. Source: `configToParams` of @cloudbase/cli 2.12.10; the vendor's
 * pages "Config File" and "Configuration File - Cloud Functions".
 */
export const functionKeys = [
  ...['name', 'dir', 'entry', 'handler', 'installDependency', 'envVariables', 'vpc', 'layers', 'l5'],
  ...['codeSecret', 'triggers', 'ignore', 'params', 'path', 'gatewayPath', 'config', 'aclRule'],
  ...['buildStrategy', 'deployMode', 'isWaitInstall'],
] as const;

/** Keys that it takes in any spelling of upper and lower case. */
export const looseFunctionKeys = [
  ...['type', 'runtime', 'timeout', 'memorySize', 'description', 'role', 'protocolType', 'protocolParams'],
  ...['instanceConcurrencyConfig', 'imageConfig', 'publicNetConfig', 'intranetConfig', 'cfsConfig', 'tags'],
  ...['initTimeout', 'deadLetterConfig', 'clsLogsetId', 'clsTopicId', 'asyncRunEnable', 'traceEnable'],
  ...['autoDeployClsTopicIndex', 'autoCreateClsTopic', 'dnsCache', 'publish', 'ignoreSysLog'],
] as const;

const loose = new Map(looseFunctionKeys.map((key) => [key.toLowerCase(), key]));

/** The key that the tcb command takes a written one for. */
export function meantKey(written: string): string {
  return loose.get(written.toLowerCase()) ?? written;
}

/** The functions of a config, in its order. */
export function functionItems(root: ConfigNode | null): readonly FunctionItem[] {
  const defaults = valueOf(root, 'functionDefaultConfig');
  return itemsOf(valueOf(root, 'functions')).map((node) => {
    const nested = valueOf(node, 'config');
    const own = (key: string): ConfigEntry | undefined => fieldOf(nested, key) ?? fieldOf(node, key);
    const shared = (key: string): ConfigEntry | undefined => fieldOf(defaults, key);
    return { node, own, shared, field: (key) => own(key) ?? shared(key) };
  });
}

function fieldOf(node: ConfigNode | undefined, key: string): ConfigEntry | undefined {
  const exact = entryOf(node, key);
  if (exact !== undefined || node?.kind !== 'object' || !loose.has(key.toLowerCase())) return exact;
  return node.entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase());
}
