import { parse, type ParseError } from 'jsonc-parser';
import type { Found, FoundProfile } from './found.ts';

/**
 * Environments of a cloudbaserc.json: `envId`, and one for each of `envOverrides`, whose own `envId` counts, else its
 * key. Null where there is none, or the file cannot be read.
 */
export function readCloudbasercProfiles(text: string): Found | null {
  const errors: ParseError[] = [];
  const config: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isRecord(config)) return null;
  const envId = plainText(config['envId']);
  const overrides = isRecord(config['envOverrides']) ? Object.entries(config['envOverrides']) : [];
  const profiles = [
    ...(envId === '' ? [] : [profile(envId, envId)]),
    ...overrides.map(([key, value]) => profile(key, (isRecord(value) && plainText(value['envId'])) || key)),
  ];
  const isFirst = ({ name }: FoundProfile, index: number): boolean =>
    profiles.findIndex((one) => one.name === name) === index;
  return profiles.length === 0 ? null : { profiles: profiles.filter(isFirst), shared: null, leftOut: [] };
}

function profile(name: string, envId: string): FoundProfile {
  return { name, envId, variables: {}, secrets: {} };
}

/** A text without templates, which the CLI fills in; else empty. */
function plainText(value: unknown): string {
  return typeof value === 'string' && !value.includes('{{') ? value.trim() : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
