import type { Item, Plan, Way } from '../fixes/plan.js';
import { csvOf } from './csv.js';
import { code, listOf, prose } from './markdown.js';
import { placeOf } from './reportText.js';
import { counted } from './text.js';

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

const WAYS: Readonly<Record<Way, string>> = {
  diff: 'the diff',
  settings: 'the settings to deploy',
  code: 'a change in the code',
  manual: 'a person',
};

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
      place: placeOf(item.finding.subject),
      problem: item.finding.message,
      'closed by': item.way === 'diff' || item.way === 'settings' ? item.where : `${WAYS[item.way]}: ${item.where}`,
      'what users notice': item.effect,
      owner: '',
      due: '',
      status: 'open',
    }))
  );
}

/** What is in the folder, how to apply it, and what cannot be planned. */
export function renderPlanPage(plan: Plan): string {
  const of = (way: Way): Item[] => plan.items.filter((item) => item.way === way);
  const planned = of('diff').length + of('settings').length;
  const blocks = [
    '# Plan of fixes',
    `${planned} of ${counted(plan.items.length, 'open finding')} ${planned === 1 ? 'is' : 'are'} closed by the files of this folder. ` +
      'Nothing was changed: review each change, then apply it. Assign the findings in `action-plan.csv`.',
    ...diffBlocks(of('diff')),
    ...settingsBlocks(of('settings')),
    ...(of('code').length > 0
      ? ['## Places in the code', 'A person changes these; the control says how.', ...tasks(of('code'))]
      : []),
    ...(of('manual').length > 0
      ? [
          '## What cannot be planned',
          'No file closes these, because the change needs a decision.',
          ...tasks(of('manual')),
        ]
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function diffBlocks(items: readonly Item[]): string[] {
  const files = [...new Set(items.map(({ where }) => where))];
  return files.flatMap((file) => [
    `## ${code(file)}`,
    'From the root of the project, after a review:',
    `\`\`\`sh\ngit apply --check <folder>/${file} && git apply <folder>/${file}\n\`\`\``,
    'Run `sf security-review check-package` again: these findings are gone.',
    ...changes(items.filter(({ where }) => where === file)),
  ]);
}

function settingsBlocks(items: readonly Item[]): string[] {
  const folders = [...new Set(items.map(({ where }) => where))];
  return folders.flatMap((folder) => {
    const own = items.filter(({ where }) => where === folder);
    return [
      `## ${code(folder)}`,
      `Settings of ${code(own[0]?.target.name ?? '')}. Try them first; a dry run changes nothing:`,
      `\`\`\`sh\ncd <folder>/${folder} && sf project deploy start --dry-run --source-dir force-app --target-org <org>\n\`\`\``,
      ...changes(own),
    ];
  });
}

function changes(items: readonly Item[]): string[] {
  return listOf(
    items.map((item) => `${headOf(item)} ${prose(item.finding.message)} ${prose(item.effect ?? '')}`.trimEnd())
  );
}

function tasks(items: readonly Item[]): string[] {
  return listOf(
    items.map((item) => {
      const place = placeOf(item.finding.subject);
      const at = place === undefined ? '' : ` at ${code(place)}`;
      return `${headOf(item)}${at}: ${prose(item.finding.message)} ${prose(item.where)}`;
    })
  );
}

function headOf(item: Item): string {
  return `${item.control.severity} · ${code(item.control.id)} · ${code(subjectOf(item))}`;
}

function subjectOf({ finding: { subject } }: Item): string {
  return `${subject.type}:${subject.name}`;
}
