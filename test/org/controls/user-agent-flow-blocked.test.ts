import { userAgentFlowBlocked } from '../../../src/org/controls/user-agent-flow-blocked.js';
import { testFlowControl } from './flowTable.js';

testFlowControl(userAgentFlowBlocked, {
  label: 'user-agent flow',
  blocks: 'userAgentBlocked',
  setting: 'Setting:OauthOidc.blockOAuthUsrAgtFlow',
  subtypes: ['OauthUserAgent', 'OauthUserAgentIdToken', 'OauthHybridUserAgent'],
  other: 'OauthUsernamePassword',
});
