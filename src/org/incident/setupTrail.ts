import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { mapEvidence, partial } from '../../engine/evidence.js';
import type { Collector } from '../../engine/types.js';
import { maskFreeText } from '../../salesforce/secretText.js';
import { orgCollector, seeSetup } from '../collectors/shared/orgCollector.js';
import { isoTime, text } from '../collectors/shared/soql.js';
import type { OrgReader } from '../client/types.js';
import type { SetupChange, SetupTrail, Window } from './facts.js';
import { endOf, kept } from './window.js';

const row = z.object({
  Id: z.string(),
  Action: z.string(),
  Section: text,
  Display: text,
  CreatedDate: z.string(),
  CreatedBy: z.object({ Username: z.string() }).nullish(),
  DelegateUser: text,
});

/** A longer list is not readable on paper; the newest are kept, and the report says that there are more. */
const mostRows = 10_000;

/** Aggregates are not supported, but for COUNT(); Display and Section cannot be filtered (Object Reference, SetupAuditTrail). */
export const setupTrail = (window: Window, most = mostRows): Collector<OrgReader, SetupTrail> =>
  orgCollector<SetupTrail>({
    reads: ['SetupAuditTrail', 'User'],
    requires: [seeSetup],
    collect: async (org, { asOf }) => {
      const from = `FROM SetupAuditTrail WHERE CreatedDate >= ${window.since} AND CreatedDate < ${new Date(endOf(window)).toISOString()}`;
      const [counted, rows] = await Promise.all([
        org.count(`SELECT COUNT() ${from}`),
        org.query(
          `SELECT Id, Action, Section, Display, CreatedDate, CreatedBy.Username, DelegateUser ${from} ORDER BY CreatedDate DESC LIMIT ${most}`,
          row
        ),
      ]);
      const changes = mapEvidence(rows, (found) => ({
        since: window.since,
        until: window.until,
        changes: found.map(changeOf),
      }));
      if (changes.status === 'unavailable') return changes;
      if (counted.status === 'unavailable') return partial(changes.value, counted.gap);
      const seen = changes.value.changes.length;
      if (seen < counted.value) {
        const detail = `Of ${counted.value} changes in the window only the newest ${seen} were read.`;
        return partial(changes.value, { kind: 'limit', detail });
      }
      return kept(changes, window, asOf, 'SetupAuditTrail', '180 days');
    },
  });

const changeOf = ({
  Id,
  Action,
  Section,
  Display,
  CreatedDate,
  CreatedBy,
  DelegateUser,
}: z.infer<typeof row>): SetupChange =>
  defined<SetupChange>({
    id: Id,
    time: isoTime(CreatedDate),
    by: CreatedBy?.Username,
    delegate: DelegateUser ? maskFreeText(DelegateUser) : undefined,
    action: maskFreeText(Action),
    section: Section ? maskFreeText(Section) : undefined,
    display: maskFreeText(Display ?? Action),
  });
