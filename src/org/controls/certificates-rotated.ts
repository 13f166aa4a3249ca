import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Gap, Latent, Subject, Violation } from '../../engine/types.js';
import { DAY, shortDay, isInFuture } from '../../common/dates.js';
import { orgControl, type Certificate } from '../facts.js';
import { ownOauthApps, type OwnOauthApp } from '../findings/ownApps.js';

type Limit = { days: number; now: number; asOf: Date; collected?: Date };
type Dates = { expires: string; created?: string; derived?: boolean };

/** An expiry within this many days is reported as information. */
const soon = 30;

const evaluateCertificate = (certificate: Certificate, limit: Limit): SubjectOutcome => {
  const outcome = evaluateOwnDates(certificate, limit);
  if (!certificate.managerUnknown || outcome === undefined || !('message' in outcome)) return outcome;
  if (outcome.kind === 'latent') return outcome;
  const detail = `${outcome.message} The org does not show whether Salesforce manages and renews it: run with a later --api-version, or check it in Setup.`;
  return { kind: 'not-supported', detail, subject: outcome.subject };
};

const evaluateOwnDates = (
  { id, name, expires, created, derived }: Certificate,
  limit: Limit
): Violation | Latent | Gap | undefined => {
  const subject: Subject = { type: 'Certificate', name, id };
  if (expires === undefined)
    return { kind: 'unreadable', detail: 'Salesforce sent no expiry date for this certificate.', subject };
  return evaluateDates({ expires, created, derived }, limit, `The certificate ${name}`, subject);
};

/** The certificate with which an app of this org checks JWTs is dated from the certificate itself. */
const evaluateApp = ({ subject, settings, unseen }: OwnOauthApp, limit: Limit): SubjectOutcome => {
  if (settings === undefined) return unseen;
  if (!settings.certificate) return undefined;
  if (settings.certificateValidity === undefined) {
    return { kind: 'unreadable', detail: 'The JWT certificate of this app could not be parsed.', subject };
  }
  const { from, to } = settings.certificateValidity;
  return evaluateDates({ created: from, expires: to }, limit, `The JWT certificate of ${subject.name}`, subject);
};

const evaluateDates = (
  { expires, created, derived }: Dates,
  { days, now, ...moments }: Limit,
  what: string,
  subject: Subject
): Violation | Latent | Gap | undefined => {
  const at = subject.type === 'Certificate' ? {} : { at: 'JWT certificate' };
  if (Date.parse(expires) < now) {
    return { kind: 'violation', subject, message: `${what} expired on ${shortDay(expires)}.`, ...at };
  }
  if (created === undefined) {
    const detail = 'Salesforce sent no creation date for this certificate, and its term does not show one.';
    return { kind: 'unreadable', detail, subject };
  }
  if (isInFuture(created, moments)) {
    const detail = `${what} begins on ${shortDay(created)}, in the future: a clock is wrong, or the dates do not show when it was created.`;
    return { kind: 'unreadable', detail, subject };
  }
  if (Date.parse(created) < now - days * DAY) {
    const since = derived ? `${shortDay(created)}, as its term shows` : shortDay(created);
    const message = `${what} was created on ${since}, more than ${days} days ago.`;
    return { kind: 'violation', subject, message, ...at };
  }
  return Date.parse(expires) < now + soon * DAY
    ? { kind: 'latent', subject, message: `${what} expires on ${shortDay(expires)}.`, ...at }
    : undefined;
};

export const certificatesRotated = orgControl({
  id: 'org/certificates-rotated',
  title: 'Every certificate is valid and was created within a year',
  severity: 'high',
  topic: 'certificates',
  problem: {
    one: 'certificate is expired or too old',
    many: 'certificates are expired or too old',
  },
  area: 'Org and keys',
  setup: '/lightning/setup/CertificatesAndKeysManagement/home',
  requirement: 'The client key, client secret, and certificate must be regularly rotated.',
  why: 'The private key of a certificate signs tokens for as long as the certificate is trusted. A self-signed certificate of 4096 bits is valid for two years, so validity alone does not prove rotation.',
  checks: [
    'Every certificate of the org is valid and at most `days` days old.',
    'The JWT certificate of each app of this org is valid and at most `days` days old.',
    'The age of a self-signed certificate without a creation date comes from its term: one year with 2048 bits, two years with 4096 bits.',
  ],
  fails: ['A certificate has expired.', 'A certificate was created more than `days` days ago.'],
  inconclusive: [
    'A certificate has no expiry or creation date, or begins in the future.',
    'A certificate is expired or too old, and the org does not show whether Salesforce renews it.',
    'Salesforce left out a certificate that the Metadata API lists.',
    'The global OAuth settings of an app were not read.',
  ],
  notes: [
    'A certificate that expires within 30 days is informational.',
    'Certificates that Salesforce manages or marked unusable are not checked.',
  ],
  fix: [
    'Setup > Certificate and Key Management: create a new certificate.',
    'Use it in apps and single sign-on, then delete the old certificate.',
    'Setup > App Manager (or External Client App Manager) > the app > OAuth settings: upload a new JWT certificate.',
  ],
  references: [
    'https://help.salesforce.com/s/articleView?id=005318040',
    'https://help.salesforce.com/s/articleView?id=005225370',
    'https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_certificate.htm',
  ],
  // In an org that hides secrets from APIs no API shows the certificate of an External Client App.
  attestable: true,
  needs: ['certificates', 'ownConnectedApps', 'ownExternalClientApps', 'ownGlobalOauthSettings'],
  params: { days: 365 },
  // A certificate that was seen is there, and carries its own dates.
  provableFromPart: {
    certificates: 'fail',
    ownConnectedApps: 'fail',
    ownExternalClientApps: 'fail',
    ownGlobalOauthSettings: 'fail',
  },
  judge: ({ certificates, ...inventory }, { params: { days }, asOf, collected }) => {
    const limit = { days, now: asOf.getTime(), asOf, collected };
    // Nothing can be signed with a certificate that Salesforce marked unusable, and Salesforce renews its own.
    const used = certificates.filter(({ unusable, systemManaged }) => !unusable && !systemManaged);
    const apps = ownOauthApps(inventory);
    const withCertificate = apps.filter(({ settings }) => settings === undefined || settings.certificate);
    if (used.length + withCertificate.length === 0) {
      return notApplicable('The org has no certificate that can be used.');
    }
    return decide(
      [...used.map((one) => evaluateCertificate(one, limit)), ...apps.map((app) => evaluateApp(app, limit))],
      `Every certificate that can be used is valid and at most ${days} days old.`
    );
  },
});
