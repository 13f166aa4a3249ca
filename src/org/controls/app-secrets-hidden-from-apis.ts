import { decide, type SubjectOutcome } from '../../engine/control.js';
import { orgControl } from '../facts.js';

type Api = { key: string; api: string };

const evaluateSwitch = (value: boolean | undefined, { key, api }: Api): SubjectOutcome => {
  const subject = { type: 'Setting', name: `ExternalClientApp.${key}` };
  if (value === undefined) {
    return {
      kind: 'not-supported',
      detail: `The org did not send ${key}. Check it in Setup > External Client App Settings, and attest it for this setting.`,
      subject,
    };
  }
  return value
    ? { kind: 'violation', subject, message: `The ${api} can read the consumer secrets of External Client Apps.` }
    : undefined;
};

export const appSecretsHiddenFromApis = orgControl({
  id: 'org/app-secrets-hidden-from-apis',
  title: 'Consumer secrets of External Client Apps cannot be read through an API',
  severity: 'high',
  topic: 'secrets in APIs',
  problem: { one: 'API can read consumer secrets', many: 'APIs can read consumer secrets' },
  area: 'Org and keys',
  setup: '/lightning/setup/ExternalClientApplicationSettings/home',
  requirement: 'Robust security measures must be in place to protect various secrets used in the CA/ECA use cases.',
  why: 'While a setting is on, each user and each token with the permission can copy the secret of every External Client App, and the global OAuth settings that contain it can get into source control.',
  checks: [
    'Access to consumer secrets of External Client Apps through the Metadata API is off.',
    'Access to consumer secrets of External Client Apps through the REST API is off.',
  ],
  fails: ['One of the two settings is on.'],
  inconclusive: [
    'The org did not send one of the two settings, as many orgs do since enableConsumerSecretApiAccess was deprecated. Attest it with the setting as subject.',
  ],
  notes: [
    'While both settings are off, no API shows the callbacks and switches of an External Client App; attest the controls that depend on them.',
  ],
  fix: [
    'Setup > External Client App Settings: turn off the access to consumer secrets through the Metadata API.',
    'On the same page, turn off the access to consumer secrets through the REST API.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientappsettings.htm',
  ],
  attestable: true,
  attestableSubjects: ['Setting'],
  needs: ['externalClientAppSettings'],
  // A value that was sent is the value; one that was not sent is undefined.
  provableFromPart: { externalClientAppSettings: 'fail' },
  judge: ({ externalClientAppSettings: { secretsInMetadataApi, secretsInRestApi } }) =>
    decide(
      [
        evaluateSwitch(secretsInMetadataApi, { key: 'enableConsumerSecretApiAccess', api: 'Metadata API' }),
        evaluateSwitch(secretsInRestApi, { key: 'enableClientSecretInRestApiAccess', api: 'REST API' }),
      ],
      'Neither the Metadata API nor the REST API shows consumer secrets of External Client Apps.'
    ),
});
