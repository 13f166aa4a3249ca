import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Violation } from '../../engine/types.js';
import { broadScope, isScope } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import { integrationCode, usesIn } from '../apps/integrationCoverage.js';
import { distinct, noOauthApp, oauthApps, subjectAt, unseenScope, type OauthApp } from '../apps/oauthApps.js';

export const broadScopesJustified = packageControl({
  id: 'package/broad-scopes-justified',
  title: 'Every app that requests the scope Full or Web has a justification',
  severity: 'high',
  topic: 'broad scope',
  problem: { one: 'broad scope has no justification', many: 'broad scopes have no justification' },
  area: 'Packaged apps',
  requirement:
    'Apps apply the principle of least privilege in using scopes; if an app requires web or full scopes, a ' +
    'comprehensive justification is submitted',
  why: 'A token with the scope Full can do everything that its user can do, and one with Web opens a browser session. A thief of such a token acts as the user.',
  checks: [
    'The scopes of every app of the package that uses OAuth.',
    'The scopes that code, an authentication provider or a credential requests from Salesforce literally.',
  ],
  fails: [
    'An app, code or a credential requests Full: this needs a justification.',
    'An app, code or a credential requests Web: this needs a justification.',
  ],
  inconclusive: [
    'A scope is a placeholder that is filled in later.',
    'The package does not contain the scopes of an app, such as a reference to an app of a first-generation package.',
    'Code computes the scope of an OAuth request to Salesforce.',
    'Code requests Full or Web and does not show from which service.',
  ],
  notes: ['No other scope is a finding.'],
  fix: [
    'Replace the scope in the app file (`<scopes>` or `commaSeparatedOauthScopes`) with the narrow ones that the integration uses, such as Api.',
    'Request the same narrow scopes in the code.',
    'If the scope is required, say why and what protects it under `justifications` in security-review.yml.',
    'Plan the release: a push upgrade fails when the scopes of a Connected App changed.',
  ],
  examples: {
    bad: '<oauthConfig>\n    <scopes>Full</scopes>\n</oauthConfig>',
    good: '<oauthConfig>\n    <scopes>Api</scopes>\n    <scopes>RefreshToken</scopes>\n</oauthConfig>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm',
  ],
  attestable: false,
  needs: integrationCode.needs,
  provableFromPart: integrationCode.provableFromPart,
  judge: (facts) => {
    const apps = oauthApps(facts);
    const asked = usesIn(facts, ['broad-scope'], ({ form, subject }) => ({
      kind: 'justification',
      message: `${subject.name} requests ${form}.`,
    }));
    if (apps.length === 0 && asked.length === 0) return noOauthApp;
    return decide([...apps.map(scopesOf), ...asked], 'No app, code or credential requests the scope Full or Web.');
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
      message: `${app.subject.name} requests the scope ${value}.`,
      at: value,
    })),
    ...distinct(unknown).map((scope) => unseenScope(app, scope)),
  ];
};
