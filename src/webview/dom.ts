/** What {@link element} sets on a new element, besides its class. */
export interface ElementOptions {
  readonly id?: string;
  /** Shown as text, never read as HTML. */
  readonly text?: string;
  readonly title?: string;
  readonly role?: string;
  /** Attributes such as `aria-label`. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly HTMLElement[];
}

/** Makes an element: `element('span', 'cell data', { text })`. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  options: ElementOptions = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (options.id !== undefined) made.id = options.id;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.title !== undefined) made.title = options.title;
  if (options.role !== undefined) made.setAttribute('role', options.role);
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  made.append(...(options.children ?? []));
  return made;
}

/** A Codicon nobody has to hear of. */
export function icon(name: string): HTMLElement {
  return element('span', `codicon codicon-${name}`, { attributes: { 'aria-hidden': 'true' } });
}

/** A button of an icon alone; the label is its tooltip and its name. */
export function iconButton(
  id: string,
  iconName: string,
  label: string,
  onClick: () => void,
): HTMLButtonElement {
  const button = element('button', 'icon-button', {
    id,
    title: label,
    attributes: { type: 'button', 'aria-label': label },
    children: [icon(iconName)],
  });
  button.addEventListener('click', onClick);
  return button;
}

/** Sets an element's text, only if it has changed. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets an element's tooltip, only if it has changed. */
export function setTitle(target: HTMLElement, title: string): void {
  if (target.title !== title) target.title = title;
}

/** Sets an attribute, only if it has changed; null takes it away. */
export function setAttribute(target: HTMLElement, name: string, value: string | null): void {
  if (target.getAttribute(name) === value) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** Sets an element's classes, only if they have changed. */
export function setClass(target: HTMLElement, className: string): void {
  if (target.className !== className) target.className = className;
}
