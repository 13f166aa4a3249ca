import type { Result } from '../../engine/types.js';
import type { DraftBlock, DraftDocument, DraftContext } from '../draftModel.js';
import type { DraftRecord } from '../draftRecord.js';
import type { AnsweredTopic } from '../questions/answers.js';
import { shortTime } from '../../common/dates.js';
import { changesSince } from './changes.js';
import { heading, table, paragraph, targetsIn } from './blocks.js';

/** The list of the author: what is missing, what to do, what has changed. Reviewers do not get it. */
export const todo = (
  place: DraftContext,
  documents: readonly DraftDocument[],
  all: readonly AnsweredTopic[],
  record: DraftRecord
): DraftDocument => {
  const { known, report, tool } = place;
  const { previous } = known;
  const gaps = documents.map(({ file, title, blocks }) => ({
    file,
    title,
    missing: blocks.filter(({ kind }) => kind === 'missing').length,
    unseen: blocks.filter(({ kind }) => kind === 'unseen').length,
  }));
  const undone = report.results.filter(isUndone);
  return {
    file: 'todo',
    title: `To do before the submission of ${report.target.name}`,
    blocks: [
      paragraph(`As of ${shortTime(report.asOf)}, gate ${report.gate}. Made by ${tool.name} ${tool.version}.`),
      heading('Documents'),
      ...table(
        ['Document', 'File', 'Missing answers', 'Not seen'],
        gaps.map(({ file, title, missing: answers, unseen }) => [title, `${file}.md`, String(answers), String(unseen)])
      ),
      heading('What is missing'),
      ...(gaps.some((one) => one.missing > 0)
        ? [
            paragraph(
              'A name in a place is the one by which the entry of a list is known: submission.apps.Acme.purpose is ' +
                'purpose of the entry of submission.apps whose app is Acme.'
            ),
          ]
        : []),
      ...documents.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'missing' || kind === 'unseen')),
      ...(gaps.every((one) => one.missing + one.unseen === 0) ? [paragraph('Every question is answered.')] : []),
      heading('Action required'),
      ...undone.flatMap(actionOf),
      ...(undone.length === 0 ? [paragraph('No submission control requires an action.')] : []),
      ...openChecks(place),
      ...notesOf(place),
      ...(previous === undefined ? [] : [heading('What has changed'), ...changesSince(previous, record, all)]),
    ],
  };
};

/** What a control of the submission found, apart from the answers that are listed as missing, and what to do. */
function actionOf({ control, verdict, findings, gaps }: Result): DraftBlock[] {
  const found = [
    ...findings.filter(({ kind, subject }) => kind !== 'latent' && subject.type !== 'Setting'),
    ...gaps.filter(({ subject }) => subject?.type !== 'Setting'),
  ].map((one) => ('message' in one ? one.message : one.detail));
  return [
    { kind: 'subheading', text: `${control.title} (${control.id}, ${verdict})` },
    ...(found.length === 0 ? [] : [{ kind: 'list' as const, items: [...new Set(found)] }]),
    {
      kind: 'list',
      items: (control.fix ?? [control.remediation]).map((step) => step.replaceAll('`', '')),
      ordered: true,
    },
  ];
}

function isUndone({ verdict }: Result): boolean {
  return verdict === 'fail' || verdict === 'inconclusive';
}

/** Checks of the reports that did not pass: the documents show the result, and not how to change it. */
function openChecks(place: DraftContext): DraftBlock[] {
  const rows = targetsIn(place).flatMap(({ target, results }) =>
    results.filter(isUndone).map(({ control, verdict, reason }) => [target.name, control.id, verdict, reason])
  );
  return rows.length === 0
    ? []
    : [heading('Open in the reports'), ...table(['Org or package', 'Control', 'Verdict', 'Why'], rows)];
}

/** What the reports note about orgs and policy; it names controls, which reviewers do not know. */
function notesOf(place: DraftContext): DraftBlock[] {
  const items = targetsIn(place).flatMap(({ target, notices }) => notices.map((one) => `${target.name}: ${one}`));
  return items.length === 0 ? [] : [heading('Notes of the reports'), { kind: 'list', items }];
}
