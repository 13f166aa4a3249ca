import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Violation, Subject } from '../../engine/types.js';
import { isOfService } from '../../salesforce/secretNames.js';
import { packageControl, type Project, type SecretFinding, type SecretStore } from '../facts.js';
import { undeclaredApps } from '../apps/integrationCoverage.js';
import { gapOf } from '../apps/oauthApps.js';
import { lookAtStore } from '../secrets/secretStoreFindings.js';

/** Places that are read by everybody, and that code fills with keys all the same. */
const openPlaces: ReadonlySet<string> = new Set(['StaticResource', 'CustomLabels']);

export const tokensStoredSecurely = packageControl({
  id: 'package/tokens-stored-securely',
  title: 'Access and refresh tokens and encryption keys are stored where only the code of the package reads them',
  severity: 'high',
  topic: 'token storage',
  problem: { one: 'store keeps tokens or keys in the open', many: 'stores keep tokens or keys in the open' },
  area: 'Code and secrets',
  requirement:
    'Robust measures protect the secrets of Connected and External Client Apps: encryption keys are safeguarded, and ' +
    'access and refresh tokens are stored securely',
  checks: [
    'Looks at types and settings with a field that is named like a token or a key, at objects with one that is named like any secret, at labels and static resources, at every integration of the policy, except those with the flow none, and at every app of the package that no integration names.',
    'Informational are a Public type whose records packaged-secrets-protected evaluates, and a protected store where the project names no namespace.',
  ],
  fails: [
    'Such a field in a Public type or setting, and a key or a token in a label or a static resource, is a violation; such a field in an ordinary object, encrypted or not, needs a justification.',
  ],
  inconclusive: [
    'A store that the package does not define makes it inconclusive, and so does each such integration and app, whether its code was read or not, because code does not show who reads the database that it writes to: a person has to answer that it stores its tokens securely.',
  ],
  why:
    'A token in an ordinary object, a label or a static resource belongs to everybody with access to the data, and ' +
    'whoever holds a refresh token is that user for as long as it lives.',
  fix: [
    'Let a named credential keep tokens, or a protected custom setting; keep keys in protected custom metadata.',
    'Where an ordinary object has to hold tokens, encrypt them with a key that is protected, and say under `justifications` in security-review.yml how.',
    'Rotate what stood in the open.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_storage_sensitive_data.htm',
  ],
  attestable: true,
  needs: ['project', 'connectedApps', 'externalClientApps', 'secretFindings', 'secretStores'],
  compares: ['integrations'],
  // What was seen in the open is there, whatever else could not be read.
  provableFromPart: {
    connectedApps: 'fail',
    externalClientApps: 'fail',
    secretFindings: 'fail',
    secretStores: 'fail',
  },
  judge: (facts, { declared }) => {
    const { project, secretFindings, secretStores } = facts;
    const holders: Subject[] = [
      ...declared.integrations.filter(({ flow }) => flow !== 'none').map(({ name }) => ({ type: 'Integration', name })),
      ...undeclaredApps(facts, declared.integrations).map(({ subject }) => subject),
    ];
    if (!project.isPackage && holders.length === 0) return notApplicable('The project is not a package.');
    return decide(
      [
        ...secretFindings.map(inTheOpen),
        ...secretStores.map((store) => lookAtTokens(project, store)),
        ...holders.map(stored),
      ],
      'No access or refresh token and no key to encrypt with is kept in an open object, type or setting, in a label or in a static resource.'
    );
  },
});

const inTheOpen = ({ type, name, file, line, kind, length, fingerprint }: SecretFinding): Violation | undefined =>
  openPlaces.has(type) && /key|token|authorization/.test(kind)
    ? {
        kind: 'violation',
        subject: { type, name, file, line },
        message: `A secret (${kind}, ${length} characters, fingerprint ${fingerprint}) is kept where everybody reads it.`,
        at: `${kind} ${fingerprint}`,
      }
    : undefined;

/** An object is no place for any secret; of types and settings their own controls judge the others. */
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
    message: `package/packaged-secrets-protected evaluates the records of ${name}.`,
  };
}

/** Code shows that a token is written somewhere, and not who reads that database or vault. */
const stored = (subject: Subject): Gap =>
  gapOf(subject, 'How it stores its tokens shows neither in the package nor in its code; a person has to answer.');
