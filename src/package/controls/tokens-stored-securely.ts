import { decide, type SubjectOutcome } from '../../engine/control.js';
import type { Declared, Gap, Violation, Subject } from '../../engine/types.js';
import { isOfService } from '../../salesforce/secretNames.js';
import {
  packageControl,
  type PackageFacts,
  type Project,
  type SecretFinding,
  type SecretStore,
  type TokenExposure,
} from '../facts.js';
import { undeclaredApps } from '../apps/integrationCoverage.js';
import { settingGap, oauthApps } from '../apps/oauthApps.js';
import { localName } from '../parsing/localName.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

/** Places that every user can read, and that code often fills with keys. */
const openPlaces: ReadonlySet<string> = new Set(['StaticResource', 'CustomLabels']);

export const tokensStoredSecurely = packageControl({
  id: 'package/tokens-stored-securely',
  title: 'Only code of the package can read access tokens, refresh tokens and encryption keys',
  severity: 'high',
  topic: 'token storage',
  problem: { one: 'store keeps tokens or keys in the open', many: 'stores keep tokens or keys in the open' },
  area: 'Code and secrets',
  requirement:
    'Robust measures protect the secrets of Connected and External Client Apps: encryption keys are safeguarded, and ' +
    'access and refresh tokens are stored securely',
  why: 'Every user with access to the data can read a token in an ordinary object, a label or a static resource. A refresh token gives the access of its user until it is revoked.',
  checks: [
    'Custom metadata types and settings with a field that looks like a token or a key.',
    'Objects with a field that looks like any secret.',
    'Labels and static resources.',
    'Code of the package and of its integrations that writes a token to a log, the output, a file, or the storage of a browser or a device.',
    'Every integration of the policy except those with the flow none, and every app of the package that no integration names.',
  ],
  fails: [
    'A Public custom metadata type or setting has a field that looks like a token or a key.',
    'A label or a static resource contains a key or a token.',
    'Code writes a token of Salesforce to a log, to a storage that every script of a page can read, or to plain preferences of a device.',
    'An ordinary object has a field that looks like a secret, encrypted or not: this needs a justification.',
  ],
  inconclusive: [
    'Code writes a token to its output, to a file, to an address or to a store, and does not show what protects it, or one to the storage of a browser whose vendor it does not show.',
    'Code of an integration works with a refresh token, and does not show where it stores it.',
    'The package does not define the type, setting or object.',
    'An integration or an app has no attestation. Code does not show which users can read the database that it writes to.',
  ],
  notes: [
    'A Public type whose records package/packaged-secrets-protected checks is reported as information.',
    'A protected store is reported as information when the project names no namespace.',
  ],
  fix: [
    'Store tokens in a named credential or a protected custom setting.',
    'Store keys in protected custom metadata.',
    'Keep tokens out of logs and out of the storage of a browser: let a server keep them, and give the browser a session.',
    'On a device, use the keychain or the encrypted preferences.',
    'If an ordinary object must contain tokens, encrypt them with a protected key, and say how under `justifications` in security-review.yml.',
    'Rotate the tokens and keys that were public.',
  ],
  examples: {
    bad: 'account.Billing_Token__c = response.accessToken;\nupdate account;',
    good: "req.setEndpoint('callout:Billing/invoices');",
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
  ],
  attestable: true,
  needs: ['project', 'connectedApps', 'externalClientApps', 'secretFindings', 'secretStores', 'tokenRequests'],
  compares: ['integrations'],
  // A secret that was found is a finding, whatever else could not be read.
  provableFromPart: {
    connectedApps: 'fail',
    externalClientApps: 'fail',
    secretFindings: 'fail',
    secretStores: 'fail',
    tokenRequests: 'fail',
  },
  judge: (facts, { declared }) => {
    const { project, secretFindings, secretStores, tokenRequests } = facts;
    const holders = tokenHolders(facts, declared.integrations);
    return decide(
      [
        ...secretFindings.map(inTheOpen),
        ...secretStores.map((store) => lookAtTokens(project, store)),
        // An app or an integration of the policy asks the same.
        ...tokenRequests.exposures.filter(({ to }) => to !== 'unknown' || holders.length === 0).map(exposed),
        ...holders.map(stored),
      ],
      'No object, Public type, Public setting, label or static resource of the package contains a token or an encryption key.'
    );
  },
});

/** The apps of the package, and integrations without one: a look at one app answers for all that use it. */
function tokenHolders(
  facts: Pick<PackageFacts, 'project' | 'connectedApps' | 'externalClientApps'>,
  integrations: Declared['integrations']
): Subject[] {
  const { namespace } = facts.project;
  const apps = oauthApps(facts).map(({ subject }) => subject);
  const appOf = ({ app }: Declared['integrations'][number]): Subject | undefined =>
    app === undefined ? undefined : apps.find(({ name }) => localName(name, namespace) === localName(app, namespace));
  const named = integrations
    .filter(({ flow }) => flow !== 'none')
    .map((integration) => appOf(integration) ?? { type: 'Integration', name: integration.name });
  return [...new Set([...named, ...undeclaredApps(facts, integrations).map(({ subject }) => subject)])];
}

const inTheOpen = ({ type, name, file, line, kind, length, fingerprint }: SecretFinding): Violation | undefined =>
  openPlaces.has(type) && /key|token|authorization/.test(kind)
    ? {
        kind: 'violation',
        subject: { type, name, file, line },
        message: `${name} contains a secret (${kind}, ${length} characters, fingerprint ${fingerprint}) that every user can read.`,
        at: `${kind} ${fingerprint}`,
      }
    : undefined;

/** An object must not contain any secret. Other controls check the other secrets of types and settings. */
function lookAtTokens(project: Project, store: SecretStore): SubjectOutcome {
  const { name, file, line, kind, records } = store;
  const look = lookAtStore(
    project,
    store,
    (field) => kind === 'object' || ((field.use === 'token' || field.use === 'key') && !isOfService(field.name))
  );
  if (!Array.isArray(look) || kind !== 'metadata-type' || records.length === 0) return look;
  // One cause, one finding: that control names each record, and no-secrets-in-source each value.
  return {
    kind: 'latent',
    subject: { type: 'CustomMetadataType', name, file, ...(line === undefined ? {} : { line }) },
    message: `package/packaged-secrets-protected checks the records of ${name}.`,
  };
}

const places: Readonly<Record<Exclude<TokenExposure['to'], 'unknown'>, { where: string; open: string }>> = {
  log: { where: 'a log', open: 'whose token it is' },
  output: { where: 'its output', open: 'what keeps the output' },
  browser: { where: 'a storage that every script of the page can read', open: 'whose token it is' },
  device: { where: 'a storage of the device that keeps it as plain text', open: 'whose token it is' },
  file: { where: 'a file', open: 'what protects the file' },
  store: { where: 'a store', open: 'what protects the store' },
  address: { where: 'an address', open: 'who else sees the address' },
};

function exposed({ subject, form, at, to, sure }: TokenExposure): SubjectOutcome {
  if (to === 'unknown') {
    const detail = `${subject.name} works with a refresh token, and where the code stores it could not be determined.`;
    return { kind: 'not-understood', detail, subject };
  }
  const { where, open } = places[to];
  const message = `${subject.name} writes a token to ${where} (${form})`;
  if (sure) return { kind: 'violation', subject, message: `${message}.`, at: `${to} ${at}` };
  return { kind: 'not-understood', detail: `${message}, and ${open} could not be determined.`, subject };
}

/** Code shows that it writes a token, but not which users can read that database or vault. */
const stored = (subject: Subject): Gap =>
  settingGap(
    subject,
    `Neither the package nor code shows how ${subject.name} stores its tokens. Check it and attest the control.`
  );
