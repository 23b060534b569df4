import * as vscode from 'vscode';
import { isDisabled } from '../core/cbhttp/directives.ts';
import { directiveOf, fileFunction, requestLabel } from '../core/cbhttp/document.ts';
import { functionOf } from '../core/cbhttp/navigate/functionOf.ts';
import { isCbError } from '../core/errors.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { profileFor } from '../core/profiles/profileFor.ts';
import { onThisMachine } from '../core/profiles/sentRoute.ts';
import { addressTarget } from '../core/profiles/target.ts';
import type { CompareDeps } from './compareCommands.ts';
import type { LocatedRequest } from './documents.ts';
import { profilesFor } from './profiles.ts';
import type { SendOptions } from './sender.ts';
import { say } from './translate.ts';

/** What is sent for a comparison: a request, and how. */
export type Sent = readonly [
  located: LocatedRequest,
  options: Pick<SendOptions, 'profileName' | 'route' | 'isInBackground'>,
];

/** What is sent for both sides. */
export type Sends = readonly [Sent, Sent];

/** Two ways to send, to choose from. */
interface Choice extends vscode.QuickPickItem {
  readonly sends?: Sends;
}

/** What there is to choose from comes from these. */
type ChoiceDeps = Pick<CompareDeps, 'documents' | 'functions' | 'local' | 'log'>;

/** The two ways that were given, or that the user picks. */
export async function chooseSends(
  located: LocatedRequest,
  given: { readonly profiles?: readonly [string, string]; readonly with?: string },
  deps: ChoiceDeps,
): Promise<Sends | undefined> {
  if (given.profiles !== undefined) {
    const [one, other] = given.profiles;
    return [
      [located, { profileName: one }],
      [located, { profileName: other }],
    ];
  }
  const others = othersOf(located, deps);
  const asked = others.find(({ key }) => key === given.with);
  if (asked !== undefined) return [[located, {}], [asked, {}]]; // prettier-ignore
  const choices = [...profileChoices(located, deps), ...requestChoices(located, others)];
  if (choices.length === 0) {
    const add = vscode.l10n.t('Add Profile');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is only one profile and one request here: nothing to compare with.'),
      add,
    );
    if (answer === add) await vscode.commands.executeCommand('cbhttp.addProfile');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Send Twice and Compare'),
    placeHolder: vscode.l10n.t('What "{0}" is sent with, at the same time', requestLabel(located.request)),
    matchOnDescription: true,
  });
  return picked?.sends;
}

function othersOf({ textDocument, key }: LocatedRequest, { documents }: ChoiceDeps): LocatedRequest[] {
  return documents
    .requests(textDocument)
    .filter((one) => one.key !== key && !isDisabled(one.request.directives));
}

/** The function on this machine against a deployed one, and every two profiles: those with the request's own first. */
function profileChoices(located: LocatedRequest, deps: ChoiceDeps): Choice[] {
  const set = profilesFor(located.textDocument.uri, deps.functions);
  let own = set.active.name;
  try {
    own = profileFor(located.request, set).name;
  } catch (error) {
    if (!isCbError(error)) throw error;
    deps.log.warn(say(error.display)); // an unknown one: the two that are picked hold
  }
  const profiles = set.profiles.toSorted(
    (one, other) => Number(other.name === own) - Number(one.name === own),
  );
  const pairs = pairsOf(located, profiles);
  const [first] = profiles;
  const local = localChoices(located, profiles, deps);
  const isFirst = first?.route !== 'local' && isOfWorkspace(located, deps);
  return isFirst ? [...local, ...pairs] : [...pairs, ...local];
}

function pairsOf(located: LocatedRequest, profiles: readonly Profile[]): Choice[] {
  const choices: Choice[] = profiles.flatMap((one, index) =>
    profiles.slice(index + 1).map((other): Choice => ({
      label: `${one.name} ↔ ${other.name}`,
      description:
        (one.route === 'local') === (other.route === 'local')
          ? ''
          : vscode.l10n.t('this machine against deployed'),
      sends: [
        [located, { profileName: one.name }],
        [located, { profileName: other.name }],
      ],
    })),
  );
  return choices.length === 0
    ? []
    : [{ label: vscode.l10n.t('Two profiles'), kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

/** The function on this machine against each profile that goes elsewhere; none where the request says where it goes. */
function localChoices(
  located: LocatedRequest,
  profiles: readonly Profile[],
  { local }: ChoiceDeps,
): Choice[] {
  const { request, textDocument } = located;
  const name = functionNameOf(located);
  if (directiveOf(request, 'route') !== undefined || (name === null && !/^fn:/i.test(request.target))) {
    return [];
  }
  const runningPort = (one: string) => local.runningPort(one, textDocument.uri);
  const address = (profile: Profile): string =>
    name === null
      ? ''
      : new URL(addressTarget(`fn://${name}`, { profile: onThisMachine(profile), runningPort }).url).host;
  const choices = profiles
    .filter(({ route }) => route !== 'local')
    .map((profile): Choice => ({
      label: `${vscode.l10n.t('Local function')} ↔ ${profile.name}`,
      description: address(profile),
      sends: [
        [located, { profileName: profile.name, route: 'local' }],
        [located, { profileName: profile.name }],
      ],
    }));
  const label = vscode.l10n.t('This machine and deployed');
  return choices.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

/** True if the function that a request goes to is one of the workspace folder that its file belongs to. */
function isOfWorkspace(located: LocatedRequest, { functions: all }: ChoiceDeps): boolean {
  const name = functionNameOf(located);
  const own = vscode.workspace.getWorkspaceFolder(located.textDocument.uri);
  return all
    .known()
    .filter(({ workspaceFolder }) => own === undefined || workspaceFolder.index === own.index)
    .some(({ functions }) => functions.some(({ declared }) => declared.name === name));
}

function functionNameOf({ document, placed }: LocatedRequest): string | null {
  return functionOf(document, placed, fileFunction(document)?.directive.value ?? null);
}

function requestChoices(located: LocatedRequest, others: readonly LocatedRequest[]): Choice[] {
  if (others.length === 0) return [];
  const label = requestLabel(located.request);
  return [
    { label: vscode.l10n.t('Two requests of this file'), kind: vscode.QuickPickItemKind.Separator },
    ...others.map((other): Choice => ({
      label: `${label} ↔ ${requestLabel(other.request)}`,
      description: `${other.request.method} ${other.request.target}`.slice(0, 80),
      sends: [
        [located, {}],
        [other, {}],
      ],
    })),
  ];
}
