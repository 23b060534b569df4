import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryDir } from './paths.ts';
import { smallPng } from './smallPng.ts';

/** A part of a window, in CSS pixels. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** True under `npm run pictures`, which takes the pictures of the documentation. */
export const takesPictures = process.env['CBHTTP_PICTURES'] === '1';

/** Keeps the window as it is, or a part of it. @param file its path in the repository */
export async function keepPicture(page: Page, file: string, clip?: Clip): Promise<void> {
  const browser = page.context().browser();
  assert.ok(browser);
  const taken = await page.screenshot({ animations: 'disabled', ...(clip !== undefined && { clip }) });
  const target = path.join(repositoryDir, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, await smallPng(browser, taken));
}
