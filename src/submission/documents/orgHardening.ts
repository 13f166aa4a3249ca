import type { Attestation, Verdict } from '../../engine/types.js';
import type { DraftBlock, DraftContext } from '../draftModel.js';
import { heading, table, paragraph } from './blocks.js';
import { gateText, subjectText, verdictText } from './words.js';

/** What the reports that were given say about orgs. */
export const orgHardening = ({ known }: DraftContext): DraftBlock[] => {
  const targets = known.reports.flatMap(({ report }) => report.targets.map((target) => ({ target })));
  return [
    ...(targets.some(({ target }) => target.target.kind === 'org')
      ? []
      : [
          {
            kind: 'unseen' as const,
            what: 'These documents do not describe the orgs: there is no report about them.',
          },
        ]),
    ...targets.flatMap(({ target: { target, asOf, gate, results, error } }): DraftBlock[] => [
      heading(`${target.kind === 'org' ? 'Org' : 'Package'} ${target.name}`),
      paragraph(
        `${target.orgId === undefined ? 'As' : `Org id ${target.orgId}, as`} of ${asOf.slice(0, 10)}: ${gateText(gate)}.`
      ),
      ...(error ? [{ kind: 'unseen' as const, what: `The org could not be opened: ${error.message}` }] : []),
      ...table(
        ['Check', 'Result', 'Reason', 'Accepted exceptions'],
        results.map(({ control, verdict, reason, attestation, findings }) => [
          control.title,
          verdictText(verdict),
          reasonText(verdict, reason, attestation),
          findings.flatMap(({ waiver }) => (waiver ? [subjectText(waiver.subject)] : [])).join(', '),
        ])
      ),
    ]),
  ];
};

/** Why something could not be checked is for the author, who finds it in the list of things to do. */
function reasonText(verdict: Verdict, reason: string, attestation: Attestation | undefined): string {
  if (verdict === 'inconclusive') return '';
  return attestation === undefined
    ? reason
    : `${attestation.owner} confirmed on ${attestation.on}: ${attestation.reason}`;
}
