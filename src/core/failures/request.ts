import { msg } from '../message.ts';
import { said, type FailureRow } from './row.ts';

/** What keeps a request from being sent. */
export const requestFailures = {
  // What is wrong in a text or in settings is said where it is found; the place in the text says what to change.
  usage: { code: 'usage', message: said, advice: [] },
  parse: { code: 'parse', message: said, advice: [] },
  'sub-path-body': { code: 'sub-path-body', message: said, advice: [] },
  cancelled: { code: 'cancelled', message: () => msg('Cancelled.'), advice: [] }, // it was the user's wish
  settings: {
    code: 'settings',
    message: said,
    advice: [msg('Look at cbhttp.profiles in .vscode/settings.json, and at its problems.')],
  },
  'unknown-profile': {
    code: 'unknown-profile',
    message: said,
    advice: [msg('Add the profile to cbhttp.profiles, or choose another.')],
  },
  'unresolved-variable': {
    code: 'unresolved-variable',
    message: said,
    advice: [
      msg(
        'Give it a value: a line @name = … in the file, "variables" of the profile, .env, or --var name=….',
      ),
    ],
  },
  'no-url': {
    code: 'no-url',
    message: said,
    advice: [
      msg('Choose the profile whose environment has the function, or complete it in cbhttp.profiles.'),
    ],
  },
  'invalid-url': {
    code: 'invalid-url',
    message: said,
    advice: [msg('Write a whole URL or fn://name/path, and check the values of the variables in it.')],
  },
  'invalid-header': {
    code: 'invalid-header',
    message: said,
    advice: [msg('Line breaks and control characters cannot stand in a header: check the variables in it.')],
  },
  unsupported: {
    code: 'unsupported',
    message: said,
    advice: [
      msg('Write it another way; what can be sent stands in the language reference of this extension.'),
    ],
  },
  'body-file': {
    code: 'body-file',
    message: (file: string, detail: string) => msg('{0} cannot be read ({1}).', file, detail),
    advice: [msg('Check that you may read the file, and that nothing else holds it.')],
  },
  'body-file-missing': {
    code: 'body-file',
    message: (file: string) => msg('There is no file {0}. Paths are relative to the request’s file.', file),
    advice: [msg('Check the name: on Linux, upper and lower case differ.')],
  },
  'body-file-changed': {
    code: 'body-file',
    message: (file: string) => msg('{0} was changed while it was sent.', file),
    advice: [msg('Send again when nothing writes to the file any more.')],
  },
  'body-file-outside': {
    code: 'body-file',
    message: (file: string) => msg('{0} is outside the workspace, so it is not sent.', file),
    advice: [msg('Copy the file into the workspace, or add its folder to the workspace.')],
  },
  'body-file-no-file': {
    code: 'body-file',
    message: (file: string) => msg('{0} is no file.', file),
    advice: [msg('Name a file, not a folder.')],
  },
  'missing-credential': {
    code: 'missing-credential',
    message: (profile: string, kind: string, origin: string) =>
      msg('The profile "{0}" needs a credential ({1}) for {2}.', profile, kind, origin),
    advice: [msg('Run "CloudBase Functions: Set Credential of Profile", or send again to be asked.')],
  },
  // The message says which variable to set.
  'missing-credential-variable': { code: 'missing-credential', message: said, advice: [] },
  'missing-secret': {
    code: 'missing-secret',
    message: (profile: string, name: string) =>
      msg('The profile "{0}" has no secret "{1}" for this address.', profile, name),
    advice: [msg('Run "CloudBase Functions: Set Secret", or send again to be asked.')],
  },
  // The message says which variable to set.
  'missing-secret-variable': {
    code: 'missing-secret',
    message: (name: string, variable: string) =>
      msg('The secret "{0}" is missing. Set the environment variable {1}.', name, variable),
    advice: [],
  },
  'credential-refused': {
    code: 'credential-refused',
    message: said,
    advice: [
      msg(
        'A credential goes only to the environment and origin it was entered for, over https or to this machine.',
      ),
    ],
  },
  'token-refused': {
    code: 'token-refused',
    message: said,
    advice: [
      msg(
        'Set the credential of the profile anew; check envId and site, and that the sign-in is switched on.',
      ),
    ],
  },
  // The message says to log in.
  'cli-login': { code: 'cli-login', message: said, advice: [] },
  'management-api': {
    code: 'management-api',
    message: said,
    advice: [msg('Check SecretId and SecretKey, region and the rights of the account.')],
  },
  'untrusted-workspace': {
    code: 'untrusted-workspace',
    message: said,
    advice: [msg('Trust the workspace to send requests: command "Workspaces: Manage Workspace Trust".')],
  },
} satisfies Readonly<Record<string, FailureRow>>;
