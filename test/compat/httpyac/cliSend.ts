import { spawn } from 'node:child_process';
import path from 'node:path';
import { repositoryDir } from '../../support/paths.ts';

/**
 * Sends all requests of each file with the built command-line tool, one file after the other.
 * @param certificateFile PEM of the certificate that https servers have
 * @returns what it printed on stderr, for each file
 */
export async function sendWithCli(
  files: readonly string[],
  certificateFile: string,
): Promise<ReadonlyMap<string, string>> {
  const cli = path.join(repositoryDir, 'dist', 'cli.cjs');
  const child = spawn(process.execPath, [path.join(__dirname, 'cliBatch.cjs'), cli, ...files], {
    env: { ...process.env, LC_ALL: 'C', NODE_EXTRA_CA_CERTS: certificateFile },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const printed = new Map<string, string>();
  child.on('message', (message: { file: string; printed: string }) => {
    printed.set(message.file, message.printed);
  });
  await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (printed.size < files.length) throw new Error(`${printed.size} of ${files.length} files were sent.`);
  return printed;
}
