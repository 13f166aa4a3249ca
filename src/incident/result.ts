import * as z from 'zod';
import type { Document, Incident } from './types.js';
import { viewsOf, type OrgView } from './view.js';

const count = z
  .int()
  .min(0)
  .optional()
  .describe('Absent: it could not be read. At least that many, if it was read in part: then `unknown` explains it.');

/** What `draft-incident-report --json` answers. */
export const incidentResult = z.object({
  folder: z.string().describe('The folder that was written, as it was given.'),
  asOf: z.iso.datetime(),
  window: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }),
  apps: z.array(z.string()).optional().describe('Names given with --app; absent: every app that has live tokens.'),
  contact: z.string().optional().describe('submission.incident.contact of the policy.'),
  files: z.array(z.object({ name: z.string(), sha256: z.string().regex(/^[\da-f]{64}$/), bytes: z.int().min(0) })),
  orgs: z.array(
    z.object({
      name: z.string().describe('Alias or username, as typed.'),
      orgId: z.string().optional(),
      opened: z.boolean().describe('False: nothing is known about the org.'),
      counts: z.object({ apps: count, users: count, tokens: count, logins: count, setupChanges: count }),
      unknown: z
        .array(z.object({ what: z.string(), detail: z.string(), grants: z.array(z.string()) }))
        .describe('What could not be read, or not whole, and the permissions that would close the gap.'),
    })
  ),
});

export type IncidentResult = z.infer<typeof incidentResult>;

export const resultOf = (folder: string, incident: Incident, documents: readonly Document[]): IncidentResult => ({
  folder,
  asOf: incident.asOf,
  window: { since: incident.window.since, until: incident.window.until },
  ...(incident.apps ? { apps: [...incident.apps] } : {}),
  ...(incident.contact === undefined ? {} : { contact: incident.contact }),
  files: documents.map(({ name, content, sha256 }) => ({ name, sha256, bytes: Buffer.byteLength(content) })),
  orgs: viewsOf(incident).map((view) => ({
    name: view.org.name,
    ...(view.org.orgId === undefined ? {} : { orgId: view.org.orgId }),
    opened: view.org.facts !== undefined,
    counts: readCounts(view),
    unknown: view.unknown.map(({ what, detail, grants }) => ({ what, detail, grants: [...grants] })),
  })),
});

const readCounts = ({ counts, extents }: OrgView): Partial<OrgView['counts']> =>
  Object.fromEntries(Object.entries(counts).filter(([what]) => extents[what as keyof OrgView['extents']] !== 'none'));
