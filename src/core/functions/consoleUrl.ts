import type { Profile } from '../profiles/profile.ts';

const CONSOLES = {
  domestic: 'https://tcb.cloud.tencent.com',
  intl: 'https://tcb.tencentcloud.com',
} as const;

/**
 * The page of a function in the CloudBase console; the list of functions without a name. The console finds the region
 * by the environment. Source: the vendor's own tools and rules for assistants write these addresses; the vendor
 * documents none of them, so a page may move.
 */
export function consoleUrl({ site, envId }: Pick<Profile, 'site' | 'envId'>, name: string | null): string {
  const env = encodeURIComponent(envId);
  const list = `${CONSOLES[site]}/dev?envId=${env}#/scf`;
  return name === null ? list : `${list}/detail?id=${encodeURIComponent(name)}&NameSpace=${env}`;
}
