import type { Violation } from '../../engine/types.js';
import type { UserRef } from '../facts.js';

/** What a finding says about the user that it names: an entry that is older than the user covers another one. */
export function aboutUser({ id, username, created }: UserRef): Pick<Violation, 'subject' | 'since'> {
  const subject = { type: 'User', name: username, id };
  return created === undefined ? { subject } : { subject, since: created.slice(0, 10) };
}
