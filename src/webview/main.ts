import type { ToWebview } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { page } from './page.ts';
import { PanelClient } from './panelClient.ts';
import { readSavedState } from './savedState.ts';
import { initialState, isRunning, toSavedState } from './state.ts';
import { vsCodeApi } from './vscodeApi.ts';

/** ms between two ticks of the elapsed time, and the most the saved state lags behind. */
const TICK_MS = 100;
const SAVE_MS = 250;

const api = vsCodeApi();
const strings = JSON.parse(document.body.dataset['strings'] ?? '{}') as PanelStrings;

let frame = 0;
const drawSoon = (): void => {
  frame ||= requestAnimationFrame(draw);
};
const client = new PanelClient(initialState(readSavedState(api.getState())), {
  post: (message) => api.postMessage(message),
  now: () => performance.now(),
  after: (ms, callback) => void setTimeout(callback, ms),
  onChange: drawSoon,
});
const view = page({ strings, client, post: (message) => api.postMessage(message), redraw: drawSoon });

let tick: number | undefined;
let save: number | undefined;

function draw(): void {
  frame = 0;
  const { state } = client;
  view.update(state, performance.now());
  if (!isRunning(state)) {
    clearInterval(tick);
    tick = undefined;
  }
  if (isRunning(state))
    tick ??= window.setInterval(() => view.tick(client.state, performance.now()), TICK_MS);
  if (state.isLoaded) {
    save ??= window.setTimeout(() => {
      save = undefined;
      api.setState(toSavedState(client.state));
    }, SAVE_MS);
  }
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = event.data;
  if (typeof message === 'object' && message !== null && 'type' in message)
    client.receive(message as ToWebview);
});
document.getElementById('app')?.append(view.element);
api.postMessage({ type: 'ready' });
