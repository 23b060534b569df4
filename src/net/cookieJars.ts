import type * as cookieJarModule from './cookieJar.ts';
import type { KeptJar } from './cookieJar.ts';

/** The jars of profiles, each made on first use: the library is loaded then. */
export type CookieJars = (profile: string) => Promise<KeptJar>;

/** Jars that last as long as this process. */
export function createCookieJars(): CookieJars {
  const jars = new Map<string, Promise<KeptJar>>();
  return (profile) => {
    let jar = jars.get(profile);
    if (jar === undefined) {
      jar = loadModule().then(({ createCookieJar }) => createCookieJar());
      jars.set(profile, jar);
    }
    return jar;
  };
}

function loadModule(): Promise<typeof cookieJarModule> {
  return import('./cookieJar.ts');
}
