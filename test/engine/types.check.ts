/** What must not compile. Nothing here runs: the compiler reads it, and an error that is missing is an error. */
import { pass } from '../../src/engine/control.js';
import { complete } from '../../src/engine/evidence.js';
import type { Collectors, Control, Gap, Judgement } from '../../src/engine/types.js';
import { houseControl, text as words, type House } from './samples.js';

const text = { ...words, id: 'house/doors-locked', needs: ['doors'] } as const;

export const declared = houseControl({ ...text, judge: ({ doors }) => pass(`${doors.length} doors.`) });

export const undeclared = houseControl({
  ...text,
  // @ts-expect-error a judge reads only the facts that its control needs
  judge: ({ alarm }) => pass(`The alarm is ${alarm ? 'on' : 'off'}.`),
});

export const unknownNeed = houseControl({
  ...text,
  // @ts-expect-error a control needs only facts that exist
  needs: ['doors', 'windows'],
  judge: () => pass('Fine.'),
});

export const wrongPart = houseControl({
  ...text,
  // @ts-expect-error only a needed fact can prove something by a part
  provableFromPart: { alarm: 'fail' },
  judge: () => pass('Fine.'),
});

const collector = { reads: [], requires: [], collect: async () => Promise.resolve(complete(true)) };
// @ts-expect-error every fact has a collector
export const incomplete: Collectors<object, House> = { alarm: collector };
// @ts-expect-error a requirement that names no permission is none
export const nothingRequired: Collectors<object, Pick<House, 'alarm'>> = { alarm: { ...collector, requires: [[]] } };

// @ts-expect-error a fail points at something
export const pointless: Judgement = { verdict: 'fail', findings: [] };
const subject = { type: 'Door', name: 'Front' };
// @ts-expect-error a latent finding is no offence
export const harmless: Judgement = { verdict: 'fail', findings: [{ kind: 'latent', subject, message: 'Old.' }] };
// @ts-expect-error only people attest
export const attesting: Judgement = { verdict: 'attested', reason: 'I looked.' };

const gap: Gap = { kind: 'limit', detail: 'Too many doors.' };
// @ts-expect-error nothing passes while a subject is unseen
export const blind: Judgement = { verdict: 'pass', reason: 'Fine.', unseen: [gap] };
// @ts-expect-error an inconclusive judge says what it did not see
export const vague: Judgement = { verdict: 'inconclusive', reason: 'Hm.' };

export const awaiting: Control<House> = {
  ...text,
  // @ts-expect-error a judge does not wait: it reads nothing
  judge: async () => Promise.resolve(pass('Fine.')),
};

export const writing = houseControl({
  ...text,
  judge: ({ doors }) => {
    // @ts-expect-error facts are read-only
    const changeable: Array<House['doors'][number]> = doors;
    return pass(`${changeable.length} doors.`);
  },
});
