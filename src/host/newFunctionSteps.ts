import * as vscode from 'vscode';
import { checkFunctionName } from '../core/functions/scaffold/functionName.ts';
import { scaffoldFunction, templateIds, type TemplateId } from '../core/functions/scaffold/scaffold.ts';
import type { GivenFunction } from './contributions.ts';
import { isThere } from './fileChanges.ts';
import { folderOf, type FunctionSite } from './functionSite.ts';
import { inputStep, pickStep, runSteps, stepsOf, type StepAnswer, type StepFrame } from './quickSteps.ts';
import { say } from './translate.ts';

/** What is to be made. */
export interface FunctionDraft {
  name: string;
  template: TemplateId;
  /** Whether npm is run for its packages. */
  installs: boolean;
}

/** Fills the draft; what is given is not asked. @returns false where the user gave up */
export function askNewFunction(
  draft: FunctionDraft,
  given: GivenFunction,
  site: FunctionSite,
): Promise<boolean> {
  const step = stepsOf(vscode.l10n.t('New HTTP Function'));
  const problemOf = (name: string): string | undefined => {
    const problem = checkFunctionName(name, site.taken);
    return problem === null ? undefined : say(problem);
  };
  return runSteps([
    step(
      () => given.name === undefined || problemOf(given.name) !== undefined,
      (frame) => askName(frame, draft, problemOf),
      (name) => (draft.name = name),
    ),
    step(
      () => given.template === undefined,
      (frame) => askTemplate(frame, draft),
      ({ template }) => (draft.template = template),
    ),
    step(
      async () => given.installs === undefined && (await lacksPackages(draft, site)),
      (frame) => askInstall(frame, draft),
      ({ installs }) => (draft.installs = installs),
    ),
  ]);
}

function askName(
  frame: StepFrame,
  draft: FunctionDraft,
  validate: (name: string) => string | undefined,
): Promise<StepAnswer<string>> {
  const prompt = vscode.l10n.t('The function’s name, on this machine and where it is deployed');
  return inputStep(frame, { prompt, value: draft.name, validate });
}

interface TemplateItem extends vscode.QuickPickItem {
  readonly template: TemplateId;
}

function askTemplate(frame: StepFrame, draft: FunctionDraft): Promise<StepAnswer<TemplateItem>> {
  const placeholder = vscode.l10n.t('What the function is written with');
  return pickStep(frame, templateIds.map(templateItem), {
    placeholder,
    active: ({ template }) => template === draft.template,
  });
}

function templateItem(template: TemplateId): TemplateItem {
  switch (template) {
    case 'express':
      return {
        template,
        label: 'Express',
        description: 'Node.js, SSE',
        detail: vscode.l10n.t('A web server: routes, middleware, a stream of events. The usual choice.'),
      };
    case 'framework':
      return {
        template,
        label: 'functions-framework',
        description: 'Node.js, SSE',
        detail: vscode.l10n.t(
          'One handler as CloudBase’s own framework calls it, with its helper for streams.',
        ),
      };
  }
}

/** Packages are looked for where Node finds them inside the workspace. Nothing is installed where it is not trusted. */
async function lacksPackages({ name, template }: FunctionDraft, site: FunctionSite): Promise<boolean> {
  const root = site.workspaceFolder.uri;
  if (!vscode.workspace.isTrusted || root.scheme !== 'file') return false;
  const { packageName } = scaffoldFunction(template, name);
  const above = `${root.path.replace(/\/$/, '')}/`;
  let folder = folderOf(site, name);
  for (;;) {
    if (await isThere(vscode.Uri.joinPath(folder, 'node_modules', packageName))) return false;
    if (!folder.path.startsWith(above)) return true;
    folder = vscode.Uri.joinPath(folder, '..');
  }
}

interface InstallItem extends vscode.QuickPickItem {
  readonly installs: boolean;
}

function askInstall(frame: StepFrame, { name, template }: FunctionDraft): Promise<StepAnswer<InstallItem>> {
  const { packageName } = scaffoldFunction(template, name);
  const items: readonly InstallItem[] = [
    {
      installs: true,
      label: `$(terminal) ${vscode.l10n.t('Run npm install in a Terminal')}`,
      detail: vscode.l10n.t('Downloads {0} and what it needs into the function’s folder.', packageName),
    },
    {
      installs: false,
      label: `$(circle-slash) ${vscode.l10n.t('Not Now')}`,
      detail: vscode.l10n.t('The function runs once npm install has been run in its folder.'),
    },
  ];
  return pickStep(frame, items, {
    placeholder: vscode.l10n.t('{0} is not installed here. Install it?', packageName),
  });
}
