import { repositoryDir } from './paths.ts';
import { runQuietly } from './quietCommand.ts';

/** Builds and packages the extension into `dist/`, as `npm run package` does. Its output shows only on failure. */
export async function packageExtension(): Promise<void> {
  await runQuietly({ command: 'npm', args: ['run', '--silent', 'package'], cwd: repositoryDir });
}
