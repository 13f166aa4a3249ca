import { each, notApplicable } from '../../engine/control.js';
import type { Judgement } from '../../engine/types.js';
import { packageControl, type Baseline, type PackageFacts } from '../facts.js';
import { localName } from '../parsing/localName.js';

export const newAppsAreExternalClientApps = packageControl({
  id: 'package/new-apps-are-external-client-apps',
  title: 'Every app that is new in the package is an External Client App',
  severity: 'high',
  topic: 'app type',
  problem: { one: 'new app is a Connected App', many: 'new apps are Connected Apps' },
  area: 'Packaged apps',
  requirement: 'New integrations use External Client Apps instead of Connected Apps',
  why: 'External Client Apps are closed by default, and separate the settings of the developer from those of the admin. Salesforce restricts the creation of Connected Apps since Spring ’26.',
  checks: [
    'Every Connected App of the package, also those for SAML only.',
    'The apps of the baseline, compared by name: what --baseline names, or the newest git tag of an earlier commit with the same package directory.',
  ],
  fails: [
    'A Connected App is not in the baseline.',
    'A Connected App cannot be compared, because there is no baseline or the file only refers to an app of a first-generation package: this needs a justification.',
  ],
  inconclusive: ['The baseline could not be read completely.'],
  fix: [
    'Create an External Client App for the new integration, and delete the .connectedApp-meta.xml file.',
    'If the Connected App was released before, name the released source with --baseline.',
    'If there is no such source, say under `justifications` in security-review.yml since when the app exists.',
  ],
  examples: {
    bad: 'force-app/main/default/connectedApps/\n  Billing.connectedApp-meta.xml',
    good: 'force-app/main/default/externalClientApps/\n  Billing.eca-meta.xml',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'baseline'],
  // Not from a part of the baseline: the missing app may be in the rest of it.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  // An app for SAML only, or a bookmark, is also a Connected App.
  judge: (facts) =>
    each(
      facts.connectedApps,
      withoutConnectedApp(facts),
      ({ name, file, kind }) => {
        const { baseline, project } = facts;
        const subject = { type: 'ConnectedApp', name, file };
        if (isIn(baseline, localName(name, project.namespace))) return undefined;
        // A reference shows that a 1GP released the app, but not when.
        if (kind === 'stub' || baseline.source === 'none') {
          const why = kind === 'stub' ? 'its file only refers to an app of a first-generation package' : baseline.name;
          const message = `Could not determine whether the Connected App ${name} is new: ${why}.`;
          return { kind: 'justification', subject, message };
        }
        const message = `The Connected App ${name} is new: ${baseline.name} (${baseline.source}) does not contain it.`;
        return { kind: 'violation', subject, message };
      },
      `Every Connected App is in ${facts.baseline.name} (${facts.baseline.source}), so none is new.`
    ),
});

const isIn = ({ apps }: Baseline, name: string): boolean =>
  // Salesforce compares API names without case.
  apps.some((app) => app.type === 'ConnectedApp' && app.name.toLowerCase() === name.toLowerCase());

const withoutConnectedApp = ({ externalClientApps }: Pick<PackageFacts, 'externalClientApps'>): Judgement =>
  externalClientApps.length === 0
    ? notApplicable('The package contains no app.')
    : { verdict: 'pass', reason: 'Every app of the package is an External Client App.' };
