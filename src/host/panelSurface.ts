import * as vscode from 'vscode';
import { panelViewType, viewIds } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';

/** ms in which a view that is moved is there again: one that takes longer was closed. */
const MOVE_MS = 5000;

/** A webview and the place it stands in. */
export interface PanelSurface extends vscode.Disposable {
  /** The one that stands there now. */
  readonly webview: vscode.Webview;
  /** Another, empty one stands there now. */
  readonly onDidReplaceWebview: vscode.Event<void>;
  readonly isVisible: boolean;
  /** False where one place serves all requests. */
  readonly canPin: boolean;
  readonly column: vscode.ViewColumn | undefined;
  setTitle(title: string): void;
  /** Brings it into view and leaves the focus where it is. */
  reveal(): void;
  /** The user closed it, or it was disposed. */
  readonly onDidDispose: vscode.Event<void>;
  readonly onDidChangeVisibility: vscode.Event<void>;
}

/** Makes an editor tab for a panel; one of another type than usual does not come back after a reload. */
export function openEditorSurface(
  extensionUri: vscode.Uri,
  title: string,
  viewColumn: vscode.ViewColumn,
  viewType = panelViewType,
): PanelSurface {
  const panel = vscode.window.createWebviewPanel(viewType, title, { viewColumn, preserveFocus: true });
  return editorSurface(panel, extensionUri);
}

/** The surface of an editor tab that exists: one that VS Code restored. */
export function editorSurface(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): PanelSurface {
  const store = new DisposableStore();
  const visibility = store.add(new vscode.EventEmitter<void>());
  const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
  panel.iconPath = { light: media('file-light.svg'), dark: media('file-dark.svg') };
  store.add(panel.onDidChangeViewState(() => visibility.fire()));
  return {
    webview: panel.webview,
    onDidReplaceWebview: store.add(new vscode.EventEmitter<void>()).event,
    get isVisible() {
      return panel.visible;
    },
    canPin: true,
    get column() {
      return panel.viewColumn;
    },
    setTitle: (title) => {
      panel.title = title;
    },
    reveal: () => {
      if (panel.visible) return;
      const isCovering = panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      panel.reveal(isCovering ? vscode.ViewColumn.Beside : undefined, true);
    },
    onDidDispose: panel.onDidDispose,
    onDidChangeVisibility: visibility.event,
    dispose: () => {
      store.dispose();
      panel.dispose();
    },
  };
}

/**
 * The one view in the bottom panel, which VS Code makes when it is first shown, and anew where the user moves it to
 * another container.
 */
export class BottomSurface implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #resolved = this.#store.add(new vscode.EventEmitter<PanelSurface>());
  #place: BottomPlace | undefined;

  constructor() {
    this.#store.add(
      vscode.window.registerWebviewViewProvider(viewIds.stream, {
        resolveWebviewView: (view) => this.#resolve(view),
      }),
    );
  }

  /** The view was made, also where nothing was sent yet; the surface is the same one where it was moved. */
  readonly onDidResolve = this.#resolved.event;

  /** Shows the view and leaves the focus in the editor. */
  async open(): Promise<PanelSurface> {
    if (this.#place?.hasView === true) return this.#place;
    const resolved = new Promise<PanelSurface>((resolve) => {
      const subscription = this.onDidResolve((surface) => {
        subscription.dispose();
        resolve(surface);
      });
    });
    await vscode.commands.executeCommand(`${viewIds.stream}.focus`);
    const surface = await resolved;
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    return surface;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #resolve(view: vscode.WebviewView): void {
    if (this.#place === undefined) {
      const place = new BottomPlace(view);
      this.#place = place;
      place.onDidDispose(() => (this.#place = undefined));
    } else {
      this.#place.take(view);
    }
    this.#resolved.fire(this.#place);
  }
}

/** The view's surface, from one webview to the next. */
class BottomPlace implements PanelSurface {
  readonly canPin = false;
  readonly column = undefined;
  readonly #store = new DisposableStore();
  readonly #closed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #replaced = this.#store.add(new vscode.EventEmitter<void>());
  readonly #visibility = this.#store.add(new vscode.EventEmitter<void>());
  #view: vscode.WebviewView | undefined;
  #webview: vscode.Webview;
  #title = '';
  #closing: NodeJS.Timeout | undefined;

  readonly onDidReplaceWebview = this.#replaced.event;
  readonly onDidDispose = this.#closed.event;
  readonly onDidChangeVisibility = this.#visibility.event;

  constructor(view: vscode.WebviewView) {
    this.#webview = view.webview;
    this.take(view);
  }

  get webview(): vscode.Webview {
    return this.#webview;
  }

  /** False while the view is on its way to another container. */
  get hasView(): boolean {
    return this.#view !== undefined;
  }

  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  /** Goes on in another view. */
  take(view: vscode.WebviewView): void {
    clearTimeout(this.#closing);
    this.#view = view;
    this.#webview = view.webview;
    view.description = this.#title;
    view.onDidChangeVisibility(() => this.#visibility.fire());
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#closing = setTimeout(() => this.#closed.fire(), MOVE_MS);
    });
    this.#replaced.fire();
  }

  setTitle(title: string): void {
    this.#title = title;
    if (this.#view !== undefined) this.#view.description = title;
  }

  reveal(): void {
    this.#view?.show(true);
  }

  dispose(): void {
    clearTimeout(this.#closing);
    this.#store.dispose();
  }
}
