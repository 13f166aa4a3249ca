import { each, notApplicable, pass } from '../../engine/control.js';
import type { Judgement } from '../../engine/types.js';
import { packageControl } from '../facts.js';
import { settingGap } from '../apps/oauthApps.js';

export const noGlobalOauthSettings = packageControl({
  id: 'package/no-global-oauth-settings',
  title: 'No global OAuth settings of an External Client App are in the package or tracked by git',
  severity: 'high',
  topic: 'global settings',
  problem: {
    one: 'file with global OAuth settings is in the source',
    many: 'files with global OAuth settings are in the source',
  },
  area: 'Packaged apps',
  requirement:
    'Secrets are packaged securely; global OAuth settings contain sensitive OAuth consumer information that cannot be packaged and must not be added to source control',
  why: 'The file contains the consumer key and secret of the app for every org that installs it. Anyone with access to the repository can read them.',
  checks: ['All files with global OAuth settings of External Client Apps in the folder, also outside the package.'],
  fails: [
    'A file with global OAuth settings is in the package, with or without the consumer secret.',
    'A file with global OAuth settings is tracked by git, with or without the consumer secret.',
  ],
  inconclusive: ['Git could not report whether it tracks a file outside the package.'],
  notes: ['A file outside the package and outside git is reported as information.'],
  fix: [
    'Move the .ecaGlblOauth-meta.xml file out of the package directory, and remove it from git.',
    'List **/*.ecaGlblOauth-meta.xml in .forceignore and .gitignore.',
    'If a key or secret was ever committed, rotate both: git keeps the history.',
  ],
  examples: {
    bad: 'force-app/main/default/extlClntAppGlobalOauthSets/\n  Billing.ecaGlblOauth-meta.xml',
    good: '# .gitignore and .forceignore\n**/*.ecaGlblOauth-meta.xml',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappglobaloauthsettings.htm',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'globalOauthFiles'],
  // A file that was found is a finding, whatever else could not be read.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail', globalOauthFiles: 'fail' },
  judge: ({ connectedApps, externalClientApps, globalOauthFiles }) =>
    each(
      globalOauthFiles,
      whenNone(connectedApps.length + externalClientApps.length),
      ({ app, file, secretLine, inPackage, tracked }) => {
        const subject = { type: 'ExternalClientApp', name: app, file, line: secretLine };
        const places = [...(inPackage ? ['in the package'] : []), ...(tracked ? ['tracked by git'] : [])].join(' and ');
        // The place of the secret, never the secret.
        const secret = secretLine === undefined ? '' : ', with the consumer secret';
        if (places)
          return { kind: 'violation', subject, message: `The global OAuth settings of ${app} are ${places}${secret}.` };
        if (tracked === undefined) return settingGap(subject, `Could not determine whether git tracks ${file}.`);
        const message = `The global OAuth settings of ${app} are in the folder, outside the package and git${secret}.`;
        return { kind: 'latent', subject, message };
      },
      'No global OAuth settings are in the package or tracked by git.'
    ),
});

const whenNone = (apps: number): Judgement =>
  apps > 0
    ? pass('The folder contains no global OAuth settings.')
    : notApplicable('The package contains no app, and the folder contains no global OAuth settings.');
