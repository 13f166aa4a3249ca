import { certificatesRotated } from '../../../src/org/controls/certificates-rotated.js';
import type { Certificate, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';
import { connected, external, facts as appFacts, global } from '../ownAppsSamples.js';

const limit = '2025-11-23T10:00:00.000Z';
const certificate = (rest: Partial<Certificate> = {}): Certificate => ({
  id: '0P11',
  name: 'Jwt',
  created: '2026-06-01T00:00:00.000Z',
  expires: '2027-06-01T00:00:00.000Z',
  derived: false,
  unusable: false,
  ...rest,
});
type Facts = Pick<OrgFacts, 'certificates' | 'ownConnectedApps' | 'ownExternalClientApps' | 'ownGlobalOauthSettings'>;
const facts = (...certificates: readonly Certificate[]): Facts => ({ certificates, ...appFacts([], []) });
/** An app of this org with a JWT certificate of these dates. */
const withApp = (from: string, to: string): Facts => ({
  certificates: [],
  ...appFacts([connected({ certificate: true, certificateValidity: { from, to } })]),
});
const names = ['Certificate:Jwt'];

testControl(certificatesRotated, {
  pass: [
    { name: 'young and valid', facts: facts(certificate()), latent: [] },
    { name: 'exactly as old as it may be', facts: facts(certificate({ created: limit })), latent: [] },
    { name: 'expires in 30 days', facts: facts(certificate({ expires: '2026-12-23T10:00:00.000Z' })), latent: [] },
    {
      name: 'expires within 30 days',
      facts: facts(certificate({ expires: '2026-12-23T09:59:59.999Z' })),
      latent: names,
    },
    { name: 'expires now', facts: facts(certificate({ expires: '2026-11-23T10:00:00.000Z' })), latent: names },
    {
      trap: true,
      name: 'an unusable certificate signs nothing',
      facts: facts(certificate(), certificate({ expires: '2020-01-01T00:00:00.000Z', unusable: true })),
    },
    {
      trap: true,
      name: 'Salesforce renews the certificates that it manages',
      facts: facts(certificate(), certificate({ created: '2020-01-01T00:00:00.000Z', systemManaged: true })),
    },
    {
      name: 'the JWT certificate of an app is young',
      facts: withApp('2026-06-01T00:00:00.000Z', '2027-06-01T00:00:00.000Z'),
    },
    {
      name: 'the JWT certificate of an app expires soon',
      facts: withApp('2026-06-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'),
      latent: ['ConnectedApp:Acme Sync'],
    },
    {
      name: 'an External Client App without a JWT certificate, as its settings show',
      facts: { ...facts(certificate()), ...appFacts([external()], [global()]) },
    },
    {
      name: 'more days by parameter',
      facts: facts(certificate({ created: '2025-11-01T00:00:00.000Z' })),
      params: { days: 400 },
    },
  ],
  fail: [
    {
      name: 'expired',
      facts: facts(certificate({ expires: '2026-11-22T00:00:00.000Z' })),
      names,
      says: [/^The certificate Jwt expired on 22 Nov 2026\.$/],
    },
    {
      name: 'valid when the evidence was collected, expired by the day as of which it is judged',
      facts: facts(certificate({ expires: '2026-11-23T00:00:00.000Z' })),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      names,
    },
    {
      trap: true,
      name: 'valid for two years is not rotated within one',
      facts: facts(certificate({ created: '2025-11-23T09:59:59.999Z', expires: '2027-11-23T00:00:00.000Z' })),
      names,
      says: [/created on 23 Nov 2025, more than 365 days ago/],
    },
    {
      trap: true,
      name: 'the JWT certificate of an app is dated from the certificate itself',
      facts: withApp('2024-06-01T00:00:00.000Z', '2034-06-01T00:00:00.000Z'),
      names: ['ConnectedApp:Acme Sync'],
      says: [/^The JWT certificate of Acme Sync was created on 1 Jun 2024, more than 365 days ago\.$/],
    },
    {
      name: 'the JWT certificate of an External Client App has expired',
      facts: {
        certificates: [],
        ...appFacts(
          [external()],
          [
            global({
              certificate: true,
              certificateValidity: { from: '2025-12-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' },
            }),
          ]
        ),
      },
      names: ['ExternalClientApp:Acme_Door'],
    },
    {
      name: 'a creation that its term tells',
      facts: facts(certificate({ created: '2025-10-01T00:00:00.000Z', derived: true })),
      names,
      says: [/1 Oct 2025, as its term shows/],
    },
    {
      name: 'a finding, and one without dates',
      facts: facts(certificate({ created: '2020-01-01T00:00:00.000Z' }), certificate({ created: undefined })),
      names,
    },
  ],
  inconclusive: [
    {
      trap: true,
      name: 'created in the future, by the clock of the org, is not young',
      facts: facts(certificate({ created: '2028-11-24T10:00:00.000Z', expires: '2029-06-01T00:00:00.000Z' })),
      reason: /in the future: a clock is wrong/,
    },
    { trap: true, name: 'no date of creation', facts: facts(certificate({ created: undefined })) },
    {
      trap: true,
      name: 'a JWT certificate that could not be parsed',
      facts: { certificates: [], ...appFacts([connected({ certificate: true })]) },
    },
    {
      trap: true,
      name: 'the settings of an External Client App were not read, and may contain a certificate',
      facts: { certificates: [certificate()], ...appFacts([external()]) },
    },
    {
      trap: true,
      name: 'two global OAuth settings of one name',
      facts: { certificates: [], ...appFacts([external()], [global(), global()]) },
    },
    { name: 'no date of expiry', facts: facts(certificate({ expires: undefined })) },
  ],
  notApplicable: [
    { name: 'the only certificate is unusable', facts: facts(certificate({ unusable: true })) },
    { name: 'no certificate', facts: facts() },
    { name: 'only certificates that Salesforce manages', facts: facts(certificate({ systemManaged: true })) },
  ],
});
