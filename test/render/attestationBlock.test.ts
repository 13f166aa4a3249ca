import { expect } from 'chai';
import { catalogue } from '../../src/catalogue.js';
import type { Gap, Report, Result, TargetReport } from '../../src/engine/types.js';
import { parsePolicy } from '../../src/policy/index.js';
import { appAttestations, attestationLines } from '../../src/render/attestationBlock.js';
import { render, renderHuman } from '../../src/render/index.js';
import { sampleReport } from '../support/sampleReport.js';

const gap: Gap & { fact: string } = {
  fact: 'externalClientApps',
  kind: 'not-given',
  detail: 'The settings are never packaged.',
  subject: { type: 'ExternalClientApp', name: 'Acme_Door' },
};

/** The sample, with two controls that wait for a look at one app. */
function waiting(gaps: ReadonlyArray<Gap & { fact: string }> = [gap]): Report {
  const [target] = sampleReport.targets;
  const [sample] = target?.results ?? [];
  if (!target || !sample) throw new Error('The sample report is empty.');
  const results = ['package/pkce-required', 'package/callbacks-https'].map((id): Result => ({
    ...sample,
    control: { ...sample.control, id, attestable: true },
    verdict: 'inconclusive',
    findings: [],
    gaps: [...gaps],
  }));
  return { ...sampleReport, targets: [{ ...target, target: { kind: 'package', name: 'Acme' }, results }] };
}
const only = ({ targets: [target] }: Report): TargetReport => target as TargetReport;
const expected = [
  '- subject: ExternalClientApp:Acme_Door',
  '  control:',
  '    - package/callbacks-https',
  '    - package/pkce-required',
];

describe('the attestation of an app, ready to paste', () => {
  it('names every control that waits for a look at the app, once', () => {
    const [one, ...others] = appAttestations(only(waiting([gap, gap])));
    expect(others).to.deep.equal([]);
    expect(one && attestationLines(one, '2026-11-30T08:00:00Z')).to.deep.equal([
      ...expected,
      '  owner: "<owner>"',
      '  reason: "<callbacks, PKCE, rotation, device flow and secrets, as Setup shows them>"',
      '  on: 2026-11-30',
      '  expires: 2027-11-30',
    ]);
  });

  it('is refused by the policy until a person completes it, and valid afterwards', () => {
    const [one] = appAttestations(only(waiting()));
    const text = ['version: 1', 'attestations:', ...(one ? attestationLines(one, '2026-11-30') : [])].join('\n');
    const read = (written: string): unknown =>
      parsePolicy(written, 'security-review.yml', catalogue, new Date('2026-11-30'));
    expect(() => read(text)).to.throw(/owner[^]*reason/);
    expect(() => read(text.replace('"<owner>"', 'Rita').replace(/"<callbacks.*"/, 'Read in Setup'))).not.to.throw();
  });

  it('asks for nothing that another run can read, that was refused, or that is answered', () => {
    const answered = { control: 'package/x', owner: 'a', reason: 'b', on: '2026-01-01', expires: '2026-12-31' };
    for (const other of [
      { ...gap, readable: true as const },
      { ...gap, kind: 'no-access' as const },
      { ...gap, attestation: answered },
    ])
      expect(appAttestations(only(waiting([other])))).to.deep.equal([]);
  });

  it('is printed in the detail view and in HTML with its Setup path, and not in the table', async () => {
    const report = waiting();
    const detail = renderHuman(report, { view: 'detail' });
    expect(detail).to.contain('Setup > External Client App Manager > Acme_Door > Settings > OAuth Settings');
    for (const line of expected) expect(detail.split('\n')).to.include(`    ${line}`);
    expect(renderHuman(report)).not.to.contain(expected[0]);
    const html = String(await render(report, '.html'));
    expect(html).to.contain('To attest what only Setup shows');
    expect(html).to.contain('subject: ExternalClientApp:Acme_Door');
  });
});
