import { msg, type Translate } from '../message.ts';
import type { CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';

/**
 * Lines that name the environment variables the code uses, and what each stands for.
 * @param mustBeEncoded a variable in a URL or in JSON has to hold its value as it stands there
 */
export function secretComments(
  { secrets }: CodeRequest,
  prefix: string,
  translate: Translate,
  mustBeEncoded = false,
): string[] {
  const lines = secrets.flatMap(({ variable, what }) =>
    comment(msg('Set the environment variable {0}: {1}', variable, what), prefix, translate),
  );
  if (!mustBeEncoded || secrets.length === 0) return lines;
  const advice = msg('In a URL, a form or JSON, a variable has to hold its value as it is encoded there.');
  return [...lines, ...comment(advice, prefix, translate)];
}
