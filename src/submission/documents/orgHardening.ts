import type { DraftBlock, Place } from '../buildDraft.js';
import { heading, table, text } from './blocks.js';
import { gateText, verdictText } from './words.js';

/** What the reports that were given say about orgs. */
export const orgHardening = ({ known }: Place): DraftBlock[] => {
  const targets = known.reports.flatMap(({ report }) => report.targets.map((target) => ({ target })));
  return [
    ...(targets.some(({ target }) => target.target.kind === 'org')
      ? []
      : [
          {
            kind: 'unseen' as const,
            what: 'No audit-org report was passed with --report, so this draft does not describe the orgs.',
          },
        ]),
    ...targets.flatMap(({ target: { target, asOf, gate, results, error, notices } }): DraftBlock[] => [
      heading(`${target.kind === 'org' ? 'Org' : 'Package'} ${target.name}`),
      text(
        `${target.orgId === undefined ? '' : `Org id ${target.orgId}, `}as of ${asOf.slice(0, 10)}: ${gateText(gate)}.`
      ),
      ...(error ? [{ kind: 'unseen' as const, what: `The org could not be opened: ${error.message}` }] : []),
      ...table(
        ['Control', 'Verdict', 'Reason', 'Waived'],
        results.map(({ control, verdict, reason, findings }) => [
          control.id,
          verdictText(verdict),
          reason,
          findings.flatMap(({ waiver }) => (waiver ? [waiver.subject] : [])).join(', '),
        ])
      ),
      ...(notices.length === 0 ? [] : [{ kind: 'list' as const, items: notices }]),
    ]),
  ];
};
