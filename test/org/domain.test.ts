import { expect } from 'chai';
import { hardenedInput } from '../../simulator/scenarios/hardened.js';
import { scenario } from '../../simulator/index.js';
import { collect } from '../../src/engine/collect.js';
import type { EvidenceOf, Policy } from '../../src/engine/types.js';
import { orgCollectors } from '../../src/org/collectors/index.js';
import type { OrgFacts } from '../../src/org/facts.js';
import { orgDomain } from '../../src/org/index.js';
import { context, open, stopAll } from './support.js';

const policy = (roles?: Policy['orgs'][number]['roles']): Policy =>
  ({ orgs: [{ alias: 'hub', id: '00D000000000001', ...(roles ? { roles } : {}) }] }) as unknown as Policy;

const evidence: EvidenceOf<OrgFacts> = {
  organization: {
    status: 'complete',
    value: { id: '00D000000000001AAA', name: 'Acme', edition: 'Developer Edition', sandbox: false },
  },
  auditor: { status: 'complete', value: { username: 'ada@acme.example', held: [], known: [], required: [] } },
  roleSigns: {
    status: 'complete',
    value: [
      { role: 'dev-hub', holds: true, because: 'Dev Hub is switched on in its settings' },
      { role: 'packaging', holds: undefined, because: 'the list could not be read' },
      { role: 'namespace', holds: false, because: 'the org has no namespace' },
    ],
  },
};

describe('the org domain', () => {
  afterEach(stopAll);

  it('describes an org by who looked at it and the roles that it has, each with its reason', () => {
    expect(orgDomain.describe(evidence, policy())).to.deep.equal({
      orgId: '00D000000000001AAA',
      organization: 'Acme',
      username: 'ada@acme.example',
      roles: ['dev-hub'],
      notices: [
        'The org has the role dev-hub: Dev Hub is switched on in its settings.',
        'Could not determine the role packaging: the list could not be read. Set it in the policy (orgs, roles).',
        'The org does not have the role namespace: the org has no namespace.',
      ],
    });
  });

  it('trap: gives a clock that is ahead or behind a notice of its own', () => {
    const noticesWith = (clock: 'ahead' | 'behind', latestLogin: string): string =>
      orgDomain
        .describe(
          {
            ...evidence,
            userPopulations: {
              status: 'complete',
              value: { internal: 1, external: 0, salesforce: [], clock, latestLogin },
            },
          },
          policy()
        )
        .notices.join(' ');
    expect(noticesWith('ahead', '2028-11-20T09:00:00.000Z')).to.match(
      /from 2028-11-20\S+, later than this run: the clock/
    );
    expect(noticesWith('behind', '2024-11-20T09:00:00.000Z')).to.match(
      /from 2024-11-20\S+, more than 90 days .* behind/
    );
  });

  it('lets the policy decide the roles, by the first 15 characters of the Id', () => {
    expect(orgDomain.describe(evidence, policy(['dev-hub', 'packaging', 'partner-business']))).to.deep.include({
      roles: ['dev-hub', 'packaging', 'partner-business'],
      notices: ['The policy gives the org the roles: dev-hub, packaging, partner-business.'],
    });
  });

  it('trap: a role that the org proves counts although the policy leaves it out', () => {
    expect(orgDomain.describe(evidence, policy([]))).to.deep.include({
      roles: ['dev-hub'],
      notices: [
        'The policy gives the org the roles: none.',
        'The policy leaves out the role dev-hub, which counts anyway: Dev Hub is switched on in its settings.',
      ],
    });
  });

  const kinds = [
    ['sandbox', true, undefined],
    ['scratch-org', true, '2026-12-01T00:00:00.000Z'],
    ['trial', false, '2026-12-01T00:00:00.000Z'],
    [undefined, false, undefined],
  ] as const;
  for (const [temporary, sandbox, trialExpires] of kinds) {
    it(`calls an org ${temporary ?? 'neither copy nor trial'}, with a notice`, () => {
      const value = { id: '00D000000000001AAA', name: 'Acme', edition: 'Developer Edition', sandbox };
      const organization = {
        status: 'complete' as const,
        value: { ...value, ...(trialExpires ? { trialExpires } : {}) },
      };
      const described = orgDomain.describe({ organization }, policy());
      expect(described.temporary).to.equal(temporary);
      expect(described.notices).to.have.length(temporary ? 1 : 0);
    });
  }

  it('says nothing of what it did not see', () => {
    expect(orgDomain.describe({}, policy())).to.deep.equal({ notices: [] });
  });

  it('asks about as much of a large org as of a small one, where nothing is wrong', async () => {
    const input = hardenedInput('large');
    const crowd = Array.from({ length: 5000 }, (_, index) => ({
      username: `user${index}@large.example`,
      profile: 'Release Engineer',
      fields: { CreatedDate: '2026-09-01T00:00:00.000Z', LastPasswordChangeDate: '2026-10-01T00:00:00.000Z' },
    }));
    const tables: typeof input.tables = (ids) => {
      const rows = input.tables?.(ids) ?? {};
      const members = crowd.map(({ username }) => ids.user(username));
      const [token] = rows['OauthToken'] ?? [];
      return {
        ...rows,
        LoginHistory: members.map((UserId, index) => ({
          UserId,
          SourceIp: `203.0.113.${index % 256}`,
          LoginTime: '2026-11-01T00:00:00.000Z',
          Status: 'Success',
        })),
        OauthToken: [...(rows['OauthToken'] ?? []), ...members.map((UserId) => ({ ...token, UserId }))],
      };
    };
    const { org, reader } = await open(scenario({ ...input, users: [...input.users, ...crowd], tables }));
    const all = new Set(Object.keys(orgCollectors) as Array<keyof OrgFacts>);
    const seen = await collect(orgCollectors, all, reader, context({ asOf: new Date(org.scenario.now) }));
    expect(Object.values(seen).map(({ status }) => status)).not.to.include('unavailable');
    expect(org.requests.length).to.be.lessThan(75);
  });
});
