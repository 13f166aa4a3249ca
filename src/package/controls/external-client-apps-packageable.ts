import { decide, notApplicable } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { packageControl, type ExternalClientApp, type Project } from '../facts.js';
import { settingGap } from '../apps/oauthApps.js';

/** https://developer.salesforce.com/docs/platform/pkg2-dev/guide/components-available.html; canvas settings: 2GP only. */
const packageable = ['ecaOauth', 'ecaNotifications', 'ecaPush', 'ecaCanvas'];
/** Policies belong to the admin of one org; the rest is in neither list of packageable components. */
const neverPackaged = /Plcy$|^eca(Attest|Mobile|OauthSecurity|Smpl)$/;
/** The control `package/no-global-oauth-settings` checks them. */
const globalOauth = 'ecaGlblOauth';
/** An External Client App with SAML must be Local; its SAML file is what cannot be packaged. */
const saml = 'ecaSamlPlcy';

export const externalClientAppsPackageable = packageControl({
  id: 'package/external-client-apps-packageable',
  title: 'Every External Client App in the package can be packaged',
  severity: 'high',
  topic: 'packageability',
  problem: {
    one: 'External Client App cannot be packaged as it is',
    many: 'External Client Apps cannot be packaged as they are',
  },
  area: 'Packaged apps',
  requirement: 'Connected Apps and External Client Apps are packaged for distribution on AppExchange',
  why: 'A Local app never reaches a subscriber. A file that cannot be packaged breaks the package version.',
  checks: [
    'The distributionState and the oauthLink of every External Client App of the package.',
    'Every file of these apps.',
  ],
  fails: [
    'The org given with --owner-org or --owner-evidence does not own the app, does not have it, or does not package it.',
    'distributionState is not Packaged, except Local for an app with SAML.',
    'OAuth settings have no oauthLink, or one that leads to no consumer of the org that owns the app.',
    'A file cannot be packaged, such as policies, SAML and security settings.',
    'A first-generation package contains canvas settings.',
  ],
  inconclusive: [
    'The .eca file is not in the package.',
    'The distributionState or the oauthLink is missing or filled in later.',
    'Salesforce does not document whether a kind of file can be packaged.',
    'Canvas settings are in a package of unknown generation.',
  ],
  notes: [
    'Connected Apps are not checked here.',
    'package/no-global-oauth-settings checks the files with global OAuth settings.',
  ],
  fix: [
    'Set distributionState to Packaged in the .eca-meta.xml file of the app.',
    'List files that cannot be packaged (policies, security settings, SAML) in .forceignore.',
    'If the app replaces a session ID, the secure coding guide asks for a Local app and the newer submission guidance for a packaged one: keep a Local app outside the package directory, and document it.',
  ],
  examples: {
    bad: '<ExternalClientApplication>\n    <distributionState>Local</distributionState>\n</ExternalClientApplication>',
    good: '<ExternalClientApplication>\n    <distributionState>Packaged</distributionState>\n</ExternalClientApplication>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.secure_coding_guide.meta/secure_coding_guide/secure_coding_considerations_sessionid.htm',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps'],
  // Not from a part of the External Client Apps: the SAML file that exempts a Local app may be the one unread.
  provableFromPart: { connectedApps: 'fail' },
  judge: ({ project, connectedApps, externalClientApps }) => {
    if (connectedApps.length + externalClientApps.length === 0) return notApplicable('The package contains no app.');
    return decide(
      externalClientApps.flatMap((app) => [
        lookAtState(app),
        lookAtLink(app),
        lookAtOwner(app),
        ...app.files.map((file) => lookAtFile(app, file, project)),
      ]),
      externalClientApps.length > 0
        ? 'Every External Client App can be packaged.'
        : 'The package contains no External Client App.'
    );
  },
});

type Look = Violation | Gap | undefined;
type AppFile = ExternalClientApp['files'][number];
type FilePlace = { file: string; line?: number };
const subjectOf = ({ name }: ExternalClientApp, { file, line }: FilePlace): Subject => ({
  type: 'ExternalClientApp',
  name,
  file,
  line,
});

const lookAtState = (app: ExternalClientApp): Look => {
  const state = app.distributionState;
  if (!app.hasHeader) return settingGap(subjectOf(app, app), `The .eca file of ${app.name} is not in the package.`);
  if (!state) return settingGap(subjectOf(app, app), `${app.file} does not name exactly one distributionState.`);
  if (!/^\w*$/.test(state.value) || state.value.startsWith('__')) {
    const detail = `The distributionState of ${app.name} is a placeholder that is filled in later.`;
    return settingGap(subjectOf(app, state), detail);
  }
  if (state.value === 'Packaged') return undefined;
  if (state.value === 'Local' && app.files.some(({ suffix }) => suffix === saml)) return undefined;
  // Other values are reserved for Salesforce (Managed, AutoInstalled) or not valid (Packageable).
  const message = `The distributionState of ${app.name} is ${state.value}, so the app cannot be packaged.`;
  return { kind: 'violation', subject: subjectOf(app, state), message };
};

/** Org and consumer, with ids of 15 or 18 characters. */
const LINK = /^(00D[A-Za-z\d]{12})(?:[A-Za-z\d]{3})?:888[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?$/;

/** Without the link to the global OAuth settings, the app has no consumer in subscriber orgs. */
function lookAtLink(app: ExternalClientApp): Look {
  const { oauthLink, ownerOrg } = app;
  if (oauthLink === undefined) return undefined;
  const subject = subjectOf(app, oauthLink);
  const finding = (why: string): Violation => ({
    kind: 'violation',
    subject,
    message: `${app.name} ${why}, so its OAuth settings reach no consumer.`,
    at: 'oauthLink',
  });
  if (oauthLink.value === '') return finding('has no oauthLink');
  if (isPlaceholder(oauthLink.value))
    return settingGap(subject, `The oauthLink of ${app.name} is a placeholder that is filled in later.`);
  const [, org] = LINK.exec(oauthLink.value) ?? [];
  if (org === undefined) return finding('has an oauthLink that is not <org id>:<consumer id>');
  return ownerOrg === undefined || ownerOrg.startsWith(org)
    ? undefined
    : finding('has an oauthLink to an org that does not own the app');
}

/** What the org that was given as owner shows about the app. */
function lookAtOwner(app: ExternalClientApp): Look {
  const { owner, ownerOrg = '', ownerApp = '' } = app;
  if (owner === undefined) return undefined;
  const subject = subjectOf(app, app);
  const finding = (message: string): Violation => ({ kind: 'violation', subject, message, at: 'owner' });
  if (owner.problem === 'other-org') {
    return finding(`${app.name} belongs to the org ${ownerOrg}, which is not the org of ${owner.source}.`);
  }
  if (owner.problem === 'no-app') {
    return finding(`${app.name} links to the app ${ownerApp}, which the owning org (${owner.source}) does not have.`);
  }
  if (owner.problem === 'not-read') {
    const detail = `${app.name} was not found in ${owner.source}, which does not list every app of the org.`;
    return settingGap(subject, detail);
  }
  return owner.packaged === false && app.distributionState?.value === 'Packaged'
    ? finding(`${app.name} is Packaged in the source and Local in the owning org (${owner.source}).`)
    : undefined;
}

/** `__LINK__`, `{{LINK}}`, `${LINK}`; ids of zeros are no placeholder. */
const isPlaceholder = (value: string): boolean => /__|\{\{|\$\{|%%|<[^<>\n]*>/.test(value);

function lookAtFile(app: ExternalClientApp, { type, suffix, file }: AppFile, { generation }: Project): Look {
  const finding = (message: string): Violation => ({ kind: 'violation', subject: subjectOf(app, { file }), message });
  const gap = (detail: string): Gap => settingGap(subjectOf(app, { file }), detail);
  if (suffix === globalOauth) return undefined;
  if (neverPackaged.test(suffix)) {
    return finding(`${file} cannot be packaged: with ${type}, creating a package version fails.`);
  }
  if (!packageable.includes(suffix)) {
    return gap(`Could not determine whether ${file} can be packaged: Salesforce does not document it for ${type}.`);
  }
  if (suffix !== 'ecaCanvas' || generation === 'second') return undefined;
  return generation === 'first'
    ? finding(`${file} cannot be in a first-generation package: only a second-generation package can contain ${type}.`)
    : gap(
        `Only a second-generation package can contain ${file}, and the source does not show the generation of this package.`
      );
}
