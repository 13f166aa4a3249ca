import { decide, type SubjectOutcome } from '../../engine/control.js';
import { deviceFlow } from '../../salesforce/oauth.js';
import { packageControl } from '../facts.js';
import { codeRead, integrationCode, unreadNotes, unreadIntegrations, usesIn } from '../apps/integrationCoverage.js';
import { oauthApps, subjectAt, unseenSwitch } from '../apps/oauthApps.js';

export const noDeviceFlow = packageControl({
  id: 'package/no-device-flow',
  title: 'No app allows the OAuth device flow, and no code starts it',
  severity: 'high',
  topic: 'device flow',
  problem: { one: 'app or place in code allows the device flow', many: 'apps or places in code allow the device flow' },
  area: 'Packaged apps',
  requirement: 'Apps must not rely on the device flow',
  why: 'In the device flow a user types a code that another party requested. One phone call is enough to make a user hand a token to a stranger.',
  checks: [
    'The device flow switch of every app of the package that uses OAuth.',
    'The code of the package and of its integrations.',
  ],
  fails: ['isDeviceFlowEnabled is on.', 'Code starts the device flow.'],
  inconclusive: [
    'The source does not show the switch.',
    'Code starts a flow that the tool does not understand.',
    ...unreadNotes,
  ],
  fix: [
    'Turn off Enable Device Flow in the OAuth settings of the app (isDeviceFlowEnabled).',
    'Use the authorization code flow with PKCE in the code.',
    'If the source does not show the switch, retrieve the Connected App with API version 68 or later.',
    'Pass the code outside the package with --integration-dir.',
  ],
  examples: {
    bad: '<isDeviceFlowEnabled>true</isDeviceFlowEnabled>',
    good: '<isDeviceFlowEnabled>false</isDeviceFlowEnabled>',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040&type=1',
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_device_flow.htm&type=5',
  ],
  ...integrationCode,
  // A look at one app, or at the code of one integration, says nothing about the next.
  attestableSubjects: 'each',
  judge: (facts, { declared }) => {
    const switches = oauthApps(facts).map((app): SubjectOutcome => {
      const allowed = app.settings?.deviceFlow;
      // Below API 68 the file of a Connected App never names the switch.
      if (!allowed) return unseenSwitch(app, deviceFlow);
      const message = `${app.subject.name} allows the device flow: ${deviceFlow.element} is true.`;
      return allowed.value ? { kind: 'violation', subject: subjectAt(app, allowed), message } : undefined;
    });
    const started = usesIn(facts, ['device', 'unknown'], ({ form, subject }) => ({
      message: `${subject.name} starts the device flow: ${form}.`,
    }));
    const looks = [...switches, ...started, unreadIntegrations(facts, declared)];
    return decide(looks, whenFine(facts, switches.length));
  },
});

const whenFine = (facts: Parameters<typeof codeRead>[0], apps: number): string =>
  `${apps > 0 ? 'Every app has the device flow turned off, and no code starts it' : 'No code starts the device flow'} (${codeRead(facts)}).`;
