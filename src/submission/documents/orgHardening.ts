import type { Attestation, Result, TargetReport } from '../../engine/types.js';
import type { DraftBlock, DraftContext } from '../draftModel.js';
import { shortDay } from '../../common/dates.js';
import { gateTexts, subjectText, verdictTexts } from '../words.js';
import { heading, table, paragraph, targetsIn } from './blocks.js';

/** What the reports that were given say about orgs. */
export const orgHardening = (place: DraftContext): DraftBlock[] => {
  const targets = targetsIn(place);
  const what = 'These documents do not describe the orgs: there is no report about them.';
  return [
    ...(targets.some(({ target }) => target.kind === 'org') ? [] : [{ kind: 'unseen' as const, what }]),
    ...targets.flatMap(targetBlocks),
  ];
};

function targetBlocks({ target, asOf, gate, results, error }: TargetReport): DraftBlock[] {
  const { kind, name, orgId, organization } = target;
  const statements = [...new Set(results.flatMap(({ attestation }) => attestation ?? []).map(statementOf))];
  return [
    heading(`${kind === 'org' ? 'Org' : 'Package'} ${name}${organization === undefined ? '' : ` (${organization})`}`),
    paragraph(`${orgId === undefined ? 'As' : `Org id ${orgId}, as`} of ${shortDay(asOf)}: ${gateTexts[gate]}.`),
    ...(error ? [{ kind: 'unseen' as const, what: `The org could not be opened: ${error.message}` }] : []),
    ...table(
      ['Check', 'Result', 'Reason', 'Accepted exceptions'],
      results.map((result) => [
        result.control.title,
        verdictTexts[result.verdict],
        reasonText(result, statements),
        result.findings.flatMap(({ waiver }) => (waiver ? [subjectText(waiver.subject)] : [])).join(', '),
      ])
    ),
    ...(statements.length === 0
      ? []
      : [
          paragraph('What the partner confirmed:'),
          { kind: 'list' as const, items: statements, ordered: true as const },
        ]),
  ];
}

/** Why something could not be checked is for the author, who finds it in the list of things to do. */
function reasonText(result: Result, all: readonly string[]): string {
  if (result.verdict === 'inconclusive') return '';
  const numbers = statementsOf(result).map((statement) => all.indexOf(statement) + 1);
  return numbers.length === 0 ? result.reason : `Statement ${numbers.join(', ')} below`;
}

/** What the attestations of a result state, each once: several subjects may have one each. */
function statementsOf({ verdict, attestation, gaps }: Result): string[] {
  if (verdict !== 'attested') return [];
  const single = gaps.flatMap((gap) => gap.attestation ?? []);
  const given = single.length > 0 ? single : [attestation ?? []].flat();
  return [...new Set(given.map(statementOf))];
}

function statementOf({ owner, on, expires, reason }: Attestation): string {
  return `${owner} on ${shortDay(on)}, valid until ${shortDay(expires)}: ${reason}`;
}
