import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { mapEvidence } from '../../engine/evidence.js';
import { appRemovals, rotationStarts } from '../../salesforce/auditTrail.js';
import { maskFreeText } from '../../salesforce/secretText.js';
import type { AuditTrail } from '../facts.js';
import { orgCollector, seeSetup } from './shared/orgCollector.js';
import { inList, isoTime, text } from './shared/soql.js';

const actions = [...appRemovals, ...rotationStarts];

const row = z.object({
  Id: z.string(),
  Action: z.string(),
  Display: text,
  CreatedDate: z.string(),
  CreatedBy: z.object({ Username: z.string() }).nullable(),
  DelegateUser: text,
});

/** Action can be filtered by, Display and Section cannot (Object Reference, SetupAuditTrail). */
export const setupChanges = orgCollector<AuditTrail>({
  reads: ['SetupAuditTrail'],
  requires: [seeSetup],
  collect: async (org) => {
    const rows = await org.query(
      `SELECT Id, Action, Display, CreatedDate, CreatedBy.Username, DelegateUser FROM SetupAuditTrail WHERE Action IN ${inList(actions)}`,
      row
    );
    return mapEvidence(rows, (found) => ({
      actions,
      changes: found.map(({ Id, Action, Display, CreatedDate, CreatedBy, DelegateUser }) =>
        defined<AuditTrail['changes'][number]>({
          id: Id,
          action: Action,
          // Free text: any name that a user gave to the changed item.
          display: maskFreeText(Display ?? Action),
          by: CreatedBy?.Username,
          delegate: DelegateUser,
          time: isoTime(CreatedDate),
        })
      ),
    }));
  },
});
