/** VS Code's lists have 22 px per row; a larger font gets more. */
export function listRowHeight(): number {
  const fontSize = Number.parseFloat(getComputedStyle(document.body).fontSize);
  return Math.max(22, Math.ceil(fontSize * 1.6));
}
