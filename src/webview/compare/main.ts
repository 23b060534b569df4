import {
  comparisonTabs,
  type FromComparison,
  type SavedComparison,
  type ToComparison,
} from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { vsCodeApi } from '../vscodeApi.ts';
import { comparePage, type ComparePagePorts } from './comparePage.ts';

const api = vsCodeApi<FromComparison>();
const strings = JSON.parse(document.body.dataset['strings'] ?? '{}') as ComparisonStrings;
const page = comparePage({
  strings,
  saved: readSaved(api.getState()),
  post: (message) => api.postMessage(message),
  save: (saved) => api.setState(saved satisfies SavedComparison),
});

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = event.data;
  if (typeof message === 'object' && message !== null && 'type' in message)
    page.receive(message as ToComparison);
});
document.getElementById('app')?.append(page.element);
api.postMessage({ type: 'ready' });

function readSaved(value: unknown): ComparePagePorts['saved'] {
  const saved = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return {
    tab: comparisonTabs.find((tab) => tab === saved['tab']) ?? 'overview',
    onlyDifferences: saved['onlyDifferences'] === true,
  };
}
