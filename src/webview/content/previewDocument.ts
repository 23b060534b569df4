import { sanitizePage } from './sanitize.ts';

/**
 * A server's page made ready for `<iframe sandbox srcdoc>`: sanitised, under a CSP of its own that loads nothing.
 * The frame also inherits the CSP of the panel, so its styles carry the panel's nonce; a `style` attribute has no
 * nonce and becomes a rule.
 */
export function previewDocument(html: string, nonce: string): string {
  const page = sanitizePage(html);
  const rules: string[] = [];
  for (const styled of page.querySelectorAll('[style]')) {
    const declarations = (styled.getAttribute('style') ?? '').replace(/[{}<]/g, '');
    styled.removeAttribute('style');
    styled.setAttribute('data-styled', String(rules.length));
    rules.push(`[data-styled="${rules.length}"] { ${declarations} }`);
  }
  const inline = page.createElement('style');
  inline.textContent = rules.join('\n');
  page.head.append(inline);
  for (const style of page.querySelectorAll('style')) style.setAttribute('nonce', nonce);

  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  page.head.prepend(policy);
  return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}
