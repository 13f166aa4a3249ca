import { decide, type SubjectOutcome } from '../../engine/control.js';
import { orgControl } from '../facts.js';

type Api = { key: string; since: number; api: string };

const evaluateSwitch = (value: boolean | undefined, { key, since, api }: Api): SubjectOutcome => {
  const subject = { type: 'Setting', name: `ExternalClientApp.${key}` };
  if (value === undefined) {
    return {
      kind: 'not-supported',
      detail: `The org did not send ${key}, which exists from API ${since} on.`,
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
  setup: '/lightning/setup/ManageExternalClientApplication/home',
  requirement: 'Robust security measures must be in place to protect various secrets used in the CA/ECA use cases.',
  checks: [
    'Checks two settings of the org: access to consumer secrets of External Client Apps through the Metadata API and through the REST API.',
  ],
  fails: ['Each that is on is a violation.'],
  inconclusive: ['A setting that the org did not send is not off, and makes it inconclusive.'],
  why:
    'While a setting is on, each user and each token with the permission can copy the secret of every External Client ' +
    'App, and the global OAuth settings that carry it get into source control.',
  fix: [
    'Setup > External Client App Settings: turn off the access to consumer secrets through the Metadata API and through the REST API.',
    'Then no API shows callbacks and switches of an app: the controls that rest on them can be attested.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=xcloud.shr_external_client_apps.htm&type=5',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientappsettings.htm',
  ],
  attestable: false,
  needs: ['externalClientAppSettings'],
  // A value that was sent is the value; one that was not sent is undefined.
  provableFromPart: { externalClientAppSettings: 'fail' },
  judge: ({ externalClientAppSettings: { secretsInMetadataApi, secretsInRestApi } }) =>
    decide(
      [
        evaluateSwitch(secretsInMetadataApi, { key: 'enableConsumerSecretApiAccess', since: 57, api: 'Metadata API' }),
        evaluateSwitch(secretsInRestApi, { key: 'enableClientSecretInRestApiAccess', since: 60, api: 'REST API' }),
      ],
      'Neither the Metadata API nor the REST API shows consumer secrets of External Client Apps.'
    ),
});
