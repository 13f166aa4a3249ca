import { mapEvidence } from '../../engine/evidence.js';
import type { ExternalClientAppSettings } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';
import { defined, settingsOf, toBoolean } from './shared/soql.js';

/** Metadata API, ExternalClientAppSettings. */
export const externalClientAppSettings = orgCollector<ExternalClientAppSettings>({
  reads: ['ExternalClientAppSettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    mapEvidence(await settingsOf(org, 'ExternalClientAppSettings'), (metadata) =>
      defined({
        secretsInMetadataApi: toBoolean(metadata['enableConsumerSecretApiAccess']),
        secretsInRestApi: toBoolean(metadata['enableClientSecretInRestApiAccess']),
      })
    ),
});
