import { msg } from '../../message.ts';
import { functionPort, readBootstrap } from '../bootstrap.ts';
import { editFix, issue, type FunctionIssue } from '../issue.ts';
import { addressIssue, portIssue } from './listenChecks.ts';

/** What the disk says of a scf_bootstrap beside its text. */
export interface BootstrapFile {
  /** Null where the disk does not say. */
  readonly isExecutable: boolean | null;
  readonly hasByteOrderMark: boolean;
}

/**
 * Checks a scf_bootstrap: the platform executes it as it is and calls port 9000. Source: facts sheet, section 6; the
 * vendor's page on scf_bootstrap.
 * @param text without a byte order mark
 */
export function checkBootstrap(
  text: string,
  { isExecutable, hasByteOrderMark }: BootstrapFile,
): readonly FunctionIssue[] {
  const { interpreter, hasCarriageReturns, port, host } = readBootstrap(text);
  const lineEnd = text.search(/[\r\n]|$/);
  const firstLine = { start: 0, end: lineEnd };
  const issues: FunctionIssue[] = [];
  if (isExecutable === false) {
    const message = msg('This file is not executable: the platform cannot start it. It needs mode 755.');
    const fix = { kind: 'make-executable', title: msg('Make scf_bootstrap executable') } as const;
    issues.push(issue('not-executable', 'error', message, firstLine, fix));
  }
  if (hasCarriageReturns) {
    const message = msg(
      'Lines end with CRLF: the platform cannot start this file. They have to end with LF.',
    );
    const fix = { kind: 'line-endings', title: msg('Convert line endings to LF') } as const;
    issues.push(issue('line-endings', 'error', message, firstLine, fix));
  }
  if (hasByteOrderMark) {
    const message = msg(
      'The file starts with a byte order mark, so "#!" is not seen. Save it as UTF-8 without.',
    );
    issues.push(issue('byte-order-mark', 'error', message, firstLine));
  }
  if (interpreter === null || interpreter === '') {
    const message = msg('The first line has to name the shell: #!/bin/bash');
    const isEmpty = interpreter === ''; // "#!" and no more
    const edit = {
      span: { start: 0, end: isEmpty ? lineEnd : 0 },
      text: isEmpty ? '#!/bin/bash' : '#!/bin/bash\n',
    };
    issues.push(issue('no-shebang', 'error', message, firstLine, editFix(msg('Add #!/bin/bash'), edit)));
  }
  if (port !== null && port.value !== functionPort) issues.push(portIssue(port));
  if (host !== null) issues.push(...addressIssue(host));
  return issues;
}
