import type { PictureStyle } from './timelineDrawing.ts';

/** Reads the editor's present colours and font from an element. */
export function readPictureStyle(source: HTMLElement): PictureStyle {
  const computed = getComputedStyle(source);
  const read = (name: string): string =>
    computed.getPropertyValue(`--vscode-${name}`).trim() || computed.color;
  const fontSize = Number.parseFloat(computed.fontSize);
  return {
    foreground: read('foreground'),
    background: read('editor-background'),
    selection: read('focusBorder'),
    events: read('charts-blue'),
    heartbeats: read('charts-green'),
    stalls: read('charts-orange'),
    success: read('charts-green'),
    fail: read('charts-red'),
    font: `${fontSize}px ${computed.fontFamily}`,
    lineHeight: Math.ceil(fontSize * 1.4),
    isHighContrast: /\bvscode-high-contrast/.test(document.body.className),
  };
}

/** Calls back after the editor's theme has changed: it is told by the classes of the body and the style of the root. */
export function onThemeChange(callback: () => void): void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
