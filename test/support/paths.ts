import path from 'node:path';

/** The checkout's root folder, absolute. */
export const repositoryDir = path.resolve(__dirname, '..', '..');

/** Everything the test bed downloads or leaves behind; ignored by git. */
export const cacheDir = path.join(repositoryDir, '.vscode-test');

/** Where a failing end-to-end test leaves its screenshot and the extension host's log. */
export const failuresDir = path.join(cacheDir, 'failures');

/** The packaged extension, made by `npm run package`. */
export const vsixFile = path.join(repositoryDir, 'dist', 'cbhttp.vsix');

/** The sample workspace. */
export const examplesDir = path.join(repositoryDir, 'examples');
