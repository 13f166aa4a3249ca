import type { Row } from '../scenario.js';

/** Clock of the named scenarios. */
export const NOW = '2026-11-20T09:00:00.000Z';

/** ISO time a number of days before the scenarios' clock; negative for after it. */
export function daysAgo(days: number): string {
  return new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
}

/** User columns of a user without findings: verified address, recent login and password. */
export function carefulPerson(more: Row = {}): Row {
  return {
    HasUserVerifiedEmail: true,
    CreatedDate: daysAgo(700),
    LastLoginDate: daysAgo(1),
    LastPasswordChangeDate: daysAgo(40),
    PasswordExpirationDate: daysAgo(-50),
    ...more,
  };
}

/** One UI login and its TLS facts. */
export function login(userId: string, days: number, sourceIp: string, more: Row = {}): Row {
  return {
    UserId: userId,
    LoginTime: daysAgo(days),
    LoginType: 'Application',
    Application: 'Browser',
    Browser: 'Chrome 130',
    Platform: 'Mac OSX',
    SourceIp: sourceIp,
    Status: 'Success',
    TlsProtocol: 'TLS 1.3',
    CountryIso: 'DE',
    ...more,
  };
}
