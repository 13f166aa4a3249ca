import { defined } from '../../common/defined.js';
import { mapEvidence, orGap } from '../../engine/evidence.js';
import type { Gap } from '../../engine/types.js';
import type { ExternalClientAppSettings } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';
import { settingsOf, toBoolean } from './shared/soql.js';

/** The first API version that has both settings: enableConsumerSecretApiAccess came with 57. */
const since = 60;

/** Metadata API, ExternalClientAppSettings. */
export const externalClientAppSettings = orgCollector<ExternalClientAppSettings>({
  reads: ['ExternalClientAppSettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    orGap(
      mapEvidence(await settingsOf(org, 'ExternalClientAppSettings'), (metadata) =>
        defined<ExternalClientAppSettings>({
          secretsInMetadataApi: toBoolean(metadata['enableConsumerSecretApiAccess']),
          secretsInRestApi: toBoolean(metadata['enableClientSecretInRestApiAccess']),
        })
      ),
      tooOld(org.version)
    ),
});

/** An older version does not show the settings, whatever they are: no attestation can replace them. */
function tooOld(version: string): Gap | undefined {
  if (Number(version) >= since) return undefined;
  const detail = `ExternalClientAppSettings was read with API version ${version}; its settings need ${since}.0 or later.`;
  return { kind: 'not-supported', detail };
}
