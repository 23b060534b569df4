import { msg, type Message } from '../../message.ts';
import type { LintCode } from './lintItem.ts';

const MAX_SHOWN = 40;

/**
 * Why a line is ignored whose field name the standard does not know (HTML standard, 9.2.6).
 * @param name all before the colon, or the whole line where there is none
 */
export function explainFieldName(name: string, hasColon: boolean): { code: LintCode; message: Message } {
  const shown = visible(name);
  if (name.startsWith('\uFEFF')) {
    return {
      code: 'bom',
      message: msg(
        'A BOM before "{0}" becomes part of the field name: the line is ignored.',
        visible(name.slice(1)),
      ),
    };
  }
  const meant = /^\s*(data|event|id|retry)\s*(\uFF1A?)/i.exec(name);
  const field = meant?.[1]?.toLowerCase() ?? '';
  if (meant?.[2] === '\uFF1A') {
    return {
      code: 'field-name',
      message: msg('A full-width colon follows "{0}": only ":" counts, so the line is ignored.', field),
    };
  }
  if (meant?.[0] === name) {
    return {
      code: 'field-name',
      message: msg(
        'The field name is written "{0}": only "{1}" counts, so the line is ignored.',
        shown,
        field,
      ),
    };
  }
  if (!hasColon) {
    return {
      code: 'no-colon',
      message: msg('A line without a colon is a field name only, and "{0}" is none: it is ignored.', shown),
    };
  }
  return /^[\w-]+$/.test(name)
    ? { code: 'unknown-field', message: msg('Unknown field "{0}": the line is ignored.', shown) }
    : {
        code: 'unknown-field',
        message: msg('"{0}" is no field: the line is ignored. Is "data: " missing before it?', shown),
      };
}

/** Short, and without control characters or such that turn the direction of text. */
function visible(name: string): string {
  const plain = name.slice(0, MAX_SHOWN).replace(/\p{C}/gu, '\uFFFD');
  return name.length > MAX_SHOWN ? `${plain}…` : plain;
}
