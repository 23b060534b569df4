import type * as vscode from 'vscode';
import type { ImportSurroundings } from '../core/import/findFunction.ts';
import { profilesFor } from './profiles.ts';
import type { Secrets } from './secrets.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What imports need to know. */
export interface ImportDeps {
  readonly functions: WorkspaceFunctions;
  readonly secrets: Secrets;
}

/** What is known at a document, for the core. */
export function surroundingsOf(
  resource: vscode.Uri | undefined,
  { functions, secrets }: ImportDeps,
): ImportSurroundings {
  const profiles = profilesFor(resource, functions);
  return {
    profiles,
    functions: functions.known().flatMap((folder) =>
      folder.functions.map(({ declared }) => ({
        name: declared.name,
        kind: declared.type === 'HTTP' ? ('http' as const) : ('event' as const),
      })),
    ),
    secretNames: profiles.profiles.flatMap((profile) => secrets.names(profile)),
  };
}
