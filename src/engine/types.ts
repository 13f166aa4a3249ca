/** The vocabulary of the engine. Read this file first. */

// ---- evidence -------------------------------------------------------------------------------

/** What a finding or a gap is about. `type` and `name` are stable: waivers and justifications name `Type:name`. */
export type Subject = {
  type: string;
  name: string;
  id?: string;
  /** The scoped name of an External Client App, the same in every org: `00D…:Name`. */
  externalApp?: string;
  /** Relative to the project root, with forward slashes. */
  file?: string;
  /** Counts from 1. */
  line?: number;
};

export const gapKinds = [
  'no-access',
  'not-supported',
  'not-given',
  'limit',
  'unreadable',
  'error',
  /** Saved evidence that never had this fact: no control that needs it was selected. Never attestable. */
  'not-collected',
  /** Something touches Salesforce, and no rule explains it. Attestable only by an attestation with its subject. */
  'not-understood',
] as const;
export type GapKind = (typeof gapKinds)[number];

/** Why a fact, a part of it, or one subject could not be judged. Data, never thrown. */
export type Gap = {
  kind: GapKind;
  detail: string;
  /** Permissions (API names such as `ViewSetup`) that would close the gap. */
  grants?: readonly string[];
  subject?: Subject;
  /** The tool can read the answer in another run, with what the detail names: no attestation covers it. */
  readable?: true;
  /** What disproves an attestation of this gap: with one, it is a violation, unless reasons may allow it. */
  disproof?: { subject: Subject; message: string; kind?: 'justification' };
};

/**
 * What a collector did with each file in its scope; plain data, saved with the evidence. A file belongs in one of the
 * lists: a collector that skips one without a word makes the coverage of the report wrong. Paths are those of findings;
 * a file of an integration begins with its folder. Build evidence with `accounted` of `coverage.ts`.
 */
export type Account = {
  /** The content was evaluated. */
  evaluated?: readonly string[];
  /** Left out for a reason that is proven and named in a few words: `test class`, `image`. No gap. */
  excluded?: ReadonlyArray<{ file: string; reason: string }>;
  /** Not read, or not understood: a gap of every control that needs the fact. */
  open?: readonly OpenFile[];
  /** Every file of the target, whichever collector evaluates it; only `Domain.accountFor` lists them. */
  inScope?: readonly string[];
  /** Could not be read; each fact that needs one has its own gap. Only `Domain.accountFor` lists them. */
  unread?: readonly string[];
};
/** `kind` is `not-understood` unless it says otherwise. `why` is a sentence without the file, and never quotes it. */
export type OpenFile = {
  file: string;
  /** The path in subjects, where `file` begins with the folder of an integration: relative to that folder. */
  path?: string;
  line?: number;
  why: string;
  kind?: 'not-understood' | 'unreadable' | 'limit';
  /** The component, where it is not the file itself: `ApexClass`, `Gateway`. */
  type?: string;
  name?: string;
};

/** A fact, and how much of it was seen. */
export type Evidence<T> = { account?: Account } & (
  { status: 'complete'; value: T } | { status: 'partial'; value: T; gap: Gap } | { status: 'unavailable'; gap: Gap }
);

/** The files of a target, and what became of each; every format shows it in one line. */
export type Coverage = {
  /** In scope. */
  files: number;
  evaluated: number;
  /** By reason; the largest number first. */
  excluded: ReadonlyArray<{ reason: string; files: number }>;
  /** Not read, or not understood: the controls that need them have gaps. */
  notUnderstood: number;
};

/** A permission that a collector needs to see everything: any one of the names is enough, the narrowest comes first. */
export type Requirement = readonly [string, ...string[]];

/** A requirement, and the controls of this run that rest on it. */
export type RequiredPermission = { anyOf: Requirement; controls: readonly string[] };

/** What a collector may know of the run: cut-offs for facts that are selected at the source. */
export type CollectContext = {
  /** The moment of the run, from which ages are counted. */
  asOf: Date;
  /** The later moment as of which the run will judge; cut-offs reach to it. */
  evaluatedFor?: Date;
  /** The parameters of the selected controls, by control id. */
  params: Readonly<Record<string, unknown>>;
  /** What the collectors of the selected controls require. */
  required: readonly RequiredPermission[];
};

/** Reads one fact. `reads` and `requires` also make the published list of what the tool reads. */
export type Collector<Source, T> = {
  reads: readonly string[];
  requires: readonly Requirement[];
  collect(source: Source, context: CollectContext): Promise<Evidence<T>>;
};
export type Collectors<Source, Facts> = { readonly [K in keyof Facts]: Collector<Source, Facts[K]> };
export type EvidenceOf<Facts> = { readonly [K in keyof Facts]?: Evidence<Facts[K]> };

// ---- controls -------------------------------------------------------------------------------

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/**
 * `at` tells two findings about one subject apart (a field, a scope, a normalised snippet). It enters the fingerprint;
 * `line` and `message` do not.
 */
export type Violation = {
  kind: 'violation' | 'justification';
  subject: Subject;
  message: string;
  at?: string;
  /** The metadata of the org that has to change, if its names are known and all of it can be changed. */
  components?: readonly Component[];
  /** How many users or places an aggregated finding is about. */
  count?: number;
  /** The day on which the subject came into the org: an entry that is older and names it by name only covers another. */
  since?: string;
};
/** A component of an org, as the Metadata API names it (a profile: `Admin`, `Custom%3A Sales`). */
export type Component = {
  type: 'Profile' | 'PermissionSet' | 'ConnectedApp' | 'ExternalClientApplication' | 'Settings';
  fullName: string;
  /** Of a permission set: its file needs it. */
  label?: string;
  /** The user permission that it should not grant. */
  permission?: string;
  /** Of a setting, whose name is its path: the value that closes the finding. */
  value?: string;
};
/** Worth knowing, never failing: a grant that is not active, a certificate that expires soon. */
export type Latent = { kind: 'latent'; subject: Subject; message: string; at?: string };

/** What a judge may say: it cannot attest, cannot fail without pointing at something, cannot pass while there is a gap. */
export type Judgement =
  | { verdict: 'pass' | 'not-applicable'; reason: string; latent?: readonly Latent[] }
  | { verdict: 'inconclusive'; reason: string; unseen: readonly Gap[]; latent?: readonly Latent[] }
  | {
      verdict: 'fail';
      findings: readonly [Violation, ...Violation[]];
      unseen?: readonly Gap[];
      latent?: readonly Latent[];
    };

/** The parts of the guidance under which reports group controls. */
export const areas = [
  'Users and login',
  "The org's apps",
  'Installed apps and packages',
  'Org and keys',
  'Packaged apps',
  'Code and secrets',
  'Submission',
] as const;
export type Area = (typeof areas)[number];

/** The sections of the policy that a judge can read. */
export type PolicySection = 'orgs' | 'integrations' | 'submission' | `trust.${keyof Policy['trust']}`;

/** What people declared and judges compare with. Not evidence: never saved with it, so a replay uses today's policy. */
export type Declared = Pick<Policy, 'orgs' | 'trust' | 'integrations' | 'submission'> & {
  /** The orgs of this run. */
  audited: ReadonlyArray<{
    orgId: string;
    namespace?: string;
    /** Not every org control is evaluated for it. */
    partly?: true;
  }>;
  /** What reports of check-package show about packages with External Client Apps of the org that is judged. */
  packages?: readonly PackageCheck[];
};

/** What a report of check-package shows about the org that owns an External Client App of the package. */
export type PackageCheck = {
  /** The name of the package. */
  name: string;
  version?: string;
  /** The file of the report, and its day. */
  source: string;
  day: string;
  /** The apps of the package that belong to this org. */
  apps: readonly CheckedApp[];
  /** The ids of the other orgs to which apps of the package belong. */
  otherOrgs: readonly string[];
};
/** `name`: the developer name in the org that owns the app. */
export type CheckedApp = { name: string; answers: Partial<Record<AppQuestion, CheckedAnswer>> };
/** What only the global OAuth settings of an External Client App show. */
export type AppQuestion = 'pkce' | 'rotation' | 'idle-limit' | 'token-ips' | 'device-flow' | 'callbacks';
/** `open`: the check of the package could not tell, or rests on an attestation about the package. */
export type CheckedAnswer =
  | { kind: 'met' }
  | { kind: 'violation' | 'justification'; message: string }
  | ({ kind: 'open'; attestedBy?: string } & Pick<Gap, 'disproof'>);

export type JudgeContext<Params = unknown> = {
  params: Params;
  asOf: Date;
  /** When the evidence was collected, if that was not at `asOf`: what happened in between is not known. */
  collected?: Date;
  declared: Declared;
};

/** The text of a control, in the order in which its file, the reference and `explain` show it. */
export type DataSheet = {
  /** `<domain>/<kebab-name>`, and the path of its file. */
  id: string;
  /** States the passing state, without a final period. */
  title: string;
  severity: Severity;
  /** One to three words for lists: `MFA`, `PKCE`. */
  topic: string;
  /** The failure, after a count of subjects: `user has …`, `users have …`. */
  problem: { one: string; many: string };
  area: Area;
  /** The Setup page where it is fixed, as a path under the URL of the org. */
  setup?: string;
  /** The line of the guidance. */
  requirement: string;
  /** Where the requirement comes from, if not from the guidance 005318040: page and date. */
  source?: string;
  /** One or two sentences. */
  why: string;
  /** What is read and compared; one short sentence each, like the lists below. */
  checks: readonly string[];
  fails: readonly string[];
  inconclusive: readonly string[];
  /** What is reported as information, and known exceptions. */
  notes?: readonly string[];
  /** The steps, each with the Setup path or the change in the code. */
  fix: readonly [string, ...string[]];
  /** For controls over source: at most six lines each. */
  examples?: { bad: string; good: string };
  references: readonly string[];
  /** True only where Salesforce offers no way to read the answer. */
  attestable: boolean;
};

/** What a report keeps of the text of a control. */
export type ControlInfo = Pick<DataSheet, 'id' | 'title' | 'severity' | 'requirement' | 'references' | 'attestable'> &
  Partial<Pick<DataSheet, 'topic' | 'problem' | 'area' | 'setup'>> & {
    /** `why` of the sheet. */
    rationale: string;
    /** The steps of `fix` as one text. */
    remediation: string;
    /** The steps of `fix`. */
    fix?: readonly string[];
  };

export type Control<Facts, Need extends keyof Facts = keyof Facts, Params = unknown> = DataSheet & {
  /** The types of the subjects that an attestation may answer; `each`: one by one, of any type; absent: all in one. */
  attestableSubjects?: readonly string[] | 'each';
  needs: readonly Need[];
  /** Default parameters; the policy may override each by name. */
  params?: Params;
  /** Sections of the policy that the judge compares with. */
  compares?: readonly PolicySection[];
  /** Facts of which a part is enough to fail: a finding in that part is a finding. A pass always needs complete evidence. */
  provableFromPart?: { readonly [K in Need]?: 'fail' };
  /** What can contradict an attestation of a gap. What is missing of these facts is no gap of this control. */
  contradictions?: {
    needs: ReadonlyArray<keyof Facts>;
    find(facts: Partial<Facts>, context: JudgeContext<Params>): readonly Contradiction[];
  };
  judge(facts: Pick<Facts, Need>, context: JudgeContext<Params>): Judgement;
};

/** Something that was seen, and that an attestation about `about` cannot be right with. */
export type Contradiction = { about: Subject } & NonNullable<Gap['disproof']>;

/** What a domain can say about its target once evidence is there. */
export type Description = Partial<Omit<Target, 'kind'>> & {
  notices: readonly string[];
  /** The names of all subjects of a type, where every one was seen: an attestation about another is about none. */
  population?: Readonly<Record<string, readonly string[]>>;
};

/** Collectors and controls over one kind of source. */
export type Domain<Source, Facts> = {
  name: 'org' | 'package' | 'submission';
  collectors: Collectors<Source, Facts>;
  controls: ReadonlyArray<Control<Facts>>;
  /** Facts that `describe` reads besides those that controls need. */
  describes: ReadonlyArray<keyof Facts>;
  /** What the run read of the source as a whole, once every collector is done, and the fact that it is kept with. */
  accountFor?(source: Source): { fact: keyof Facts; account: Account };
  /** Answers again, for this run, the facts that depend on which controls are selected: a replay may select others. */
  reselect?(evidence: EvidenceOf<Facts>, required: readonly RequiredPermission[]): EvidenceOf<Facts>;
  describe(evidence: EvidenceOf<Facts>, policy: Policy): Description;
};

// ---- policy: what the organisation decides (`security-review.yml`, read in src/policy) ---------

/**
 * What an org is for. `app-owner`: it owns a packaged app; `partner-business`: the org in which the partner does its
 * business, which only the policy can say.
 */
export const roles = ['dev-hub', 'packaging', 'namespace', 'app-owner', 'partner-business'] as const;
export type Role = (typeof roles)[number];

/** Orgs that end by themselves or are copies: none of them is the org that a namespace or a package belongs to. */
export const temporaryOrgs = ['sandbox', 'scratch-org', 'trial'] as const;
export type TemporaryOrg = (typeof temporaryOrgs)[number];

/** Default deny: not listed, or `reviewBy` (a date) in the past, means not trusted. */
type Trusted = { owner: string; reason: string; reviewBy: string };
/** Both `id` (033…) and `namespace`, where both are given, must match. */
export type TrustedPackage = Trusted & { id?: string; namespace?: string };
export type TrustedApp = Trusted & { org?: string; id?: string; externalApp?: string };
type TrustedToken = Trusted & { org: string; appName: string };
export type TrustedRange = { cidr: string; name: string };

export type Integration = {
  name: string;
  app?: string;
  flow?: 'authorization-code' | 'client-credentials' | 'jwt-bearer' | 'canvas' | 'token-exchange' | 'saml' | 'none';
  callbackOwner?: 'isv' | 'subscriber';
  secretOwner?: 'isv' | 'subscriber';
  sourceDir?: string;
  /** A host, a URL, `*.host`, or the component (`ApexClass:Gateway`) whose code computes where it goes. */
  endpoints?: readonly string[];
};

/** The day on which the answer was reviewed; a new day confirms it after its facts have changed. */
type Confirmed = { confirmed?: string };
/** Texts that may be missing; the schema of the policy describes each. */
type Texts<Name extends string> = Partial<Record<Name, string>>;
type AppAnswer = Confirmed & { app: string } & Texts<'purpose' | 'users' | 'data' | 'scopes' | 'controls'>;
/** Why a component gets a session ID, and where the ID goes: `ApexClass:Deployer`. */
type SessionAnswer = Confirmed & { component: string; use?: string };
/** The consumer key (client id) of a packaged External Client App, never its secret. */
type ClientKey = Confirmed & { app: string; key?: string; callback?: string; loginUrl?: string };
type SecretAnswer = Confirmed & {
  name: string;
  /** `CustomSetting:Gateway__c`, or the API name alone. */
  store?: string;
  owner?: 'isv' | 'subscriber';
  rotation?: { by?: 'isv' | 'subscriber'; everyDays?: number } & Texts<'steps' | 'documentation'>;
} & Texts<'integration' | 'storedIn' | 'protection' | 'access'>;
/** `none`: why no secret is kept outside of Salesforce; instead of the others. */
type BackendAnswer = Confirmed & Texts<'storage' | 'access' | 'encryption' | 'rotation' | 'monitoring' | 'none'>;
/** `login`: who logs in, never the password. */
type CredentialAnswer = Confirmed & {
  integration: string;
  kind?: 'web-app' | 'rest-api' | 'mobile-app' | 'browser-extension' | 'desktop-app' | 'salesforce-org';
} & Texts<'url' | 'login' | 'handover' | 'testedOn'>;
type BasePackage = Confirmed & { package: string; description?: string; version?: string };
type SubscriberApp = Confirmed & { integration: string; useCase?: string; setup?: string };
type IncidentAnswer = Confirmed & { contact?: string; plan?: string; rehearsedOn?: string };

/** What people answer for the submission. A missing answer is missing here as well: a control asks for it. */
export type Submission = {
  version?: string;
  summary?: string;
  contact?: string;
  apps: readonly AppAnswer[];
  sessionIds: readonly SessionAnswer[];
  clientKeys: readonly ClientKey[];
  secrets: readonly SecretAnswer[];
  backend?: BackendAnswer;
  credentials: readonly CredentialAnswer[];
  basePackages: readonly BasePackage[];
  subscriberApps: readonly SubscriberApp[];
  incident?: IncidentAnswer;
  falsePositives: ReadonlyArray<{ tool: string; finding: string; reason: string }>;
};

/** Dates are ISO dates (`2026-12-31`); an entry counts through the day named in `expires`. */
type Entry = { control: string; org?: string; reason: string; owner: string; on?: string; expires: string };
/** `subject` is `Type:name`, exact or with `*`, `Type:id` or `Type:file`. */
export type Waiver = Entry & { subject: string };
export type Justification = Omit<Entry, 'reason'> & { subject: string; why: string; supplementedBy?: string };
/**
 * `org` is there for every control about an org; `on`, because it lasts at most a year from then. With `subject`
 * (`Type:name`, exact or with `*`) it covers the gaps of that subject only.
 */
export type Attestation = Entry & { on: string; subject?: string };

/** `off` and a severity below the default come with an owner, a reason and a last day; after it the default counts. */
export type ControlSetting = {
  severity?: Severity | 'off';
  params?: Readonly<Record<string, unknown>>;
  owner?: string;
  reason?: string;
  expires?: string;
};

export type Policy = {
  version: 1;
  orgs: ReadonlyArray<{ alias: string; id: string; namespace?: string; roles?: readonly Role[] }>;
  trust: {
    packages: readonly TrustedPackage[];
    apps: readonly TrustedApp[];
    tokens: readonly TrustedToken[];
    ipRanges: readonly TrustedRange[];
  };
  integrations: readonly Integration[];
  submission: Submission;
  justifications: readonly Justification[];
  attestations: readonly Attestation[];
  waivers: readonly Waiver[];
  controls: Readonly<Record<string, ControlSetting>>;
  gate: { failOn: Severity | 'never'; inconclusive: 'block' | 'allow' };
  /** Days. Evidence that is older is refused on replay. */
  maxEvidenceAge: number;
};

// ---- report: exactly the contract of the requirements -----------------------------------------

export const verdicts = ['pass', 'fail', 'inconclusive', 'not-applicable', 'attested'] as const;
export type Verdict = (typeof verdicts)[number];
export type Gate = 'passed' | 'failed' | 'undecided';
export type Finding = (Violation | Latent) & {
  /** A hash of control, subject and `at`; no wording, no line number. */
  fingerprint: string;
  waiver?: Waiver;
  justification?: Justification;
  /**
   * `grown`: its `count` is larger than in the earlier report; it counts like a new one. `accepted`: it was open there,
   * and the policy now waives or justifies it.
   */
  drift?: 'new' | 'unchanged' | 'grown' | 'accepted';
  /** It was waived or justified in the earlier report, and no entry does any more: it counts like a new one. */
  uncovered?: true;
};
export type Result = {
  control: ControlInfo;
  verdict: Verdict;
  reason: string;
  findings: readonly Finding[];
  /** With the attestation that answers one, where it names a subject. */
  gaps: ReadonlyArray<Gap & { fact: string; attestation?: Attestation }>;
  /** Of an attested result; where several answer it together, the one that ends first. */
  attestation?: Attestation;
  /** What the policy trusts, but not for as long as the report may be merged: these findings count after `until`. */
  trusted?: ReadonlyArray<{ until: string; findings: readonly Finding[] }>;
};
export type Summary = Readonly<Record<Verdict, number>> & { readonly waivedFindings: number };
export type Target = {
  kind: 'org' | 'package' | 'submission';
  /** As typed: the alias or username; for a package its name in `sfdx-project.json`, else the folder's. */
  name: string;
  orgId?: string;
  username?: string;
  /** Of the org, where it has one. */
  namespace?: string;
  /** The name of the company in the org. */
  organization?: string;
  /** `https://acme.my.salesforce.com`, for links to its Setup. */
  instanceUrl?: string;
  roles?: readonly Role[];
  /** The org is a sandbox, a scratch org or a trial. */
  temporary?: TemporaryOrg;
  path?: string;
  /** Of a package: its version number in `sfdx-project.json`, such as `2.4.0.NEXT`. */
  version?: string;
  /** Of a package: its External Client Apps, with their scoped names where the source has them (`00D…:Name`). */
  externalClientApps?: ReadonlyArray<{ name: string; externalApp?: string }>;
  /** Of source only: what an org shows is asked for by query, and every query that fails is a gap of its fact. */
  coverage?: Coverage;
};
/** A finding of an earlier report that this one does not contain. */
export type RemovedFinding = Pick<Violation, 'kind' | 'subject' | 'message'> & {
  control: string;
  severity: Severity;
  fingerprint: string;
};
/** What changed since an earlier report, besides the `drift` of each finding. */
export type Drift = {
  /** The `asOf` of the earlier report of this target; absent if that report did not contain the target. */
  since?: string;
  /** Its control was fully evaluated, and no longer finds it. */
  fixed: readonly RemovedFinding[];
  /** It is still there; the policy trusts it now, turned its control off or changed a parameter. */
  accepted: readonly RemovedFinding[];
  /** Not checked, or not completely: its control is inconclusive, off, or has gaps. */
  notSeen: readonly RemovedFinding[];
};
export type TargetReport = {
  target: Target;
  asOf: string;
  /** Only if the target could not be opened. */
  error?: { name: string; message: string; actions: readonly string[] };
  gate: Gate;
  summary: Summary;
  results: readonly Result[];
  /** Ids of controls that the policy turned off. */
  off: readonly string[];
  notices: readonly string[];
  /** Trusted entries of the policy that ended or end within 30 days, those that end first come first. */
  endingTrust?: readonly EndingTrust[];
  /** Only when the run was compared with an earlier report. */
  drift?: Drift;
  /** Limited to changed files: ids of controls without a result, because all they found is in other files. */
  elsewhere?: readonly string[];
};
/** `until`: the last day on which the entry counts. */
export type EndingTrust = { entry: string; until: string };
/** A point in which the policy is weaker than the default. */
export type Weakening = {
  /** Its place in the policy: `controls.org/mfa-enforced.severity`. */
  setting: string;
  /** Absent: it weakens every control. */
  control?: string;
  message: string;
};
export type Report = {
  schemaVersion: 1;
  tool: { name: string; version: string };
  /** The oldest of the targets. */
  asOf: string;
  scope: Policy['gate'] & {
    controls: 'all' | readonly string[];
    policy?: { file: string; sha256: string };
    /** The parameters that the policy sets, by control. Absent: none. */
    params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** In which points the policy is weaker than the default. Absent: in none. */
    weakened?: readonly Weakening[];
    /** `new`: only findings that an earlier report did not contain count in the gate. Absent: all do. */
    gateOn?: 'new';
    /** The report shows, and the gate counts, only what is in the files that changed since this git ref. */
    changedSince?: { ref: string; files: number };
  };
  gate: Gate;
  summary: Summary;
  targets: readonly TargetReport[];
};
