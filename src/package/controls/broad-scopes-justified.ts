import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Violation } from '../../engine/types.js';
import { broadScope, isScope } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import { needsOfCode, provableInCode, usesIn } from '../apps/integrationCoverage.js';
import { distinct, noOauthApp, oauthApps, subjectAt, unseenScope, type OauthApp } from '../apps/oauthApps.js';

export const broadScopesJustified = packageControl({
  id: 'package/broad-scopes-justified',
  title: 'Every app that asks for the scope Full or Web has a justification',
  severity: 'high',
  topic: 'broad scope',
  problem: { one: 'broad scope has no justification', many: 'broad scopes have no justification' },
  area: 'Packaged apps',
  requirement:
    'Apps apply the principle of least privilege in using scopes; if an app requires web or full scopes, a ' +
    'comprehensive justification is submitted',
  checks: [
    'Looks at the scopes of every app of the package that uses OAuth, and at those that code of the package or its integrations, an authentication provider or a credential asks Salesforce for in so many words.',
  ],
  fails: ['Full and Web each need a justification; any other scope, known or not, is nothing.'],
  inconclusive: [
    'It is inconclusive where a scope is filled in later, where the package does not hold the scopes of an app, as with a reference to an app of a first-generation package, and where code puts the scope of an OAuth request to Salesforce together, or asks for Full or Web without showing whom.',
  ],
  why:
    'A token with the scope Full can do everything that its user can, and one with the scope Web opens a browser ' +
    'session; whoever steals it is that user.',
  fix: [
    'Replace the scope by the narrow ones that the integration uses, such as Api, and write them where the code asks for them.',
    'Where it is required, say under `justifications` in security-review.yml why, and what supplements it.',
    'A push upgrade fails when the scopes of a Connected App changed, so plan the release.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm',
  ],
  attestable: false,
  needs: needsOfCode,
  // A scope that was seen is asked for, whatever else could not be read.
  provableFromPart: provableInCode,
  judge: (facts) => {
    const apps = oauthApps(facts);
    const asked = usesIn(facts, ['broad-scope'], ({ form, subject }) => ({
      kind: 'justification',
      message: `${subject.name} asks for ${form}.`,
    }));
    if (apps.length === 0 && asked.length === 0) return noOauthApp(facts);
    return decide(
      [...apps.map(scopesOf), ...asked],
      'No app, no code and no credential that was read asks for the scope Full or Web.'
    );
  },
});

const scopesOf = (app: OauthApp): SubjectOutcome => {
  if (!app.scopes) return app.elsewhere.scopes;
  const broad = app.scopes.flatMap(({ value, ...at }) => {
    const scope = broadScope(value);
    return scope ? [{ value: scope, ...at }] : [];
  });
  const unknown = app.scopes.filter(({ value }) => !isScope(value));
  return [
    ...distinct(broad).map(({ value, ...at }): Violation => ({
      kind: 'justification',
      subject: subjectAt(app, at),
      message: `The app asks for the scope ${value}.`,
      at: value,
    })),
    ...distinct(unknown).map((scope) => unseenScope(app, scope)),
  ];
};
