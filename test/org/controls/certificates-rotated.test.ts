import { certificatesRotated } from '../../../src/org/controls/certificates-rotated.js';
import type { Certificate, OrgFacts } from '../../../src/org/facts.js';
import { testControl } from '../../support/controlTester.js';

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
const facts = (...certificates: readonly Certificate[]): Pick<OrgFacts, 'certificates'> => ({ certificates });
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
      name: 'trap: an unusable certificate signs nothing',
      facts: facts(certificate(), certificate({ expires: '2020-01-01T00:00:00.000Z', unusable: true })),
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
      says: [/Expired on 2026-11-22/],
    },
    {
      name: 'valid when the evidence was collected, expired by the day as of which it is judged',
      facts: facts(certificate({ expires: '2026-11-23T00:00:00.000Z' })),
      collected: new Date('2026-11-22T10:00:00.000Z'),
      names,
    },
    {
      name: 'trap: valid for two years is not rotated within one',
      facts: facts(certificate({ created: '2025-11-23T09:59:59.999Z', expires: '2027-11-23T00:00:00.000Z' })),
      names,
      says: [/created on 2025-11-23, more than 365 days ago/],
    },
    {
      name: 'a creation that its term tells',
      facts: facts(certificate({ created: '2025-10-01T00:00:00.000Z', derived: true })),
      names,
      says: [/2025-10-01, as its term tells/],
    },
    {
      name: 'an offender beside one without dates',
      facts: facts(certificate({ created: '2020-01-01T00:00:00.000Z' }), certificate({ created: undefined })),
      names,
    },
  ],
  inconclusive: [
    { name: 'trap: no date of creation', facts: facts(certificate({ created: undefined })) },
    { name: 'no date of expiry', facts: facts(certificate({ expires: undefined })) },
  ],
  notApplicable: [
    { name: 'the only certificate is unusable', facts: facts(certificate({ unusable: true })) },
    { name: 'no certificate', facts: facts() },
  ],
});
