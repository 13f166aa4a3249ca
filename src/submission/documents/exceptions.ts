import type { Waiver } from '../../engine/types.js';
import type { DraftBlock, DraftContext } from '../draftModel.js';
import { heading, table, paragraph } from './blocks.js';
import { subjectText } from './words.js';

/** False positives, waivers and justifications, and what they cover. */
export const exceptions = ({ policy, known }: DraftContext): DraftBlock[] => {
  const titleOf = titlesIn(known.reports);
  const given = known.reports.flatMap(({ report }) =>
    report.targets.flatMap(({ target, results }) =>
      results.flatMap(({ control, findings }) =>
        findings.flatMap(({ subject, waiver, justification }) =>
          waiver !== undefined || justification !== undefined
            ? [
                [
                  control.title,
                  subjectText(`${subject.type}:${subject.name}`),
                  waiver ? 'accepted' : 'justified',
                  target.name,
                ],
              ]
            : []
        )
      )
    )
  );
  const waiverRow = ({ control, subject, reason, owner, expires }: Waiver): string[] => [
    titleOf(control),
    subjectText(subject),
    reason,
    owner,
    expires,
  ];
  const blocks = [
    heading('False positives of scanners'),
    ...table(
      ['Tool', 'Finding', 'Why it is a false positive'],
      policy.submission.falsePositives.map(({ tool, finding, reason }) => [tool, finding, reason])
    ),
    ...(policy.submission.falsePositives.length === 0 ? [paragraph('None.')] : []),
    heading('Accepted exceptions'),
    ...table(['Check', 'About', 'Reason', 'Owner', 'Until'], policy.waivers.map(waiverRow)),
    ...(policy.waivers.length === 0 ? [paragraph('None.')] : []),
    heading('Justifications'),
    ...table(
      ['Check', 'About', 'Why', 'Supplemented by', 'Owner', 'Until'],
      policy.justifications.map(({ control, subject, why, supplementedBy, owner, expires }) => [
        titleOf(control),
        subjectText(subject),
        why,
        supplementedBy ?? '',
        owner,
        expires,
      ])
    ),
    ...(policy.justifications.length === 0 ? [paragraph('None.')] : []),
  ];
  return [
    ...blocks,
    ...(given.length === 0 ? [] : [heading('What they cover in the reports')]),
    ...table(['Check', 'About', 'How', 'Org or package'], given),
  ];
};

/** The title of a control, as the reports show it; without one, the words of its id. */
function titlesIn(reports: DraftContext['known']['reports']): (id: string) => string {
  const titles = new Map(
    reports.flatMap(({ report }) =>
      report.targets.flatMap(({ results }) => results.map(({ control }) => [control.id, control.title] as const))
    )
  );
  return (id) => titles.get(id) ?? id.replace(/^.*\//, '').replaceAll('-', ' ');
}
