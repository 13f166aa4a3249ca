import { expect } from 'chai';
import { policyNotices } from '../../src/engine/policyWarnings.js';
import type { Policy } from '../../src/engine/types.js';
import { asOf, policy, target } from './samples.js';

const controls = new Set(['house/alarm-on']);
const waiver = {
  control: 'house/alarm-on',
  subject: 'Door:Front',
  reason: 'Soon',
  owner: 'ciso',
  expires: '2026-12-31',
};
const attestation = {
  control: 'house/alarm-on',
  org: 'hub',
  reason: 'I looked',
  owner: 'ciso',
  on: '2026-01-01',
  expires: '2026-11-22',
};
const justification = {
  control: 'house/alarm-on',
  subject: 'Door:Front',
  why: 'A shop',
  owner: 'ciso',
  expires: '2026-12-31',
};

const notices = (
  entries: Partial<Policy>,
  used: readonly object[] = [],
  population?: Record<string, string[]>
): string[] => policyNotices({ ...policy, ...entries }, target, asOf, { controls, used: new Set(used), population });

describe('notices about the policy', () => {
  it('name what expired, what is not yet valid, and what matches nothing', () => {
    const entries = {
      attestations: [attestation],
      justifications: [{ ...justification, on: '2026-11-24' }],
      waivers: [waiver],
    };
    expect(notices(entries)).to.deep.equal([
      'Waiver house/alarm-on Door:Front matches nothing in this run.',
      'Justification house/alarm-on Door:Front counts only from 24 Nov 2026.',
      'Attestation house/alarm-on expired on 22 Nov 2026.',
    ]);
  });

  it('name what may cover more than one subject, used or not', () => {
    const wide = { ...waiver, subject: 'Door:*' };
    expect(notices({ waivers: [wide] }, [wide])).to.deep.equal([
      'Waiver house/alarm-on Door:* may cover more than one subject.',
    ]);
    expect(notices({ waivers: [wide] })).to.have.length(2);
  });

  it('name an attested subject that the target does not have, once', () => {
    const gone = { ...attestation, subject: 'Door:Old', expires: '2026-12-31' };
    expect(notices({ attestations: [gone, { ...gone }] }, [], { Door: ['Front'] })).to.deep.equal([
      `The policy attests Door:Old, which ${target.name} does not have. Remove the attestation, or correct the name.`,
    ]);
    const inUse = { ...gone, subject: 'Door:Front' };
    expect(notices({ attestations: [inUse] }, [inUse], { Door: ['Front'] })).to.deep.equal([]);
  });

  it('say nothing of an entry in use, of another org, or of a control that does not run', () => {
    const elsewhere = { ...waiver, org: 'elsewhere' };
    const other = { ...waiver, control: 'house/doors-locked' };
    expect(notices({ waivers: [waiver, elsewhere, other] }, [waiver])).to.deep.equal([]);
  });
});
