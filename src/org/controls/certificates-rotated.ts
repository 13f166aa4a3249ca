import { each, notApplicable, type Look } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { orgControl, type Certificate } from '../facts.js';
import { day, dayOf } from '../../common/dates.js';

type Limit = { days: number; now: number };

/** Days before the end in which an expiry is worth saying. */
const soon = 30;

const look = ({ id, name, expires, created, derived }: Certificate, { days, now }: Limit): Look => {
  const subject: Subject = { type: 'Certificate', name, id };
  if (expires === undefined)
    return { kind: 'unreadable', detail: 'Salesforce sent no date of expiry for it.', subject };
  if (Date.parse(expires) < now) return { kind: 'violation', subject, message: `Expired on ${dayOf(expires)}.` };
  if (created === undefined) {
    return { kind: 'unreadable', detail: 'Salesforce sent no date of creation, and its term does not tell.', subject };
  }
  if (Date.parse(created) < now - days * day) {
    const since = derived ? `${dayOf(created)}, as its term tells` : dayOf(created);
    return { kind: 'violation', subject, message: `Was created on ${since}, more than ${days} days ago.` };
  }
  return Date.parse(expires) < now + soon * day
    ? { kind: 'latent', subject, message: `Expires on ${dayOf(expires)}.` }
    : undefined;
};

export const certificatesRotated = orgControl({
  id: 'org/certificates-rotated',
  title: 'Every certificate is valid and was created within a year',
  severity: 'high',
  topic: 'certificates',
  problem: {
    one: 'certificate is expired or older than allowed',
    many: 'certificates are expired or older than allowed',
  },
  area: 'Org and keys',
  setup: '/lightning/setup/CertificatesAndKeysManagement/home',
  requirement: 'The client key, client secret, and certificate must be regularly rotated.',
  decision:
    'Looks at every certificate of the org, except those that Salesforce marked unusable. One that has expired, or ' +
    'was created more than `days` days ago, is a violation; one that expires within 30 days is latent. A ' +
    'self-signed certificate without a date of creation is dated by its term: a year with 2048 bits, two years with ' +
    '4096. Where a date is still missing, or Salesforce left out a certificate that the Metadata API lists, it is ' +
    'inconclusive.',
  rationale:
    'The private key of a certificate signs tokens for as long as the certificate is trusted, and a self-signed one of ' +
    '4096 bits lives for two years: that it has not expired does not show that it was rotated.',
  remediation:
    'Setup > Certificate and Key Management: create a new certificate, use it in apps and single sign-on, and delete ' +
    'the old one.',
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_certificate.htm',
  ],
  attestable: false,
  needs: ['certificates'],
  params: { days: 365 },
  // A certificate that was seen is there, and carries its own dates.
  provableFromPart: { certificates: 'fail' },
  judge: ({ certificates }, { params: { days }, asOf }) =>
    each(
      // Nothing can be signed with a certificate that Salesforce marked unusable.
      certificates.filter(({ unusable }) => !unusable),
      notApplicable('The org has no certificate that can be used.'),
      (certificate) => look(certificate, { days, now: asOf.getTime() }),
      `Every certificate that can be used is valid and at most ${days} days old.`
    ),
});
