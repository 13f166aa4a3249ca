import { stringify } from 'yaml';
import type { JSX } from 'preact';
import { answersFor, entryFor, PLACEHOLDER, type PolicyAnswer, type PolicyEntry } from '../../engine/policyEntries.js';
import { isOpen } from '../../engine/report.js';
import { snippetFor } from '../../fixes/snippets.js';
import type { Finding, Result } from '../../engine/types.js';
import { plain, plainLines } from '../text.js';
import type { Card } from './layout.js';

const PURPOSE: Readonly<Record<PolicyAnswer, string>> = {
  trust: 'Trust it',
  justify: 'Justify it',
  waive: 'Accept it until a date',
  attest: 'Attest it',
};

/** To paste: the change of metadata that fixes the first finding of a card, and the entry of the policy that answers it. */
export function Snippets({ card, asOf }: { card: Card; asOf: string }): JSX.Element {
  return (
    <>
      <MetadataSnippet card={card} />
      <PolicySnippet card={card} asOf={asOf} />
    </>
  );
}

function MetadataSnippet({ card }: { card: Card }): JSX.Element | null {
  const open = card.findings.map(({ finding }) => finding).filter(isOpen);
  const snippet = open.map((finding) => snippetFor(card.control, finding)).find((one) => one !== undefined);
  if (snippet === undefined) return null;
  return (
    <details class="snippet">
      <summary>
        Fix it: metadata{' '}
        {snippet.file !== undefined && <>for {plain(snippet.file.slice(snippet.file.lastIndexOf('/') + 1))}</>}
      </summary>
      <pre tabindex={0}>{plainLines(snippet.text)}</pre>
      <p>
        The command that plans all of them: <code>sf security-review plan-fixes report.json</code>
      </p>
    </details>
  );
}

function PolicySnippet({ card, asOf }: { card: Card; asOf: string }): JSX.Element | null {
  const [entry] = card.entries;
  if (entry === undefined) return null;
  const { result } = entry;
  const finding = result.findings.find(isOpen);
  const subject = result.gaps.find((gap) => gap.subject)?.subject;
  const [answer] = answersFor(result, finding);
  if (answer === undefined) return null;
  const about = { target: entry.report.target, result, finding, subject };
  const proposed = entryFor(answer, about, { ...PLACEHOLDER, on: asOf.slice(0, 10) });
  if (proposed === undefined) return null;
  return (
    <details class="snippet">
      <summary>{PURPOSE[answer]}: entry for security-review.yml</summary>
      <pre tabindex={0}>{yamlOf(proposed)}</pre>
      <p>
        The command that adds it: <code>{commandOf(answer, result, finding)}</code>
      </p>
    </details>
  );
}

/** Made of what every shell takes unquoted. */
function commandOf(answer: PolicyAnswer, { control }: Result, finding: Finding | undefined): string {
  const asked = finding?.fingerprint.slice(0, 12) ?? control.id;
  const what = /^[\w/-]+$/.test(asked) ? asked : '<finding>';
  return `sf security-review ${answer} ${what} report.json --owner <owner> --reason <reason> --write`;
}

function yamlOf({ section, entry }: PolicyEntry): string {
  const nested = section.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), [entry]);
  return plainLines(stringify(nested, { lineWidth: 0 }).trimEnd());
}
