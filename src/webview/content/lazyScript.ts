import type { ContentRenderer } from './markdown.ts';

declare global {
  interface Window {
    /** Set by `webview-markdown.js`, the lazy file of markdown.ts. */
    cbhttpContent?: ContentRenderer;
  }
}

/** The nonce of the page's own script, which the page's CSP lets run; empty on a page without one. */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}

/**
 * Loads Markdown and the HTML preview, on first use and once. The file's URI stands in the page: `data-markdown-uri` of
 * the body. Rejects where it cannot be loaded; a later call tries again.
 */
export function loadMarkdown(): Promise<ContentRenderer> {
  if (window.cbhttpContent !== undefined) return Promise.resolve(window.cbhttpContent);
  const script = document.querySelector<HTMLScriptElement>('script[data-lazy="markdown"]') ?? addScript();
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      script.remove();
      reject(new Error(`${script.src} was not loaded.`));
    };
    script.addEventListener('error', fail);
    script.addEventListener('load', () => {
      if (window.cbhttpContent === undefined) fail();
      else resolve(window.cbhttpContent);
    });
  });
}

function addScript(): HTMLScriptElement {
  const script = document.createElement('script');
  script.nonce = pageNonce();
  script.dataset['lazy'] = 'markdown';
  script.src = document.body.dataset['markdownUri'] ?? '';
  document.head.append(script);
  return script;
}
