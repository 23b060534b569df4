/** How the value of a secret has to be encoded where it stands. */
export type SecretEncoding = 'raw' | 'url' | 'json';

/** A piece of a text in generated code. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'secret';
      /** The environment variable that stands for it. */
      readonly variable: string;
      readonly encoding: SecretEncoding;
    }
  /** What its parts give, as base64 of its UTF-8 (RFC 7617). */
  | { readonly kind: 'base64'; readonly parts: Template };

/** A text with secrets in it: the pieces in their order, no two texts side by side, none of them empty. */
export type Template = readonly TemplatePart[];

/** A template of a text without secrets. */
export function plainText(text: string): Template {
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** True where nothing in it is secret. */
export function isPlain(template: Template): boolean {
  return template.every(({ kind }) => kind === 'text');
}

/** The text, with `<VARIABLE>` where a secret stands: for people, and for code that has no environment. */
export function withPlaceholders(template: Template): string {
  return template
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'secret':
          return `<${part.variable}>`;
        case 'base64':
          return `<base64 ${withPlaceholders(part.parts)}>`;
      }
    })
    .join('');
}

/** The variables that a template uses, in their order, with repetitions. */
export function variablesIn(template: Template): string[] {
  return template.flatMap((part) => {
    if (part.kind === 'secret') return [part.variable];
    return part.kind === 'base64' ? variablesIn(part.parts) : [];
  });
}

/** Several templates as one, texts that meet joined. */
export function joinTemplates(...templates: readonly Template[]): Template {
  const joined: TemplatePart[] = [];
  for (const part of templates.flat()) {
    const last = joined.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + part.text };
    } else if (part.kind !== 'text' || part.text !== '') {
      joined.push(part);
    }
  }
  return joined;
}
