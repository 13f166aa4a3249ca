import { collect, type Progress } from '../../engine/collect.js';
import type { CollectContext, Collectors, EvidenceOf } from '../../engine/types.js';
import { connectedApps } from '../collectors/connectedApps.js';
import { externalClientApps } from '../collectors/externalClientApps.js';
import { organization } from '../collectors/organization.js';
import type { OrgReader } from '../client/types.js';
import { affectedApps, affectedUsers } from './affected.js';
import type { IncidentFacts, PeopleFacts, Window } from './facts.js';
import { liveTokens } from './liveTokens.js';
import { logins } from './logins.js';
import { peopleCollectors } from './people.js';
import { setupTrail } from './setupTrail.js';

/** What is asked about an incident. `apps`: the names of those that are suspected; absent: every app with live tokens. */
export type IncidentQuestion = { window: Window; apps?: readonly string[]; asOf: Date };

type First = Omit<IncidentFacts, keyof PeopleFacts>;

const collectors = (window: Window): Collectors<OrgReader, First> => ({
  organization,
  connectedApps,
  externalClientApps,
  liveTokens,
  logins: logins(window),
  setupTrail: setupTrail(window),
});

/** What the report of an incident reads, and with which permission. */
export const incidentReads = (): Collectors<OrgReader, IncidentFacts> => ({
  ...collectors({ since: '', until: '', open: false }),
  ...peopleCollectors(['']),
});

/** Reads an org; whatever could not be read is a gap. Who is affected follows from apps, tokens and logins. */
export const gatherIncident = async (
  org: OrgReader,
  { window, apps, asOf }: IncidentQuestion,
  progress?: Progress
): Promise<EvidenceOf<IncidentFacts>> => {
  const context: CollectContext = { asOf, params: {}, required: [] };
  const first = collectors(window);
  const [many, all] = [Object.keys(first).length, Object.keys(incidentReads()).length];
  const seen = await read(first, org, context, (done) => progress?.(done, all));
  const about = peopleCollectors(affectedUsers(affectedApps(seen, apps)));
  return { ...seen, ...(await read(about, org, context, (done) => progress?.(many + done, all))) };
};

const read = <Facts>(
  wanted: Collectors<OrgReader, Facts>,
  org: OrgReader,
  context: CollectContext,
  progress: Progress
): Promise<EvidenceOf<Facts>> =>
  collect(wanted, new Set(Object.keys(wanted) as Array<keyof Facts>), org, context, progress);
