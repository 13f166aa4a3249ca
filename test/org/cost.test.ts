import { expect } from 'chai';
import { z } from 'zod';
import { SCENARIOS, type OrgRequest, type Scenario, type SimulatedOrg } from '../../simulator/index.js';
import { population } from '../../simulator/scenarios/population.js';
import { review } from '../../src/engine/review.js';
import { orgDomain } from '../../src/org/index.js';
import { policy } from '../engine/samples.js';
import { open, refusal, small, stopAll } from './support.js';

const users = 'SELECT Username FROM User';
const row = z.object({ Username: z.string() });

describe('what an audit costs an org', () => {
  afterEach(stopAll);

  const audit = async (scenario: Scenario): Promise<{ requests: number; most: number }> => {
    const { org, reader } = await open(scenario);
    org.maxInFlight = 0;
    // Without a moment to answer no two requests would ever meet.
    org.latency = 20;
    const run = { policy, target: { kind: 'org', name: 'many' }, asOf: new Date(scenario.now), audited: [] } as const;
    await review(orgDomain, reader, run);
    org.assertReadOnly();
    return { requests: org.requests.length, most: org.maxInFlight };
  };

  it('keeps several requests in flight, never more than 20, and asks little more of a large org than of a small one', async () => {
    const few = await audit(population(100));
    const many = await audit(population(5000));
    for (const { most } of [few, many]) expect(most).to.be.within(2, 20);
    expect(many.requests).to.be.at.most(2 * few.requests);
  });

  /** Requests on 23 Nov 2026, before the controls of the companion pages. */
  const before = { hardened: 63, broken: 89, blind: 42, old: 62 };
  for (const [name, requests] of Object.entries(before) as Array<[keyof typeof before, number]>) {
    it(`asks ${name} at most 6 requests more than before the companion pages`, async () => {
      expect((await audit(SCENARIOS[name]())).requests).to.be.at.most(requests + 6);
    });
  }

  describe('queries that are asked ahead', () => {
    const soqls = ['User', 'Profile', 'UserLogin', 'PermissionSet', 'Organization', 'UserLicense'].map(
      (object) => `SELECT Id FROM ${object}`
    );
    const id = z.object({ Id: z.string() });
    /** The answers, and what the org was asked for them: a composite as the number of its parts. */
    const ahead = async (prepare: (org: SimulatedOrg) => void): Promise<{ seen: string[]; asked: string[] }> => {
      const { org, reader } = await open(small());
      org.requests.length = 0;
      prepare(org);
      reader.ahead('query', soqls);
      const answers = await Promise.all(soqls.map((soql) => reader.query(soql, id)));
      org.assertReadOnly();
      return {
        seen: answers.map((one) => (one.status === 'complete' ? one.status : one.gap.kind)),
        asked: org.requests.map(({ parts, soql }) => (parts ? String(parts.length) : (soql ?? ''))).sort(),
      };
    };
    const complete = soqls.map(() => 'complete');
    /** Hits a part, or a query that is asked alone, never the composite around it. */
    const about =
      (object: string) =>
      ({ parts, soql }: OrgRequest) =>
        parts === undefined && soql === `SELECT Id FROM ${object}`;

    it('go five in one call', async () => {
      expect(await ahead(() => undefined)).to.deep.equal({ seen: complete, asked: ['1', '5'] });
    });

    it('are asked alone when the composite is refused', async () => {
      const { seen, asked } = await ahead((org) => org.fault(/composite/, refusal('NOT_FOUND', 404)));
      expect(seen).to.deep.equal(complete);
      expect(asked).to.deep.equal(['1', '5', ...soqls].sort());
    });

    it('are not asked again when they were refused', async () => {
      const { seen, asked } = await ahead((org) => org.fault(about('Profile'), refusal()));
      expect(seen).to.deep.equal(complete.with(1, 'no-access'));
      expect(asked).to.deep.equal(['1', '5']);
    });

    it('are asked again alone when they failed for a reason that may pass', async () => {
      const { seen, asked } = await ahead((org) =>
        org.fault(about('Profile'), refusal('REQUEST_LIMIT_EXCEEDED'), { times: 1 })
      );
      expect(seen).to.deep.equal(complete);
      expect(asked).to.deep.equal(['1', '5', 'SELECT Id FROM Profile']);
    });
  });

  const tries: ReadonlyArray<[name: string, fault: Parameters<typeof refusal>, asked: number]> = [
    ['the limit of requests', ['REQUEST_LIMIT_EXCEEDED', 403], 3],
    ['429', ['TOO_MANY_REQUESTS', 429], 3],
    ['503', ['SERVER_UNAVAILABLE', 503], 3],
    ['a refusal', ['INSUFFICIENT_ACCESS', 403], 1],
    ['an unknown object', ['INVALID_TYPE', 400], 1],
  ];
  for (const [name, fault, asked] of tries) {
    it(`is asked ${asked === 1 ? 'once' : `${asked} times`} after ${name}`, async () => {
      const { org, reader } = await open(small());
      org.fault(/FROM User$/, refusal(...fault));
      expect((await reader.query(users, row)).status).to.equal('unavailable');
      expect(org.requests.filter(({ soql }) => soql === users)).to.have.length(asked);
    });
  }

  it('is asked three times after a reset', async () => {
    const { org, reader } = await open(small());
    org.fault(/FROM User$/, { kind: 'reset' });
    expect((await reader.query(users, row)).status).to.equal('unavailable');
    expect(org.requests.filter(({ soql }) => soql === users)).to.have.length(3);
  });

  it('is asked for a new session twice a run', async () => {
    const { org, reader } = await open(small());
    org.fault(/FROM/, refusal('INVALID_SESSION_ID', 401));
    const questions = ['User', 'Profile', 'Site'].map((object) =>
      reader.query(`SELECT Id FROM ${object}`, z.unknown())
    );
    for (const answer of await Promise.all(questions)) expect(answer.status).to.equal('unavailable');
    expect((await reader.query(users, row)).status).to.equal('unavailable');
    expect(org.requests.filter(({ path }) => path === '/services/oauth2/token').length).to.be.at.most(2);
  });
});
