import { decide, notApplicable } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { packageControl, type DestructiveChange, type PackageFacts } from '../facts.js';
import { localName } from '../parsing/localName.js';

export const noAppRemoved = packageControl({
  id: 'package/no-app-removed',
  title: 'No released app is removed from the package',
  severity: 'high',
  topic: 'removed apps',
  problem: { one: 'released app is removed', many: 'released apps are removed' },
  area: 'Packaged apps',
  requirement:
    'Existing Connected Apps and External Client Apps are not deleted, or removed from the package, before the impact ' +
    'is known',
  why: 'A package upgrade deletes a removed app in the orgs of subscribers. Every integration that logs in through it stops.',
  checks: [
    'The apps of the package and of the baseline, compared by type and name: what --baseline names, or the newest git tag of an earlier commit with the same package directory.',
    'The destructiveChanges files.',
  ],
  fails: [
    'An app of the baseline is not in the package: this needs a justification.',
    'A destructiveChanges file deletes an app or a part of one: this needs a justification.',
  ],
  inconclusive: ['There is no baseline, and the project does not prove that no version was released.'],
  notes: ['Without a baseline the control does not apply to a project that was never released.'],
  fix: [
    'Restore the file of the app in the package directory, and remove its entry from the destructiveChanges file, until no subscriber uses the app.',
    'If the app must go, find out which users still have tokens, and ask Salesforce customer support.',
    'Describe the impact under `justifications` in security-review.yml.',
  ],
  examples: {
    bad: '<types>\n    <members>Billing</members>\n    <name>ConnectedApp</name>\n</types>',
    good: '<types>\n    <members>OldBillingPage</members>\n    <name>ApexPage</name>\n</types>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm',
  ],
  attestable: false,
  needs: ['project', 'connectedApps', 'externalClientApps', 'baseline', 'destructiveChanges'],
  // Not from a part of the apps: the file that was not read may contain the missing app.
  provableFromPart: { baseline: 'fail', destructiveChanges: 'fail' },
  judge: (facts) => {
    const { baseline, destructiveChanges } = facts;
    if (baseline.neverReleased && destructiveChanges.length === 0) {
      return notApplicable(
        'The package was never released: the project names no version and no ancestor, and there is no git tag.'
      );
    }
    const { name, source } = baseline;
    const isUnknown = source === 'none' && !baseline.neverReleased;
    return decide(
      [...removed(facts), ...destructiveChanges.map(deleted), isUnknown ? nothingToCompare(facts) : undefined],
      `Every app of ${name} (${source}) is still in the package.`
    );
  },
});

type Facts = Pick<PackageFacts, 'project' | 'connectedApps' | 'externalClientApps' | 'baseline'>;

const removed = ({ project, connectedApps, externalClientApps, baseline }: Facts): Violation[] => {
  // Salesforce compares API names without case.
  const local = ({ name }: { name: string }): string => localName(name, project.namespace).toLowerCase();
  const here = {
    ConnectedApp: new Set(connectedApps.map(local)),
    // Settings alone are not an app.
    ExternalClientApp: new Set(externalClientApps.filter(({ hasHeader }) => hasHeader).map(local)),
  };
  return baseline.apps
    .filter(({ type, name }) => !here[type].has(name.toLowerCase()))
    .map(({ type, name }) => ({
      kind: 'justification',
      subject: { type, name },
      message: `The app ${name} is in ${baseline.name} (${baseline.source}), and no longer in the package.`,
      at: 'baseline',
    }));
};

const deleted = ({ type, name, file, line }: DestructiveChange): Violation => {
  const subject: Subject = { type: type === 'ConnectedApp' ? type : 'ExternalClientApp', name, file, line };
  return { kind: 'justification', subject, message: `${file} deletes the ${type} ${name}.`, at: type };
};

const nothingToCompare = ({ project: { name }, baseline }: Facts): Gap => ({
  kind: 'not-given',
  detail: `The apps of ${name} could not be compared with a released version: ${baseline.name}. Name the released source with --baseline.`,
  subject: { type: 'Package', name },
});
