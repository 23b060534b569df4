import { icon, iconButton, setClass } from './dom.ts';

const CONFIRM_MS = 1500;

/** An icon button that copies and shows for a moment that it did. */
export function copyButton(id: string, label: string, onCopy: () => void): HTMLButtonElement {
  let timer: number | undefined;
  const button = iconButton(id, 'copy', label, () => {
    onCopy();
    const mark = button.firstElementChild as HTMLElement;
    const copyIcon = icon('copy').className;
    setClass(mark, icon('check').className);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => setClass(mark, copyIcon), CONFIRM_MS);
  });
  return button;
}
