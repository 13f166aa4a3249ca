import { controlOver, each, notApplicable } from '../../src/engine/control.js';
import { complete } from '../../src/engine/evidence.js';
import type { Control, Domain, Evidence, EvidenceOf, Gap, Violation, Policy, Target } from '../../src/engine/types.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

/** A house instead of an org: the engine knows no domain. */
export type House = { doors: ReadonlyArray<{ name: string; locked: boolean | undefined }>; alarm: boolean };
export type Street = { [K in keyof House]: Evidence<House[K]> };

export const asOf = new Date('2026-11-23T10:00:00.000Z');
export const refused: Gap = { kind: 'no-access', detail: 'The door is behind a fence.', grants: ['OpenGate'] };

export const houseControl = controlOver<House>();

/** What every control of these tests says of itself. */
export const text = {
  title: 'Every door is locked',
  severity: 'high',
  requirement: 'Doors are locked',
  topic: 'doors',
  problem: { one: 'door is open', many: 'doors are open' },
  area: 'Org and keys',
  why: 'Anybody can open a door that is not locked.',
  checks: ['Every door.'],
  fails: ['A door is not locked.'],
  inconclusive: ['A door could not be read.'],
  fix: ['Lock it.'],
  references: [],
  attestable: false,
} as const;

export const doorsLocked = houseControl({
  ...text,
  id: 'house/doors-locked',
  needs: ['doors'],
  provableFromPart: { doors: 'fail' },
  judge: ({ doors }) =>
    each(doors, notApplicable('The house has no door.'), ({ name, locked }) => {
      const subject = { type: 'Door', name };
      if (locked === undefined) return { kind: 'unreadable', detail: `${name} cannot be seen.`, subject };
      return locked ? undefined : { kind: 'violation', subject, message: `${name} is open.` };
    }),
});

/** A control that says whatever a test wants. */
export const saying = (
  judge: Control<House, 'doors' | 'alarm', { days: number }>['judge'],
  rest: Partial<Control<House, 'doors' | 'alarm', { days: number }>> = {}
): Control<House> =>
  houseControl({ ...text, id: 'house/alarm-on', needs: ['doors', 'alarm'], params: { days: 30 }, judge, ...rest });

export const street: Street = {
  doors: complete([{ name: 'Front', locked: true }]),
  alarm: complete(true),
};

export const houseDomain = (controls: ReadonlyArray<Control<House>>): Domain<EvidenceOf<House>, House> => ({
  name: 'org',
  collectors: {
    doors: { reads: ['Door'], requires: [['OpenGate']], collect: (source) => given(source.doors) },
    alarm: {
      reads: ['Alarm'],
      requires: [['OpenGate'], ['HearAlarm', 'SeeAlarm']],
      collect: (source) => given(source.alarm),
    },
  },
  controls,
  describes: [],
  describe: () => ({ notices: [] }),
});

const given = async <T>(evidence: Evidence<T> | undefined): Promise<Evidence<T>> => {
  if (evidence === undefined) throw new Error('Nobody is at home.');
  return Promise.resolve(evidence);
};

export const policy: Policy = {
  ...emptyPolicy,
  orgs: [{ alias: 'hub', id: '00D000000000001AAA' }],
  maxEvidenceAge: 7,
};

export const target: Target = { kind: 'org', name: 'hub', orgId: '00D000000000001AAA', username: 'ada@acme.example' };

export const offence = (name: string, rest: Partial<Violation> = {}): Violation => ({
  kind: 'violation',
  subject: { type: 'Door', name },
  message: `${name} is open.`,
  ...rest,
});
