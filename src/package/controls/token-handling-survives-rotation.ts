import { decide, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Subject } from '../../engine/types.js';
import { codeRead, integrationCode, unreadIntegrations, unreadNotes } from '../apps/integrationCoverage.js';
import { packageControl, type AuthorizationRequest, type TokenRefresh } from '../facts.js';

export const tokenHandlingSurvivesRotation = packageControl({
  id: 'package/token-handling-survives-rotation',
  title: 'Code keeps the rotated refresh token, refreshes one at a time and sends a code challenge',
  severity: 'high',
  topic: 'token handling',
  problem: { one: 'place in code loses tokens when they rotate', many: 'places in code lose tokens when they rotate' },
  area: 'Code and secrets',
  requirement:
    'Code works with refresh token rotation and PKCE: it stores the new refresh token of each answer, does not use one ' +
    'refresh token twice, and sends a code challenge with each authorization request',
  source: 'Salesforce Help 005316711, 12 Mar 2026',
  why:
    'With rotation each refresh token works once. Code that uses one a second time makes Salesforce revoke the token ' +
    'and everything issued with it, and every customer has to log in again.',
  checks: [
    'Requests with grant_type=refresh_token to Salesforce, and what the code does with their answer, across functions.',
    'Clients of jsforce, Restforce, requests-oauthlib, Authlib and passport-oauth2-refresh that refresh by themselves.',
    'Authorization requests with response_type=code, and those of known libraries.',
    'Languages: JavaScript, TypeScript, Python, Java, Kotlin, Ruby, Go, C# and Apex.',
  ],
  fails: [
    'Code reads the access token of the answer and drops its refresh_token, or writes the old one over it.',
    'Nothing takes the answer of a refresh.',
    'Code starts refreshes in parallel and shows no lock.',
    'An authorization request to Salesforce has no code_challenge.',
  ],
  inconclusive: [
    'The code does not show what becomes of the answer, or whom it is sent to.',
    'The code shows no lock around a refresh and no parallel start either.',
    'A library builds the authorization request, and the code does not show PKCE.',
    'The code only mentions PKCE: in a text, in a type, or in another request of the file.',
    ...unreadNotes,
  ],
  notes: [
    'A refresh to another vendor is not checked.',
    'passport-oauth2 and golang.org/x/oauth2 send a code_challenge only if an option asks for it.',
    'Libraries that keep rotated tokens by themselves, such as Salesforce Mobile SDK, golang.org/x/oauth2 and Spring Security, start no request that the code shows, and are not reported.',
  ],
  fix: [
    'Read refresh_token of each answer and store it in one step with the access token; keep the old one only if the answer has none.',
    'Let one refresh run at a time for each user (a mutex in one process, a row lock or an advisory lock across processes), and read the token again after the lock.',
    'Send code_challenge and code_challenge_method=S256 with each authorization request, and code_verifier with the code.',
  ],
  examples: {
    bad: 'const answer = await refresh(old);\nawait store.save({ access: answer.access_token, refresh: old });',
    good:
      'await mutex.runExclusive(async () => {\n  const answer = await refresh(await store.refreshToken());\n' +
      '  await store.save(answer.access_token, answer.refresh_token);\n});',
  },
  references: [
    'https://help.salesforce.com/s/articleView?id=005316711&type=1',
    'https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm',
  ],
  ...integrationCode,
  needs: [...integrationCode.needs, 'tokenRequests'],
  provableFromPart: { ...integrationCode.provableFromPart, tokenRequests: 'fail' },
  judge: (facts, { declared }) => {
    const { refreshes, authorizations } = facts.tokenRequests;
    const unread = unreadIntegrations(facts, declared);
    if (refreshes.length + authorizations.length + unread.length === 0) {
      return notApplicable(`Nothing refreshes a token of Salesforce or asks for a code in ${codeRead(facts)}.`);
    }
    return decide(
      [...refreshes.map(evaluateRefresh), ...authorizations.map(evaluateAuthorization), unread],
      `Every refresh (${refreshes.length}) keeps the new token and is locked, and every authorization request ` +
        `(${authorizations.length}) has a code challenge.`
    );
  },
});

function evaluateRefresh({ subject, at, form, keepsRotatedToken, guarded }: TokenRefresh): SubjectOutcome {
  if (keepsRotatedToken === 'no') {
    const message = `The refresh token of the answer is dropped (${form}): after one refresh with rotation the next fails.`;
    return { kind: 'violation', subject, at: `${at} dropped`, message };
  }
  if (guarded === 'no') {
    const message = `Refreshes start in parallel without a lock (${form}): two that use one token revoke it.`;
    return { kind: 'violation', subject, at: `${at} parallel`, message };
  }
  if (keepsRotatedToken === 'unknown') {
    return notUnderstood(subject, `${form}: the code does not show whether the refresh token of the answer is kept.`);
  }
  return guarded === 'unknown'
    ? notUnderstood(subject, `${form}: the code shows no lock that keeps two refreshes from running at the same time.`)
    : undefined;
}

function evaluateAuthorization({ subject, at, form, challenge }: AuthorizationRequest): SubjectOutcome {
  if (challenge === 'yes') return undefined;
  if (challenge === 'no') {
    const message = `The authorization request has no code_challenge (${form}): it fails where PKCE is required.`;
    return { kind: 'violation', subject, at: `${at} challenge`, message };
  }
  return notUnderstood(subject, `${form}: the code does not show whether the request has a code_challenge.`);
}

function notUnderstood(subject: Subject, why: string): SubjectOutcome {
  const place = `${subject.file ?? subject.name}${subject.line === undefined ? '' : `:${subject.line}`}`;
  return { kind: 'not-understood', subject, detail: `${place}: ${why}` };
}
