import type { UserPopulation } from '../../salesforce/userPopulations.js';
import type { InstalledConnectedApp, InstalledExternalClientApp, Organization, UserRef } from '../facts.js';

/** What a report of an incident says about an org. Nothing of it is judged. Times are ISO strings. */
export type IncidentFacts = {
  organization: Organization;
  connectedApps: readonly InstalledConnectedApp[];
  externalClientApps: readonly InstalledExternalClientApp[];
  liveTokens: LiveTokens;
  logins: Logins;
  setupTrail: SetupTrail;
} & PeopleFacts;

/** About the users who are affected: who those are follows from the other facts. */
export type PeopleFacts = {
  people: readonly Person[];
  loginStates: readonly LoginState[];
  powers: readonly Powers[];
};

/** The time that is looked at. */
export type Window = {
  since: string;
  until: string;
  /** It ends with the run itself, so what the clock of the org says of the next hours belongs to it. */
  open: boolean;
};

/** Live tokens, counted by app and user. No column with a token is ever read. */
export type LiveTokens = {
  /** Live tokens in all, as the org counts them; `undefined`: it did not say. */
  population?: number;
  holders: readonly TokenHolder[];
};

export type TokenHolder = {
  /** `AppName`: the label of the app. */
  app: string;
  /** The app's entry in the app menu leads to it; absent: it is not installed. */
  item?: { id: string; applicationId?: string; name?: string };
  user: Pick<UserRef, 'id' | 'username'>;
  tokens: number;
  uses: number;
  oldest?: string;
  newest?: string;
  lastUsed?: string;
};

/** Logins of the window, successful or not, counted by everything that is known about them here. */
export type Logins = { since: string; until: string; groups: readonly IncidentLogins[] };

export type IncidentLogins = {
  user: Pick<UserRef, 'id' | 'username'>;
  app: string;
  type: string;
  /** `LoginSubType`, such as `OauthUsernamePassword`. */
  flow?: string;
  /** As Salesforce wrote it: an address, or words for its own network. */
  address: string;
  /** `CountryIso` of the address; approximate. */
  country?: string;
  /** `Success`, or the reason of the failure. */
  status: string;
  logins: number;
  first: string;
  last: string;
};

/** Changes in Setup in the window, newest first. */
export type SetupTrail = { since: string; until: string; changes: readonly SetupChange[] };

export type SetupChange = {
  id: string;
  time: string;
  /** Absent: Salesforce itself. */
  by?: string;
  /** Who acted on behalf of that user. */
  delegate?: string;
  action: string;
  section?: string;
  display: string;
};

export type Person = UserRef & {
  active: boolean;
  /** Such as `Standard`. */
  type: string;
  population: UserPopulation;
  lastLogin?: string;
  passwordChanged?: string;
};

export type LoginState = { userId: string; frozen: boolean; passwordLocked: boolean };

/** API names of the far-reaching permissions that a user is assigned, through a profile, permission sets and groups. */
export type Powers = { userId: string; permissions: readonly string[] };
