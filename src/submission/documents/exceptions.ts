import type { DraftBlock, DraftContext } from '../draftModel.js';
import { subjectText } from '../words.js';
import { heading, table, paragraph, targetsIn } from './blocks.js';

/** False positives, waivers and justifications, and what they cover. */
export const exceptions = (place: DraftContext): DraftBlock[] => {
  const { policy } = place;
  const titleOf = titlesIn(place);
  const covered = coveredRows(place);
  return [
    ...listed(
      'False positives of scanners',
      ['Tool', 'Finding', 'Why it is a false positive'],
      policy.submission.falsePositives.map(({ tool, finding, reason }) => [tool, finding, reason])
    ),
    ...listed(
      'Accepted exceptions',
      ['Check', 'About', 'Reason', 'Owner', 'Until'],
      policy.waivers.map(({ control, subject, reason, owner, expires }) => [
        titleOf(control),
        subjectText(subject),
        reason,
        owner,
        expires,
      ])
    ),
    ...listed(
      'Justifications',
      ['Check', 'About', 'Why', 'Supplemented by', 'Owner', 'Until'],
      policy.justifications.map(({ control, subject, why, supplementedBy = '', owner, expires }) => [
        titleOf(control),
        subjectText(subject),
        why,
        supplementedBy,
        owner,
        expires,
      ])
    ),
    ...(covered.length === 0 ? [] : [heading('What they cover in the reports')]),
    ...table(['Check', 'About', 'How', 'Org or package'], covered),
  ];
};

function listed(title: string, columns: readonly string[], rows: readonly string[][]): DraftBlock[] {
  return [heading(title), ...table(columns, rows), ...(rows.length === 0 ? [paragraph('None.')] : [])];
}

function coveredRows(place: DraftContext): string[][] {
  return targetsIn(place).flatMap(({ target, results }) =>
    results.flatMap(({ control, findings }) =>
      findings
        .filter(({ waiver, justification }) => waiver !== undefined || justification !== undefined)
        .map(({ subject, waiver }) => [
          control.title,
          subjectText(`${subject.type}:${subject.name}`),
          waiver ? 'accepted' : 'justified',
          target.name,
        ])
    )
  );
}

/** The title of a control, as the reports show it; without one, the words of its id. */
function titlesIn(place: DraftContext): (id: string) => string {
  const titles = new Map(
    targetsIn(place).flatMap(({ results }) => results.map(({ control }) => [control.id, control.title]))
  );
  return (id) => titles.get(id) ?? id.replace(/^.*\//, '').replaceAll('-', ' ');
}
