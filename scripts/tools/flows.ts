import { flowExamples } from '../../test/support/flowExamples.js';
import { page, table } from './markdown.js';

const cell = (code: string): string =>
  code
    .split('\n')
    .map((line) => `\`${line.trim().replaceAll('|', '\\|')}\``.replace(/^`(.*`.*)`$/, '`` $1 ``'))
    .join('<br>');

/** The forms that are recognised in code, out of the examples that the tests read, and those that are not. */
export const flowsReference = (): string =>
  page([
    '<!-- Generated from the examples of the tests by `npm run docs`. -->',
    '# Flows in code',
    `\`check-package\` reads the code of the package (Apex, Visualforce, LWC, Aura, static resources) and of the folders given with \`--integration-dir\` or as
\`sourceDir\` of an integration in \`security-review.yml\`. A flow counts when the code shows that it goes to Salesforce: a host (\`login.salesforce.com\`,
\`test.salesforce.com\`, \`*.my.salesforce.com\`), a path (\`/services/oauth2/\`, \`/services/Soap/u|c/\`), a library of Salesforce, or in Apex a named credential
that leads there. The statement decides first, then the code around it, then the file. Where Salesforce and other addresses are mixed, or where
there is no address, the control is inconclusive and names file and line. These controls ignore a flow to another vendor.`,
    'Where the name of the flow is computed (`"grant_type=" + kind`) or passed in, near an address of Salesforce, the control is inconclusive.',
    '## What is recognized',
    'An OAuth parameter is recognized in all languages in all these forms; a variable counts when the same file assigns it one text.',
    table(
      ['language', 'what', 'as written'],
      flowExamples.map(({ language, what, code }) => [language, what, cell(code)])
    ),
    '`broad-scope` is the scope Full or Web. `client-secret` is looked for where a user can read the code: Visualforce, LWC, Aura, static resources, Swift, Android apps (a folder with an `AndroidManifest.xml`), and variables that build tools copy into a page (`VITE_`, `REACT_APP_`, `NEXT_PUBLIC_`).',
    'In metadata: a NamedCredential with the protocol Password or Basic that leads to the token endpoint or the SOAP login of Salesforce.',
    '## What is not recognized',
    [
      'Names put together from parts (`"grant_" + "type"`), and values that another file or the environment gives without naming the parameter.',
      'Libraries and connectors that no table of this tool names. Where one of them, a host or a password of Salesforce has no recognized flow that explains it, the control is inconclusive.',
      'Code that takes an access token out of an address (`#access_token=`) without asking for it.',
      'A client secret in the source of a desktop app, a browser extension or a bundled page, beyond the variables above.',
      'Archives among the static resources, notebooks, templates (JSP, ASP, ERB), and languages that are not in the table. Where such a file contains a word of these flows, the control is inconclusive; an archive counts as not read.',
    ]
      .map((item) => `- ${item}`)
      .join('\n'),
    '## What is left out',
    'Libraries (`node_modules`, `Pods`, …, and a folder `vendor` that a package manager or a license marks as one), build output (`dist`, `build`, `out`, `target`, …) next to its source, minified files and bundles in one line, tests, documentation, Apex classes of tests, and copies of jsforce. The report counts these files. A file that cannot be opened, or that is larger than two megabytes and contains such a word, makes the controls inconclusive.',
  ]);
