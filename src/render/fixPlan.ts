import { componentsOf } from '../fixes/orgProject.js';
import type { Item, Plan, Way } from '../fixes/plan.js';
import { groupsOf } from '../common/lists.js';
import { counted } from '../common/text.js';
import { bySeverity } from '../engine/report.js';
import { setupPagesIn } from '../salesforce/setupPages.js';
import { csvOf } from './csv.js';
import { code, listOf, prose, whatToDo } from './markdown.js';
import { findingPage, setupPage } from './html/links.js';
import { placeOf, withoutSubject } from './reportText.js';
import { withoutMarks } from './text.js';

const COLUMNS = [
  'finding',
  'target',
  'control',
  'severity',
  'subject',
  'place',
  'problem',
  'closed by',
  'what users notice',
  'owner',
  'due',
  'status',
] as const;

/** The findings as rows to assign; owner, due and status are for people. */
export function renderActionPlan({ items }: Plan): string {
  return csvOf(
    COLUMNS,
    items.map((item) => ({
      finding: item.finding.fingerprint,
      target: item.target.name,
      control: item.control.id,
      severity: item.control.severity,
      subject: subjectOf(item),
      place: placeOf(item.finding.subject) ?? setupPlace(item),
      problem: item.finding.message,
      'closed by': item.files.length > 0 ? item.files.join(' and ') : withoutMarks(item.control.remediation),
      'what users notice': item.effects.join(' '),
      owner: '',
      due: '',
      status: 'open',
    }))
  );
}

function setupPlace({ target: { instanceUrl }, control: { setup }, finding }: Item): string | undefined {
  return findingPage(instanceUrl, finding.subject, setup);
}

/** Each page that the steps name, by its name. */
function setupLinks({ target: { instanceUrl }, control: { fix = [] } }: Item): string[] {
  const links = setupPagesIn(fix).flatMap(({ name, path }) => {
    const href = setupPage(instanceUrl, path);
    return href === undefined ? [] : [`${name}: <${href}>`];
  });
  return listOf(links);
}

/** What is in the folder, how to apply it, and what cannot be planned. */
export function renderPlanPage(plan: Plan): string {
  const of = (way: Way): Item[] => plan.items.filter((item) => item.way === way);
  const planned = of('diff').length + of('deploy').length;
  const blocks = [
    '# Plan of fixes',
    `The files of this folder close ${planned} of ${counted(plan.items.length, 'open finding')}. ` +
      'Nothing was changed: review each change, then apply it. Assign the findings in `action-plan.csv`. ' +
      'Each change is listed with what users will notice, and below it what it closes.',
    ...diffBlocks(of('diff')),
    ...projectBlocks(of('deploy')),
    ...(of('code').length > 0
      ? ['## Places in the code', 'A developer changes these; the control says how.', ...tasks(of('code'))]
      : []),
    ...manualBlocks(of('manual')),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function diffBlocks(items: readonly Item[]): string[] {
  return filesIn(items).flatMap((file) => {
    const own = items.filter(({ files }) => files.includes(file));
    const isPackage = own[0]?.target.kind === 'package';
    return [
      `## ${code(file)}`,
      isPackage
        ? 'From the root of the project, after a review:'
        : 'From the folder that --org-source named, after a review:',
      `\`\`\`sh\ngit apply --check <folder>/${file} && git apply <folder>/${file}\n\`\`\``,
      isPackage
        ? 'Run `sf security-review check-package` again: these findings are gone.'
        : 'Then deploy these files with `sf project deploy start --dry-run`, and without it when the dry run succeeds.',
      ...changes(own),
    ];
  });
}

function projectBlocks(items: readonly Item[]): string[] {
  return filesIn(items).flatMap((folder) => {
    const own = items.filter(({ files }) => files.includes(folder));
    return [
      `## ${code(folder)}`,
      `Metadata of ${code(own[0]?.target.name ?? '')}. Try it first; a dry run changes nothing:`,
      `\`\`\`sh\ncd <folder>/${folder} && sf project deploy start --dry-run --source-dir force-app --target-org <org>\n\`\`\``,
      ...(folder.endsWith('-permission-sets')
        ? [
            'Keep `sourceApiVersion` 39.0 in this project: with a later version, a deployed permission set loses every permission that its file does not name. Retrieve the permission sets first, as a backup.',
          ]
        : [
            'The login IP ranges in a profile replace all its ranges: keep the address that you deploy from in the list. Retrieve the profiles first, as a backup.',
          ]),
      ...changes(own),
    ];
  });
}

function manualBlocks(items: readonly Item[]): string[] {
  if (items.length === 0) return [];
  const names = retrievableIn(items).map((name) => `--metadata ${name}`);
  return [
    '## What cannot be planned',
    'No file closes these: the change needs a decision, or the report does not have what the file needs.',
    ...(names.length > 0
      ? [
          'For the apps and sites of the org, retrieve them into a project and plan again with `--org-source force-app`:',
          `\`\`\`sh\nsf project retrieve start ${names.join(' ')} --target-org <org>\n\`\`\``,
        ]
      : []),
    ...(items.some(({ control }) => control.id === 'org/login-ip-ranges-set')
      ? ['For login IP ranges of profiles, list your ranges under `trust.ipRanges` in the policy and plan again.']
      : []),
    ...tasks(items),
  ];
}

/** Metadata that closes findings once it is retrieved. Sites by their type: a name may be anything. */
function retrievableIn(items: readonly Item[]): string[] {
  const names = items.flatMap(({ control, finding }) => [
    ...componentsOf(finding).flatMap(({ type, fullName }) => {
      if (type === 'ConnectedApp') return [`ConnectedApp:${fullName}`];
      if (type !== 'ExternalClientApplication') return [];
      return ['ExtlClntAppOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'];
    }),
    ...(control.id === 'org/no-guest-sites' ? ['CustomSite', 'Network'] : []),
  ]);
  return [...new Set(names)];
}

function filesIn(items: readonly Item[]): string[] {
  return [...new Set(items.flatMap(({ files }) => files))];
}

/** Findings with one effect are one item: many users can need the same setting. The most severe come first. */
function changes(items: readonly Item[]): string[] {
  const keyOf = ({ control, effects }: Item): string => `${control.id} ${effects.join(' ')}`;
  return listOf(
    groupsOf(items.toSorted(mostSevereFirst), keyOf).map((own) => {
      const [{ control, effects }] = own;
      return [
        `${control.severity} · ${code(control.id)}: ${prose(effects.join(' '))}`,
        ...sentences(own).map((sentence) => `  - ${sentence}`),
      ].join('\n');
    })
  );
}

function mostSevereFirst(one: Item, other: Item): number {
  return bySeverity(one.control, other.control);
}

/** What was found, with the same sentence about several subjects once. */
function sentences(items: readonly Item[]): string[] {
  const keyOf = ({ finding }: Item): string => withoutSubject(finding) ?? finding.message;
  return groupsOf(items, keyOf).map((own) => {
    const [first, ...others] = own;
    const text = prose(keyOf(first));
    const places = own.map(({ finding: { subject } }) => placeOf(subject)).filter((place) => place !== undefined);
    const where = places.length > 0 ? ` (${places.map(code).join(', ')})` : '';
    const isNamed = others.length === 0 && first.finding.message.includes(first.finding.subject.name);
    if (isNamed) return `${prose(first.finding.message)}${where}`;
    const names = own.map((item) => code(subjectOf(item))).join(', ');
    return withoutSubject(first.finding) === undefined ? `${names}: ${text}${where}` : `${names}: each ${text}${where}`;
  });
}

/** Under each control, how it is fixed and what is to be fixed. */
function tasks(items: readonly Item[]): string[] {
  return groupsOf(items.toSorted(mostSevereFirst), ({ control }) => control.id).flatMap((own) => {
    const [first] = own;
    return [
      `### ${first.control.severity} · ${code(first.control.id)}`,
      ...listOf(sentences(own)),
      ...whatToDo(first.control),
      ...setupLinks(first),
    ];
  });
}

function subjectOf({ finding: { subject } }: Item): string {
  return `${subject.type}:${subject.name}`;
}
