/* eslint-disable @typescript-eslint/explicit-function-return-type, @typescript-eslint/explicit-module-boundary-types --
   the inferred types are the point: a test compares the schema with `Policy`. */
import * as z from 'zod';
import type { Attestation } from '../engine/types.js';
import type { Catalogue } from './catalogue.js';
import { always, attestationRules, controlsOf, entryRules, justificationRules, listRules, noTwins } from './rules.js';
import { answer, day, key, subject, nonEmptyText } from './values.js';

const exampleSubject = 'ConnectedApp:AcmePayGateway';
const about = key(
  subject,
  'The subject as the report shows it: `Type:name`, exact or with `*` in the name.',
  exampleSubject
);

/** What justifications and waivers have in common. `control`: the control that they are about. */
function entryKeys(ids: readonly string[], control: string) {
  return {
    control: key(z.enum(ids), 'The id of the control.', control),
    org: key(nonEmptyText.optional(), 'Only for this org: an alias of `orgs`, or an org id.', 'acme-hub'),
    owner: key(answer, 'Who answers for the entry. A placeholder is refused.', 'platform team'),
    on: key(
      day.optional(),
      'The day of the decision. A later subject with the same name is not covered.',
      '2026-11-23'
    ),
    expires: key(day, 'The last day. At most 400 days ahead.', '2027-02-28'),
  };
}

export function justifications(ids: readonly string[]) {
  return z
    .array(
      z
        .strictObject({
          ...entryKeys(ids, 'package/broad-scopes-justified'),
          subject: about,
          why: key(answer, 'Why it is needed. Each entry has its own reason.', 'No narrower scope covers Chatter.'),
          supplementedBy: key(
            nonEmptyText.optional(),
            'What supplements a broad scope; required for the two controls of broad scopes.',
            'Refresh tokens are accepted from the addresses of the gateway only.'
          ),
        })
        .superRefine(justificationRules, always)
    )
    .superRefine(noTwins('why', 'Every justification gives its own reason.'), always);
}

export function waivers(ids: readonly string[]) {
  return z.array(
    z
      .strictObject({
        ...entryKeys(ids, 'package/pkce-required'),
        subject: about,
        reason: key(answer, 'Why the finding is accepted until then.', 'Version 2.4 sends the code challenge.'),
      })
      .superRefine(entryRules, always)
  );
}

export function attestations(ids: readonly string[], catalogue: Catalogue) {
  const known = new Map(catalogue.map((control) => [control.id, control]));
  const attestable = attestableControl(ids, known);
  return z
    .array(
      z
        .strictObject({
          ...entryKeys(ids, ''),
          control: key(
            z.union([attestable, z.array(attestable).min(1)]),
            'A control, or a list of controls that one look at one app in Setup answers.',
            'package/no-implicit-flow'
          ),
          subject: key(
            subject.optional(),
            'Only the gaps of this subject. Without it: all gaps of the control except code that was not understood.',
            'ExternalClientApp:Acme'
          ),
          on: key(day, 'The day of the check.', '2026-11-23'),
          reason: key(answer, 'What was checked, and how.', 'The code was searched for response_type=token.'),
        })
        .superRefine(attestationRules, always)
        .superRefine((written, context) => {
          if (written.subject !== undefined) return;
          const isRefused = (id: string): boolean => id.startsWith('package/') && known.get(id)?.attestable === false;
          for (const id of controlsOf(written).filter(isRefused))
            context.addIssue({ code: 'custom', path: ['control'], message: onlyPlaces(id) });
        }, always)
        .superRefine(listRules, always)
    )
    .transform((entries) => entries.flatMap(forEachControl));
}

/** Under a package control, one place of the source that was not understood can be attested, by its subject. */
function attestableControl(ids: readonly string[], known: ReadonlyMap<string, Catalogue[number]>) {
  return z.enum(
    ids.filter((id) => (known.get(id)?.attestable ?? true) || id.startsWith('package/')),
    {
      error: ({ input }) =>
        known.has(String(input)) ? `${String(input)} cannot be attested: the tool can read the answer.` : undefined,
    }
  );
}

function onlyPlaces(id: string): string {
  return `${id} cannot be attested: the tool can read the answer. Only a place that it did not understand can be, by subject.`;
}

/**
 * An entry for each control of a list. The package and the org that owns an app both ask about it: an entry that names
 * an org also answers the package.
 */
function forEachControl({
  control,
  ...entry
}: Omit<Attestation, 'control'> & { control: string | string[] }): Attestation[] {
  if (typeof control === 'string') return [{ ...entry, control }];
  const { org: owning, ...rest } = entry;
  return control.map((id) =>
    id.startsWith('org/') && owning !== undefined ? { ...rest, org: owning, control: id } : { ...rest, control: id }
  );
}
