import type { EvidenceOf } from '../engine/types.js';
import type { IncidentFacts, Window } from '../org/incident/facts.js';

/** Everything that the documents are made from. The same incident gives the same bytes. */
export type Incident = {
  tool: { name: string; version: string };
  /** ISO time of the run. */
  asOf: string;
  window: Window;
  /** Names of the apps that are suspected; absent: every app that has live tokens. */
  apps?: readonly string[];
  /** Whom Salesforce can reach, as the policy says it. */
  contact?: string;
  orgs: readonly IncidentOrg[];
};

/** A file of the folder. */
export type Document = { name: string; content: string; sha256: string };

/** An org of an incident; without facts it could not be opened, and `error` says why. */
export type IncidentOrg = {
  name: string;
  username?: string;
  orgId?: string;
  namespace?: string;
  facts?: EvidenceOf<IncidentFacts>;
  error?: { message: string; actions: readonly string[] };
};
