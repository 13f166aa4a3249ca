import { defined } from '../../common/defined.js';
import type { Violation } from '../../engine/types.js';
import type { UserRef } from '../facts.js';

/** What a finding says about the user that it names: an entry that is older than the user covers another one. */
export function aboutUser({ id, username, created }: UserRef): Pick<Violation, 'subject' | 'since'> {
  return defined({ subject: { type: 'User', name: username, id }, since: created?.slice(0, 10) });
}
