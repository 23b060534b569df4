import * as vscode from 'vscode';
import { panelViewType, viewIds } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';

/** A webview and the place it stands in. */
export interface PanelSurface extends vscode.Disposable {
  readonly webview: vscode.Webview;
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

/** Makes an editor tab for a panel. */
export function openEditorSurface(
  extensionUri: vscode.Uri,
  title: string,
  viewColumn: vscode.ViewColumn,
): PanelSurface {
  const panel = vscode.window.createWebviewPanel(panelViewType, title, { viewColumn, preserveFocus: true });
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

/** The one view in the bottom panel, which VS Code makes when it is first shown. */
export class BottomSurface implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #resolved = this.#store.add(new vscode.EventEmitter<PanelSurface>());
  #surface: PanelSurface | undefined;

  constructor() {
    this.#store.add(
      vscode.window.registerWebviewViewProvider(viewIds.stream, {
        resolveWebviewView: (view) => this.#resolve(view),
      }),
    );
  }

  /** The view was made, also where nothing was sent yet. */
  readonly onDidResolve = this.#resolved.event;

  /** Shows the view and leaves the focus in the editor. */
  async open(): Promise<PanelSurface> {
    if (this.#surface !== undefined) return this.#surface;
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
    const closed = new vscode.EventEmitter<void>();
    const surface: PanelSurface = {
      webview: view.webview,
      get isVisible() {
        return view.visible;
      },
      canPin: false,
      column: undefined,
      setTitle: (title) => {
        view.description = title;
      },
      reveal: () => view.show(true),
      onDidDispose: closed.event,
      onDidChangeVisibility: view.onDidChangeVisibility,
      dispose: () => closed.dispose(),
    };
    view.onDidDispose(() => {
      this.#surface = undefined;
      closed.fire();
    });
    this.#surface = surface;
    this.#resolved.fire(surface);
  }
}
