import type { Template, TemplatePart } from './template.ts';

/** A text as a literal in single quotes; one of several lines in three double quotes. */
export function pythonString(text: string): string {
  if (!text.includes('\n')) return `'${escapeText(text).replaceAll("'", "\\'")}'`;
  return `"""${escapeText(text, '\n').replace(/"(?="|$)/g, '\\"')}"""`;
}

/** A text with secrets as an expression; secrets come from the environment. */
export function pythonText(template: Template): string {
  return template.length === 0 ? "''" : template.map(pythonPart).join(' + ');
}

/** Bytes as a literal: ASCII as it is, the others as codes. */
export function bytesLiteral(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const isPrintable = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    text += isPrintable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `b'${text}'`;
}

function pythonPart(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return pythonString(part.text);
    case 'secret': {
      const value = `os.environ['${part.variable}']`;
      if (part.encoding === 'url') return `quote(${value}, safe='')`;
      return part.encoding === 'json' ? `json.dumps(${value}, ensure_ascii=False)[1:-1]` : value;
    }
    case 'base64':
      return `base64.b64encode((${pythonText(part.parts)}).encode()).decode()`;
  }
}

/** @param kept a control character that may stand as it is */
function escapeText(text: string, kept = ''): string {
  return text.replace(/[\\\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    if (character === kept) return character;
    const known: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    const code = character.codePointAt(0) ?? 0;
    if (known[character] !== undefined) return known[character];
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
