import { msg } from '../../message.ts';
import { functionPort, type Written } from '../bootstrap.ts';
import { editFix, issue, type FunctionIssue } from '../issue.ts';

/** A function that listens where the platform does not call. */
export function portIssue({ value, span }: Written<number>): FunctionIssue {
  const message = msg('The platform calls port 9000, and this is {0}.', value);
  const fix = editFix(msg('Change it to {0}', functionPort), { span, text: String(functionPort) });
  return issue('port', 'warning', message, span, fix);
}

/** A function that only its own machine can reach. */
export function addressIssue({ value, span }: Written<string>): FunctionIssue[] {
  if (!/^(?:127(?:\.\d+){3}|localhost|\[?::1\]?)$/i.test(value)) return [];
  const message = msg(
    'At {0} nothing outside the function’s container reaches it. It has to be 0.0.0.0.',
    value,
  );
  const fix = editFix(msg('Change it to {0}', '0.0.0.0'), { span, text: '0.0.0.0' });
  return [issue('loopback-address', 'warning', message, span, fix)];
}
