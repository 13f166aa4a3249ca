import type { Waiver } from '../../engine/types.js';
import type { DraftBlock, Place } from '../buildDraft.js';
import { heading, table, text } from './blocks.js';

/** False positives, waivers and justifications, and what they cover. */
export const exceptions = ({ policy, known }: Place): DraftBlock[] => {
  const given = known.reports.flatMap(({ file, report }) =>
    report.targets.flatMap(({ target, results }) =>
      results.flatMap(({ control, findings }) =>
        findings.flatMap(({ subject, waiver, justification }) =>
          waiver !== undefined || justification !== undefined
            ? [[control.id, `${subject.type}:${subject.name}`, waiver ? 'waived' : 'justified', target.name, file]]
            : []
        )
      )
    )
  );
  const waiverRow = ({ control, subject, reason, owner, expires }: Waiver): string[] => [
    control,
    subject,
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
    ...(policy.submission.falsePositives.length === 0 ? [text('None.')] : []),
    heading('Waivers'),
    ...table(['Control', 'Subject', 'Reason', 'Owner', 'Until'], policy.waivers.map(waiverRow)),
    ...(policy.waivers.length === 0 ? [text('None.')] : []),
    heading('Justifications'),
    ...table(
      ['Control', 'Subject', 'Why', 'Supplemented by', 'Owner', 'Until'],
      policy.justifications.map(({ control, subject, why, supplementedBy, owner, expires }) => [
        control,
        subject,
        why,
        supplementedBy ?? '',
        owner,
        expires,
      ])
    ),
    ...(policy.justifications.length === 0 ? [text('None.')] : []),
  ];
  return [
    ...blocks,
    ...(given.length === 0 ? [] : [heading('What they cover in the reports')]),
    ...table(['Control', 'Subject', 'How', 'Target', 'Report'], given),
  ];
};
