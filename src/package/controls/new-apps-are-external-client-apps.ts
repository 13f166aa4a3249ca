import { each, notApplicable } from '../../engine/control.js';
import type { Judgement } from '../../engine/types.js';
import { packageControl, type Baseline, type PackageFacts } from '../facts.js';
import { localName } from '../apps/assembleExternalClientApp.js';

export const newAppsAreExternalClientApps = packageControl({
  id: 'package/new-apps-are-external-client-apps',
  title: 'Every app that is new in the package is an External Client App',
  severity: 'high',
  topic: 'app type',
  problem: { one: 'new app is a Connected App', many: 'new apps are Connected Apps' },
  area: 'Packaged apps',
  requirement: 'New integrations use External Client Apps instead of Connected Apps',
  checks: [
    'Looks at every Connected App of the package, those for SAML only included, and compares it by name with the baseline: what --baseline names, else the newest git tag of an earlier commit with the same package directory.',
  ],
  fails: [
    'A Connected App that the baseline does not hold is a violation.',
    'Without a baseline, or as a reference to an app of a first-generation package, it needs a justification instead.',
  ],
  inconclusive: [],
  why:
    'External Client Apps are closed by default and keep what a developer decides apart from what an admin decides; ' +
    'Salesforce restricts the creation of Connected Apps since Spring ’26.',
  fix: [
    'Create an External Client App for the new integration.',
    'Where the Connected App was released before, name the released source with --baseline, or say under `justifications` in security-review.yml since when it exists.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm&type=5',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'baseline'],
  // A Connected App that was seen is one. What a part of the baseline does not show may be in the rest of it.
  provableFromPart: { connectedApps: 'fail', externalClientApps: 'fail' },
  // An app for SAML only, or a bookmark, is a Connected App too.
  judge: (facts) =>
    each(
      facts.project.isPackage ? facts.connectedApps : [],
      withoutConnectedApp(facts),
      ({ name, file, kind }) => {
        const { baseline, project } = facts;
        const subject = { type: 'ConnectedApp', name, file };
        if (isIn(baseline, localName(name, project.namespace))) return undefined;
        // A reference shows that a 1GP released the app, and not whether that integration is new.
        if (kind === 'stub' || baseline.source === 'none') {
          const why = kind === 'stub' ? 'it refers to an app of a first-generation package' : baseline.name;
          const message = `Whether the integration of this Connected App is new cannot be compared: ${why}.`;
          return { kind: 'justification', subject, message };
        }
        const message = `The Connected App is new: ${baseline.name} (${baseline.source}) does not hold it.`;
        return { kind: 'violation', subject, message };
      },
      `Every Connected App is in ${facts.baseline.name} (${facts.baseline.source}), so none is new.`
    ),
});

const isIn = ({ apps }: Baseline, name: string): boolean =>
  // Salesforce compares API names without case.
  apps.some((app) => app.type === 'ConnectedApp' && app.name.toLowerCase() === name.toLowerCase());

type Facts = Pick<PackageFacts, 'project' | 'externalClientApps'>;

const withoutConnectedApp = ({ project, externalClientApps }: Facts): Judgement => {
  if (!project.isPackage) return notApplicable('The project is not a package.');
  return externalClientApps.length === 0
    ? notApplicable('The package holds no app.')
    : { verdict: 'pass', reason: 'Every app of the package is an External Client App.' };
};
