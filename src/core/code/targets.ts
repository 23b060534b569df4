import { msg, type Message, type Translate } from '../message.ts';
import type { CodeRequest } from './codeRequest.ts';
import { curlBash } from './curlBash.ts';
import { curlPowerShell } from './curlPowerShell.ts';
import type { Inexpressible } from './expressible.ts';
import { fetchCode } from './fetchCode.ts';
import { miniProgramCode } from './miniProgramCode.ts';
import type { CodeOptions } from './describePrepared.ts';
import { pythonCode } from './pythonCode.ts';
import { sdkCode } from './sdkCode.ts';
import { undiciCode } from './undiciCode.ts';

/** A way to write a request as code. */
export interface CodeTarget {
  readonly id: string;
  /** A name that is the same in all languages. */
  readonly label: string;
  /** Null where the label says it all. */
  readonly detail: Message | null;
  /** Of VS Code, for the editor it is shown in. */
  readonly languageId: 'javascript' | 'shellscript' | 'powershell' | 'python';
  readonly view: CodeOptions['view'];
  /** True for one that reads an event stream, false for one that reads a whole answer; null for either. */
  readonly streams: boolean | null;
  /** The code, with a line end at its end. Comments are in the language of `translate`. */
  readonly write: (request: CodeRequest, translate: Translate) => string | Inexpressible;
}

/** All targets, in the order in which they are offered. */
export const codeTargets: readonly CodeTarget[] = [
  {
    id: 'wx-stream',
    label: 'wx.cloud.callHTTPFunction',
    detail: msg('Mini program: decodes split characters, parses events'),
    languageId: 'javascript',
    view: 'function',
    streams: true,
    write: (request, translate) => miniProgramCode(request, translate, true),
  },
  {
    id: 'wx',
    label: 'wx.cloud.callHTTPFunction',
    detail: msg('Mini program: the answer as a whole'),
    languageId: 'javascript',
    view: 'function',
    streams: false,
    write: (request, translate) => miniProgramCode(request, translate, false),
  },
  {
    id: 'curl-bash',
    label: 'cURL (bash)',
    detail: msg('Linux, macOS, Git Bash, WSL'),
    languageId: 'shellscript',
    view: 'address',
    streams: null,
    write: curlBash,
  },
  {
    id: 'curl-powershell',
    label: 'cURL (PowerShell)',
    detail: msg('Windows PowerShell 5.1 and PowerShell 7, by curl.exe'),
    languageId: 'powershell',
    view: 'address',
    streams: null,
    write: curlPowerShell,
  },
  {
    id: 'fetch-stream',
    label: 'JavaScript fetch',
    detail: msg('Browsers, Node 18 and newer'),
    languageId: 'javascript',
    view: 'address',
    streams: true,
    write: (request, translate) => fetchCode(request, translate, true),
  },
  {
    id: 'fetch',
    label: 'JavaScript fetch',
    detail: msg('Browsers, Node 18 and newer'),
    languageId: 'javascript',
    view: 'address',
    streams: false,
    write: (request, translate) => fetchCode(request, translate, false),
  },
  {
    id: 'undici-stream',
    label: 'Node undici',
    detail: null,
    languageId: 'javascript',
    view: 'address',
    streams: true,
    write: (request, translate) => undiciCode(request, translate, true),
  },
  {
    id: 'undici',
    label: 'Node undici',
    detail: null,
    languageId: 'javascript',
    view: 'address',
    streams: false,
    write: (request, translate) => undiciCode(request, translate, false),
  },
  {
    id: 'python',
    label: 'Python requests',
    detail: null,
    languageId: 'python',
    view: 'address',
    streams: null,
    write: pythonCode,
  },
  {
    id: 'js-sdk',
    label: '@cloudbase/js-sdk',
    detail: msg('callFunction(): undocumented for HTTP functions'),
    languageId: 'javascript',
    view: 'function',
    streams: false,
    write: sdkCode,
  },
];
