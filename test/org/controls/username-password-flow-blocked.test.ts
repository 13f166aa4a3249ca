import { usernamePasswordFlowBlocked } from '../../../src/org/controls/username-password-flow-blocked.js';
import { testFlowControl } from './flowTable.js';

testFlowControl(usernamePasswordFlowBlocked, {
  label: 'username-password flow',
  blocks: 'usernamePasswordBlocked',
  setting: 'Setting:OauthOidc.blockOAuthUnPwFlow',
  subtypes: ['OauthUsernamePassword'],
  other: 'OauthUserAgent',
});
