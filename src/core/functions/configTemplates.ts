/** What the templates of a config stand for. */
export interface TemplateValues {
  /** Of `.env` and `.env.local`; null where they may not be read. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** The config's own `envId`; empty for none. */
  readonly envId: string;
}

/** A text with its templates filled in. */
export interface FilledText {
  readonly text: string;
  /** What has no value, e.g. `env.TOKEN`: it stands in the text as it was. */
  readonly missing: readonly string[];
}

/** True for a text in which a template stands, filled in or not. */
export function hasTemplate(text: string): boolean {
  return text.includes('{{');
}

/**
 * Fills `{{env.X}}` and `{{tcb.envId}}` in. `{{util.uid}}` is made anew for each deployment: it stays and is not
 * missing. Variables of the process are not taken, other than by the tcb command: the config may be somebody's.
 * Source: the vendor's page "Config File", section on dynamic variables; @cloudbase/cli 2.12.10.
 */
export function fillTemplates(text: string, values: TemplateValues): FilledText {
  if (!hasTemplate(text)) return { text, missing: [] };
  const missing: string[] = [];
  const filled = text.replace(/\{\{\s*([^{}\s]*)\s*\}\}/g, (written, name: string) => {
    if (name === 'util.uid') return written;
    const value = lookUp(name, values);
    if (value === undefined) missing.push(name);
    return value ?? written;
  });
  return { text: filled, missing };
}

function lookUp(name: string, { variables, envId }: TemplateValues): string | undefined {
  const known = envId === '' || hasTemplate(envId) ? undefined : envId;
  if (name === 'tcb.envId') return known;
  if (!name.startsWith('env.')) return undefined;
  const variable = name.slice('env.'.length);
  if (variables !== null && Object.hasOwn(variables, variable)) return variables[variable];
  return variable === 'ENV_ID' ? known : undefined;
}
