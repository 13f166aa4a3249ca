import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import type { OauthFlowSettings } from '../facts.js';
import { orgCollector } from './shared/orgCollector.js';
import { settingsOf, toBoolean } from './shared/soql.js';

/** Metadata API, OauthOidcSettings: available from API 56 on. */
export const oauthFlowSettings = orgCollector<OauthFlowSettings>({
  reads: ['OauthOidcSettings (Tooling)'],
  requires: [],
  collect: async (org) =>
    mapEvidence(await settingsOf(org, 'OauthOidcSettings'), (metadata) =>
      defined<OauthFlowSettings>({
        userAgentBlocked: toBoolean(metadata['blockOAuthUsrAgtFlow']),
        usernamePasswordBlocked: toBoolean(metadata['blockOAuthUnPwFlow']),
      })
    ),
});
