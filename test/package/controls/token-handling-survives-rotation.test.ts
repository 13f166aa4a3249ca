import { tokenHandlingSurvivesRotation } from '../../../src/package/controls/token-handling-survives-rotation.js';
import type { YesNoUnknown, PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { oneExternalClientApp, packageFacts } from '../../support/packageFacts.js';

const file = 'gateway/src/auth.ts';
const place = (
  line: number,
  form: string
): Pick<PackageFacts['tokenRequests']['refreshes'][number], 'in' | 'language' | 'form' | 'subject' | 'at'> => ({
  in: 'integration',
  language: 'TypeScript',
  form,
  at: form,
  subject: { type: 'File', name: 'src/auth.ts', file, line },
});
const refresh = (keepsRotatedToken: YesNoUnknown, guarded: YesNoUnknown): PackageFacts =>
  packageFacts({
    tokenRequests: {
      refreshes: [{ ...place(12, 'grant_type=refresh_token'), keepsRotatedToken, guarded }],
      authorizations: [],
      exposures: [],
    },
  });
const authorize = (challenge: YesNoUnknown): PackageFacts =>
  packageFacts({
    tokenRequests: { refreshes: [], exposures: [], authorizations: [{ ...place(4, 'response_type=code'), challenge }] },
  });
const names = ['File:src/auth.ts'];

testControl(tokenHandlingSurvivesRotation, {
  pass: [
    { name: 'a refresh that keeps the token under a lock', facts: refresh('yes', 'yes') },
    { name: 'an authorization request with a code challenge', facts: authorize('yes') },
  ],
  fail: [
    { name: 'a refresh that drops the token', facts: refresh('no', 'yes'), names, says: [/is dropped/] },
    { trap: true, name: 'a lock does not keep a token', facts: refresh('no', 'unknown'), names },
    { name: 'parallel refreshes without a lock', facts: refresh('yes', 'no'), names, says: [/parallel/] },
    {
      name: 'an authorization request without a code challenge',
      facts: authorize('no'),
      names,
      says: [/code_challenge/],
    },
  ],
  inconclusive: [
    { name: 'an answer that is not followed', facts: refresh('unknown', 'yes'), reason: /auth\.ts:12: .*is kept/ },
    { trap: true, name: 'no lock is seen', facts: refresh('yes', 'unknown'), reason: /no lock/ },
    { name: 'a library that builds the request', facts: authorize('unknown') },
    { trap: true, name: 'code of an app that was not handed in', facts: oneExternalClientApp() },
  ],
  notApplicable: [{ name: 'code that touches no token', facts: packageFacts() }],
});
