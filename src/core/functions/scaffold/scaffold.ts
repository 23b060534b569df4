import { bootstrapContent } from '../bootstrapContent.ts';
import { expressCode, expressVersion } from './expressTemplate.ts';
import { frameworkCode, frameworkVersion } from './frameworkTemplate.ts';

/** What a new function is made from. */
export const templateIds = ['express', 'framework'] as const;
export type TemplateId = (typeof templateIds)[number];

/** A file of a new function. */
export interface ScaffoldFile {
  /** From the function's folder. */
  readonly path: string;
  /** Its line ends are LF: the platform runs no script with others. */
  readonly text: string;
  /** True for one that has to have mode 755. */
  readonly isExecutable: boolean;
}

/** A function's item in `functions` of a config. */
export interface FunctionEntry {
  readonly name: string;
  readonly type: 'HTTP';
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly installDependency: true;
  /** Its folder, where the config's own root does not lead there. */
  readonly dir?: string;
}

/** A new function: it streams, and answers in JSON. */
export interface Scaffold {
  readonly files: readonly ScaffoldFile[];
  readonly entry: FunctionEntry;
  /** The text of a `.cbhttp` file with requests for it. */
  readonly requests: string;
  /** The package it needs. */
  readonly packageName: string;
}

const RUNTIME = 'Nodejs20.19';

/** Makes a function of a name that `checkFunctionName` lets pass. Writes nothing. */
export function scaffoldFunction(template: TemplateId, name: string): Scaffold {
  const { code, bootstrap, packageName, version } = contentOf(template, name);
  const manifest = {
    name: name.toLowerCase(), // npm takes no others
    version: '1.0.0',
    private: true,
    main: 'index.js',
    dependencies: { [packageName]: version },
  };
  return {
    files: [
      { path: 'scf_bootstrap', text: bootstrap, isExecutable: true },
      { path: 'index.js', text: code, isExecutable: false },
      { path: 'package.json', text: `${JSON.stringify(manifest, null, 2)}\n`, isExecutable: false },
    ],
    entry: {
      name,
      type: 'HTTP',
      runtime: RUNTIME,
      timeout: 60,
      memorySize: 256,
      installDependency: true,
    },
    requests: requestsFor(name),
    packageName,
  };
}

interface Content {
  readonly code: string;
  readonly bootstrap: string;
  readonly packageName: string;
  readonly version: string;
}

function contentOf(template: TemplateId, name: string): Content {
  switch (template) {
    case 'express':
      return {
        code: expressCode(name),
        bootstrap: bootstrapContent(RUNTIME, 'index.js'),
        packageName: 'express',
        version: expressVersion,
      };
    case 'framework':
      return {
        code: frameworkCode(name),
        bootstrap: frameworkBootstrap,
        packageName: '@cloudbase/functions-framework',
        version: frameworkVersion,
      };
  }
}

const frameworkBootstrap = `#!/bin/bash
export PORT="\${PORT:-9000}"
# 云端只有 /tmp 可写 / In the cloud only /tmp can be written to.
export LOG_DIRNAME="\${LOG_DIRNAME:-/tmp/logs}"
exec /var/lang/node20/bin/node node_modules/@cloudbase/functions-framework/bin/tcb-ff.js --port "$PORT"
`;

function requestsFor(name: string): string {
  return `# 先运行函数，再点击“发送” / Run the function, then click Send.

### 流式回答 / A stream
GET fn://${name}/stream
Accept: text/event-stream

### 普通回答 / A plain answer
POST fn://${name}/hello
Content-Type: application/json

{ "name": "CloudBase" }
`;
}
