import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { SCENARIOS } from '../../simulator/index.js';
import { readRetrieved } from '../../src/cli/readRetrieved.js';
import { reportOf } from '../../src/engine/report.js';
import { review } from '../../src/engine/review.js';
import type { Report } from '../../src/engine/types.js';
import { planOf, type Plan, type PlanInput } from '../../src/fixes/plan.js';
import { orgDomain } from '../../src/org/index.js';
import { renderPlanPage } from '../../src/render/fixPlan.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { MetadataTypes } from '../support/metadataTypes.js';
import { open, stopAll } from '../org/support.js';

const ranges = [
  { cidr: '198.51.100.0/24', name: 'office & VPN' },
  { cidr: '2001:db8::/48', name: 'data centre' },
];

describe('the plan of fixes for an org', () => {
  const types = new MetadataTypes();
  let report: Report;
  let plan: Plan;
  before(async () => {
    report = await audited('broken');
    plan = await planFor(report, { ranges });
  });
  after(stopAll);

  it('writes only files that match the types of the Metadata API', () => {
    const files = plan.files.filter(({ name }) => name.endsWith('-meta.xml'));
    expect(
      files.map(({ name }) => name.replace('org-1-broken', 'org').replace('force-app/main/default/', ''))
    ).to.deep.equal([
      'org/profiles/Admin.profile-meta.xml',
      'org/profiles/ERP Integration.profile-meta.xml',
      'org/settings/ExternalClientApp.settings-meta.xml',
      'org/settings/OauthOidc.settings-meta.xml',
      'org/settings/Security.settings-meta.xml',
      'org-permission-sets/permissionsets/Any_Client.permissionset-meta.xml',
      'org-permission-sets/permissionsets/Any_Client_Session.permissionset-meta.xml',
      'org-permission-sets/permissionsets/Mfa_Waiver.permissionset-meta.xml',
      'org-permission-sets/permissionsets/Password_Never_Expires.permissionset-meta.xml',
    ]);
    for (const { name, content } of files) expect(types.problemsIn(content), name).to.deep.equal([]);
  });

  it('says in each file which finding it closes and what users notice', () => {
    for (const { name, content } of plan.files.filter(({ name: file }) => file.endsWith('-meta.xml'))) {
      expect(content, name).to.match(/^<\?xml.*\n<!-- Closes org\/[\w-]+: .+\. What users notice: .+\. -->\n/);
    }
  });

  it('writes projects that the deploy library of sf reads as the components of the files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'security-review-deploy-'));
    for (const { name, content } of plan.files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const projects = readdirSync(folder).filter((name) => name.startsWith('org-'));
    expect(projects).to.deep.equal(['org-1-broken', 'org-1-broken-permission-sets']);
    for (const project of projects) {
      const set = ComponentSet.fromSource(join(folder, project, 'force-app'));
      const written = plan.files.filter(({ name }) => name.startsWith(`${project}/force-app/`));
      // eslint-disable-next-line no-await-in-loop -- one project after the other
      expect((await set.getObject()).Package.types.flatMap(({ members }) => members)).to.have.length(written.length);
    }
    const versions = projects.map(
      (project) =>
        (JSON.parse(readFileSync(join(folder, project, 'sfdx-project.json'), 'utf8')) as { sourceApiVersion: string })
          .sourceApiVersion
    );
    // With a later version, a deployed permission set loses what its file does not name.
    expect(versions).to.deep.equal(['67.0', '39.0']);
    rmSync(folder, { recursive: true });
  });

  it('replaces the login IP ranges of a profile by those of the policy, and removes its permission in the same file', () => {
    const [file] = plan.files.filter(({ name }) => name.endsWith('ERP Integration.profile-meta.xml'));
    expect(file?.content.split('\n').filter((line) => !line.startsWith('<'))).to.deep.equal([
      '    <loginIpRanges>',
      '        <description>office &amp; VPN</description>',
      '        <endAddress>198.51.100.255</endAddress>',
      '        <startAddress>198.51.100.0</startAddress>',
      '    </loginIpRanges>',
      '    <loginIpRanges>',
      '        <description>data centre</description>',
      '        <endAddress>2001:db8:0:ffff:ffff:ffff:ffff:ffff</endAddress>',
      '        <startAddress>2001:db8::</startAddress>',
      '    </loginIpRanges>',
      '    <userPermissions>',
      '        <enabled>false</enabled>',
      '        <name>UseAnyApiClient</name>',
      '    </userPermissions>',
      '    <userPermissions>',
      '        <enabled>false</enabled>',
      '        <name>PasswordNeverExpires</name>',
      '    </userPermissions>',
      '',
    ]);
  });

  it('removes a permission of a group from the members that grant it', () => {
    const item = plan.items.find(
      ({ control, finding }) =>
        control.id === 'org/no-use-any-api-client' && finding.subject.name === 'paul.partner@broken.example'
    );
    expect([item?.way, item?.files]).to.deep.equal(['deploy', ['org-1-broken-permission-sets']]);
  });

  it('leaves the permissions of a standard profile, which no deployment changes, to a person', () => {
    const approvers = plan.items.filter(({ control }) => control.id === 'org/uninstalled-apps-not-approved');
    expect(approvers.map(({ way }) => way)).to.deep.equal(['manual', 'manual']);
  });

  it('invents no login IP range: without ranges in the policy a person adds them', async () => {
    const without = await planFor(report, {});
    expect(JSON.stringify(without.files)).not.to.contain('loginIpRanges');
    expect(renderPlanPage(without)).to.contain('list your ranges under `trust.ipRanges`');
  });

  it('plans the apps of the org as a diff of the files that were retrieved from it', async () => {
    const path = 'main/default/connectedApps/Legacy_Sync.connectedApp-meta.xml';
    const text = retrievedApp();
    const { items, files } = await planFor(report, { retrieved: [{ path, text }] });
    const [diff] = files.filter(({ name }) => name.endsWith('.diff'));
    const closed = items.filter(({ way }) => way === 'diff').map(({ control }) => control.id);
    expect(closed).to.include.members(['org/own-apps-require-pkce', 'org/own-apps-rotate-refresh-tokens']);
    const folder = mkdtempSync(join(tmpdir(), 'security-review-apps-'));
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    writeFileSync(join(folder, 'plan.diff'), diff?.content ?? '');
    execFileSync('git', ['apply', 'plan.diff'], { cwd: folder });
    const changed = readFileSync(join(folder, path), 'utf8');
    rmSync(folder, { recursive: true });
    expect(changed).to.contain('<isPkceRequired>true</isPkceRequired>').and.to.contain('<ipRelaxation>ENFORCE<');
    // The callback over https is there already, and the app and localhost need apps of their own.
    expect(/<callbackUrl>([^<]*)</.exec(changed)?.[1]).to.equal('https://legacy.example.com/callback');
    expect(types.problemsIn(changed)).to.deep.equal([]);
  });

  it('turns a site off, and the access of guests to a live Experience Cloud site', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'security-review-sites-'));
    for (const { path, text } of retrievedSites) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path.replace('Customer Portal', 'Customer%20Portal')), text);
    }
    const { items, files } = await planFor(report, { retrieved: await readRetrieved(folder) });
    rmSync(folder, { recursive: true });
    const sites = items.filter(({ control }) => control.id === 'org/no-guest-sites');
    expect(sites.map(({ finding, way }) => [finding.subject.name, way])).to.deep.equal([
      ['Support', 'diff'],
      ['Customer Portal', 'diff'],
    ]);
    const [diff] = files.filter(({ name }) => name.endsWith('.diff'));
    const added = (diff?.content ?? '').split('\n').filter((line) => line.startsWith('+ '));
    expect(added.map((line) => line.slice(1).trim())).to.deep.equal([
      '<enableGuestChatter>false</enableGuestChatter>',
      '<enableGuestFileAccess>false</enableGuestFileAccess>',
      '<active>false</active>',
    ]);
  });

  it('names the command that retrieves what a plan without it cannot close', async () => {
    expect(renderPlanPage(await planFor(report, { ranges }))).to.contain(
      [
        'sf project retrieve start --metadata ConnectedApp:Legacy_Sync --metadata ExtlClntAppOauthSettings',
        '--metadata ExtlClntAppOauthConfigurablePolicies --metadata CustomSite --metadata Network --target-org <org>',
      ].join(' ')
    );
  });

  it('closes at least 60 % of the findings of an org whose apps and sites were retrieved', async () => {
    const path = 'connectedApps/Legacy_Sync.connectedApp-meta.xml';
    const retrieved = [{ path, text: retrievedApp() }, ...retrievedExternalApp, ...retrievedSites];
    const { items } = await planFor(report, { ranges, retrieved });
    const closed = items.filter(({ way }) => way === 'deploy' || way === 'diff').length;
    expect(closed / items.length, `${closed} of ${items.length}`).to.be.at.least(0.6);
  });

  it('finds an element that the Metadata API does not have, a missing one, and a wrong order or value', () => {
    const file = (inner: string): string =>
      `<Profile xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</Profile>`;
    const permission = '<userPermissions><enabled>false</enabled><name>X</name></userPermissions>';
    expect(types.problemsIn(file(permission))).to.deep.equal([]);
    const invalid = [
      file('<loginIpRange/>'),
      file('<userPermissions><name>X</name></userPermissions>'),
      file('<userPermissions><name>X</name><enabled>false</enabled></userPermissions>'),
      file(`${permission}<loginIpRanges><endAddress>1</endAddress><startAddress>1</startAddress></loginIpRanges>`),
      file('<userPermissions><enabled>no</enabled><name>X</name></userPermissions>'),
      file('<custom>true</custom><custom>true</custom>'),
    ];
    for (const one of invalid) expect(types.problemsIn(one), one).to.have.length(1);
  });
});

async function audited(name: keyof typeof SCENARIOS): Promise<Report> {
  const { org, reader } = await open(SCENARIOS[name]());
  const target = await review(orgDomain, reader, {
    policy: emptyPolicy,
    target: { kind: 'org', name },
    asOf: new Date(org.scenario.now),
    audited: [],
  });
  const scope = { controls: 'all', failOn: 'medium', inconclusive: 'block' } as const;
  return reportOf({ name: 'sf-plugin-security-review', version: '0.1.0' }, scope, [target]);
}

function planFor(report: Report, sources: Partial<PlanInput>): Promise<Plan> {
  return planOf(report, { read: () => Promise.resolve(undefined), ...sources });
}

/** Legacy Sync of the simulated org, as `sf project retrieve start` writes it. */
function retrievedApp(): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">',
    '    <contactEmail>dev@broken.example</contactEmail>',
    '    <label>Legacy Sync</label>',
    '    <oauthConfig>',
    '        <callbackUrl>https://legacy.example.com/callback',
    'http://legacy.example.com/callback',
    'http://localhost:8080/callback',
    'legacysync://callback</callbackUrl>',
    '        <isDeviceFlowEnabled>true</isDeviceFlowEnabled>',
    '        <isEnforceRefreshTokenTTL>false</isEnforceRefreshTokenTTL>',
    '        <isPkceRequired>false</isPkceRequired>',
    '        <isRefreshTokenRotationEnabled>false</isRefreshTokenRotationEnabled>',
    '        <scopes>Full</scopes>',
    '        <scopes>RefreshToken</scopes>',
    '    </oauthConfig>',
    '    <oauthPolicy>',
    '        <ipRelaxation>BYPASS</ipRelaxation>',
    '        <refreshTokenPolicy>infinite</refreshTokenPolicy>',
    '    </oauthPolicy>',
    '</ConnectedApp>',
    '',
  ].join('\n');
}

/** The parts of the sites that matter here, as they are retrieved. */
const retrievedSites = [
  {
    path: 'sites/Support.site-meta.xml',
    text: '<CustomSite xmlns="http://soap.sforce.com/2006/04/metadata">\n    <active>true</active>\n</CustomSite>\n',
  },
  {
    path: 'networks/Customer Portal.network-meta.xml',
    text: [
      '<Network xmlns="http://soap.sforce.com/2006/04/metadata">',
      '    <enableGuestChatter>true</enableGuestChatter>',
      '    <enableGuestFileAccess>true</enableGuestFileAccess>',
      '    <enableGuestMemberVisibility>false</enableGuestMemberVisibility>',
      '</Network>',
      '',
    ].join('\n'),
  },
];

/** Open Door, whose OAuth settings and policy are in files of their own. */
const retrievedExternalApp = [
  {
    path: 'extlClntAppOauthSettings/Open_Door.ecaOauth-meta.xml',
    text: [
      '<ExtlClntAppOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">',
      '    <commaSeparatedOauthScopes>Full, Web, Api</commaSeparatedOauthScopes>',
      '    <externalClientApplication>Open_Door</externalClientApplication>',
      '</ExtlClntAppOauthSettings>',
      '',
    ].join('\n'),
  },
  {
    path: 'extlClntAppOauthPolicies/Open_Door.ecaOauthPlcy-meta.xml',
    text: [
      '<ExtlClntAppOauthConfigurablePolicies xmlns="http://soap.sforce.com/2006/04/metadata">',
      '    <externalClientApplication>Open_Door</externalClientApplication>',
      '    <ipRelaxationPolicyType>Bypass</ipRelaxationPolicyType>',
      '</ExtlClntAppOauthConfigurablePolicies>',
      '',
    ].join('\n'),
  },
];
