import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { tool } from '../../src/cli/pluginInfo.js';
import { complete } from '../../src/engine/evidence.js';
import { reportOf } from '../../src/engine/report.js';
import { evaluate, review } from '../../src/engine/review.js';
import type { Attestation, Policy, Report, Result, TargetReport } from '../../src/engine/types.js';
import { orgDomain } from '../../src/org/index.js';
import { packageChecksOf, readPackageReports, refuseOtherPackages } from '../../src/owner/packageReports.js';
import { packageDomain, type PkceProbe } from '../../src/package/index.js';
import { organization, orgId } from '../org/controls/samples.js';
import { external, facts as ownApps } from '../org/ownAppsSamples.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { metadata, sourceOf } from '../support/packageSource.js';

const folder = 'force-app/main/default';
const asOf = new Date();
const other = '00D0000000000XxAAA';
const app = (name: string, link: string): Record<string, string> => ({
  [`${folder}/externalClientApps/${name}.eca-meta.xml`]: metadata(
    'ExternalClientApplication',
    '<distributionState>Packaged</distributionState>',
    `<label>${name}</label>`,
    `<orgScopedExternalApp>${link}</orgScopedExternalApp>`
  ),
  [`${folder}/extlClntAppOauthSettings/${name}.ecaOauth-meta.xml`]: metadata(
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>',
    `<externalClientApplication>${name}</externalClientApplication>`,
    `<label>${name}</label>`,
    '<oauthLink>00D000000000001:888000000000001</oauthLink>'
  ),
});
const project = {
  'sfdx-project.json': JSON.stringify({
    packageDirectories: [
      { path: 'force-app', package: 'Acme', versionName: 'v', versionNumber: '2.4.0.NEXT', default: true },
    ],
    namespace: 'acme',
  }),
};

type Given = { files?: Record<string, string>; required?: boolean; policy?: Partial<Policy> };

/** What check-package reports about a package with one app of the org, asked by the probe. */
const checked = async ({ files = {}, required, policy }: Given = {}): Promise<TargetReport> => {
  const probe: PkceProbe = { app: 'Door', host: 'login.salesforce.com', answer: 'a page' };
  return review(
    packageDomain,
    {
      ...(await sourceOf({ ...project, ...app('Door', `${orgId}:Acme_Door`), ...files })),
      probes: [{ ...probe, ...(required === undefined ? {} : { required }) }],
    },
    { policy: { ...emptyPolicy, ...policy }, target: { kind: 'package', name: 'Acme' }, asOf, audited: [] }
  );
};

/** The audit of the org, which hides consumer secrets, with the report about the package. */
const audited = (
  report: TargetReport | readonly TargetReport[] | undefined,
  policy: Partial<Policy> = {},
  names = ['Acme_Door']
): readonly Result[] => {
  const reports = [report ?? []].flat();
  const { ownConnectedApps, ownExternalClientApps } = ownApps(
    names.map((developerName) => external({}, { developerName, id: '0xI1' }))
  );
  return evaluate(
    orgDomain,
    {
      ownConnectedApps: complete(ownConnectedApps),
      ownExternalClientApps: complete(ownExternalClientApps),
      ownGlobalOauthSettings: complete({ read: false, secrets: 'hidden', apps: [] }),
      organization: complete(organization),
      roleSigns: complete([{ role: 'dev-hub' as const, holds: false, because: 'the switch is off' }]),
      linkedOrgs: complete({ read: false, links: [] }),
    },
    {
      policy: { ...emptyPolicy, ...policy },
      target: { kind: 'org', name: 'hub', orgId },
      asOf,
      audited: [{ orgId }],
      packages: packageChecksOf(
        reports.map((one) => ({ source: 'acme.json', report: one })),
        orgId
      ),
    }
  ).results;
};

const resultIn = (results: readonly Result[], id: string): Result => {
  const result = results.find(({ control }) => control.id === id);
  if (result === undefined) throw new Error(`There is no result of ${id}.`);
  return result;
};
const pkce = 'org/own-apps-require-pkce';
const attestation = (control: string): Attestation => ({
  control,
  subject: `ExternalClientApp:${control.startsWith('org/') ? 'Acme_Door' : 'Door'}`,
  ...(control.startsWith('org/') ? { org: orgId } : {}),
  owner: 'Rita Release',
  reason: 'read in Setup',
  on: new Date(asOf.getTime() - 86_400_000).toISOString().slice(0, 10),
  expires: new Date(asOf.getTime() + 86_400_000).toISOString().slice(0, 10),
});

describe('the audit of an org with a report about the package of its app', () => {
  it('decides what the org hides by what the check of the package proved, and names the report', async () => {
    expect(resultIn(audited(undefined), pkce).verdict).to.equal('inconclusive');
    const result = resultIn(audited(await checked({ required: true })), pkce);
    expect(result.verdict).to.equal('pass');
    expect(result.findings.map(({ kind, message }) => [kind, message])).to.deep.equal([
      ['latent', 'The check of Acme 2.4.0.NEXT (acme.json) answers this for Acme_Door.'],
    ]);
  });

  it('passes by no report where the check of another version could not tell', async () => {
    const reports = [await checked({ required: true }), await checked()];
    expect(resultIn(audited(reports), pkce).verdict).to.equal('inconclusive');
    expect(resultIn(audited(reports.toReversed()), pkce).verdict).to.equal('inconclusive');
  });

  it('takes what was justified about the package for no answer', async () => {
    const report = await checked({ required: false });
    const { findings } = resultIn(report.results, 'package/pkce-required');
    findings.forEach((finding) =>
      Object.assign(finding, { kind: 'justification', justification: { owner: 'Rita Release', reason: 'a reason' } })
    );
    expect(findings).not.to.deep.equal([]);
    expect(resultIn(audited(report), pkce).verdict).to.equal('inconclusive');
  });

  it('fails by what the check of the package found about the app', async () => {
    const result = resultIn(audited(await checked({ required: false })), pkce);
    expect(result.verdict).to.equal('fail');
    expect(result.findings.map(({ subject }) => `${subject.type}:${subject.name}`)).to.deep.equal([
      'ExternalClientApp:Acme_Door',
    ]);
    expect(result.reason).to.match(/^The check of Acme 2\.4\.0\.NEXT \(acme\.json\) found: Door /);
  });

  it('stays open where the check of the package could not tell, or rests on an attestation', async () => {
    expect(resultIn(audited(await checked()), pkce).verdict).to.equal('inconclusive');
    const attestations = [attestation('package/pkce-required')];
    const signed = await checked({ policy: { attestations } });
    expect(resultIn(signed.results, 'package/pkce-required').verdict).to.equal('attested');
    const result = resultIn(audited(signed), pkce);
    expect(result.verdict).to.equal('inconclusive');
    expect(result.reason).to.contain('rests on an attestation by Rita Release: add this control to it.');
    const both = audited(signed, { attestations: [...attestations, attestation(pkce)] });
    expect(resultIn(both, pkce).verdict).to.equal('attested');
  });

  it('says nothing about another app of the org', async () => {
    const result = resultIn(audited(await checked({ required: true }), {}, ['Acme_Door', 'Side_Door']), pkce);
    expect(result.verdict).to.equal('inconclusive');
    expect(result.gaps.map(({ subject }) => subject?.name)).to.deep.equal(['Side_Door']);
  });

  it('says nothing where the control was off or not chosen in the check of the package', async () => {
    const report = await checked({ required: true });
    const results = report.results.filter(({ control }) => control.id !== 'package/pkce-required');
    expect(resultIn(audited({ ...report, results }), pkce).verdict).to.equal('inconclusive');
  });

  it('has a gap where the package names an app that the org does not show', async () => {
    const result = resultIn(audited(await checked(), {}, ['Side_Door']), 'org/own-apps-packaged');
    expect(result.gaps.map(({ detail }) => detail).join()).to.contain(
      'The check of Acme 2.4.0.NEXT (acme.json) names Acme_Door as an app of this org, which does not show it.'
    );
  });

  it('has a gap where another app of the package belongs to an org that is not audited', async () => {
    const report = await checked({ files: app('Gate', `${other}:Gate`) });
    const result = resultIn(audited(report), 'org/linked-orgs-audited');
    expect(result.verdict).to.equal('inconclusive');
    expect(result.gaps.map(({ subject }) => subject)).to.deep.equal([{ type: 'Org', name: other, id: other }]);
    expect(resultIn(audited(await checked()), 'org/linked-orgs-audited').verdict).to.equal('not-applicable');
  });
});

describe('a report that is to complete the audit of an org', () => {
  let place: string;
  before(async () => {
    place = await mkdtemp(join(tmpdir(), 'package-report-'));
  });
  after(() => rm(place, { recursive: true, force: true }));

  const scope = { controls: 'all', failOn: 'medium', inconclusive: 'block' } as const;
  const written = async (report: TargetReport, change: (report: Report) => Report = (one) => one): Promise<string> => {
    const file = join(place, 'report.json');
    await writeFile(file, JSON.stringify(change(reportOf(tool(), scope, [report]))));
    return file;
  };
  const errorOf = async (file: string): Promise<string> =>
    readPackageReports([file], emptyPolicy, undefined).then(
      () => 'no error',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no Error')
    );

  it('is read, and checked against the orgs of the run', async () => {
    const [one] = await readPackageReports([await written(await checked({ required: true }))], emptyPolicy, undefined);
    if (one === undefined) throw new Error('There is no report.');
    expect(packageChecksOf([one], orgId)[0]?.apps[0]?.answers.pkce).to.deep.equal({ kind: 'met' });
    const target = (id: string): TargetReport => ({ ...one.report, target: { kind: 'org', name: 'hub', orgId: id } });
    expect(() => refuseOtherPackages([one], [target(other)])).to.throw(
      `(Acme) is about no app of an audited org. Its apps belong to ${orgId}.`
    );
    expect(() => refuseOtherPackages([one], [target(other), target(orgId.slice(0, 15))])).not.to.throw();
    expect(packageChecksOf([one], other)).to.deep.equal([]);
  });

  it('is refused when it is missing, no report, changed by hand, of another version, old or about an org', async () => {
    const report = await checked({ required: true });
    expect(await errorOf(join(place, 'none.json'))).to.match(/^NoReportFile/);
    const text = join(place, 'text.json');
    await writeFile(text, '{');
    expect(await errorOf(text)).to.match(/^InvalidReport/);
    expect(await errorOf(await written(report, (one) => ({ ...one, gate: 'passed' })))).to.match(/^InvalidReport/);
    const version = { ...tool(), version: '0.0.1' };
    expect(await errorOf(await written(report, (one) => ({ ...one, tool: version })))).to.match(
      /^UnfitPackageReport: .* cannot complete the audit: tool\.version is 0\.0\.1/
    );
    const old = { ...report, asOf: new Date(asOf.getTime() - 30 * 86_400_000).toISOString() };
    expect(await errorOf(await written(old))).to.match(/^UnfitPackageReport: .*days ago \(maxEvidenceAge\)/);
    const hub = { ...report, target: { kind: 'org', name: 'hub', orgId } as const, results: [] };
    expect(await errorOf(await written(hub))).to.match(/^(?:UnfitPackageReport|InvalidReport|NoPackageReport)/);
    const unlinked = { ...report, target: { kind: 'package', name: 'Acme' } as const };
    expect(await errorOf(await written(unlinked))).to.match(/^NoPackageReport/);
  });
});
