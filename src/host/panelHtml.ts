/** What the page depends on. */
export interface PanelPage {
  readonly scriptUri: string;
  /** Of the script for Markdown and HTML, which the page loads when it needs it. */
  readonly markdownUri: string;
  readonly styleUris: readonly string[];
  readonly cspSource: string;
  readonly nonce: string;
  /** BCP 47 tag of the display language. */
  readonly lang: string;
  /** JSON for the page's script. */
  readonly strings: string;
}

/** The panel's page: an empty frame that the script fills. Nothing inline, nothing from elsewhere. */
export function panelHtml(page: PanelPage): string {
  const { scriptUri, markdownUri, styleUris, cspSource, nonce, lang, strings } = page;
  const csp = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}'; font-src ${cspSource}; img-src data: blob:`;
  return `<!DOCTYPE html>
<html lang="${escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(csp)}">
<title>CloudBase HTTP Functions</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${styleUris.map((uri) => `<link rel="stylesheet" href="${escape(uri)}">`).join('\n')}
</head>
<body data-strings="${escape(strings)}" data-markdown-uri="${escape(markdownUri)}">
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${escape(scriptUri)}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
