import { SarifBuilder, SarifRunBuilder } from 'node-sarif-builder';
import type {
  Artifact,
  Fix,
  Invocation,
  Location,
  Message,
  Notification,
  ReportingDescriptor,
  Result as SarifResult,
} from 'sarif';
import type {
  ControlInfo,
  Finding,
  RemovedFinding,
  Report,
  Result,
  Severity,
  Subject,
  TargetReport,
} from '../engine/types.js';
import { isOpen } from '../engine/report.js';
import type { LineEdit } from '../fixes/lineEdits.js';
import { taxaOf, taxonomiesOf, weaknessTags } from './taxonomies.js';
import { plain, withoutMarks } from './text.js';
import * as words from './reportText.js';

/**
 * The report as SARIF 2.1.0.
 *
 * One run for each target, each with an `automationDetails.id` of its own: GitHub takes several runs of one file only if
 * their categories differ, and the category is the id up to its last slash.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export const renderSarif = (report: Report, edits: Edits = new Map()): string => {
  const builder = new SarifBuilder({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  const categories = new Set<string>();
  for (const target of report.targets) builder.addRun(runOf(target, report, categoryOf(target, categories), edits));
  // Not buildSarifJsonString: it throws when a value contains a certain text, and any user may have that name.
  const log = builder.buildSarifOutput();
  return `${JSON.stringify(log, (_, value: unknown) => (typeof value === 'string' ? plain(value) : value), 2)}\n`;
};

/** What closes a finding, by its fingerprint. */
type Edits = ReadonlyMap<string, LineEdit>;

const runOf = (
  report: TargetReport,
  { tool, scope, gate }: Report,
  category: string,
  edits: Edits
): SarifRunBuilder => {
  const { target, asOf, results, off, notices, drift, summary } = report;
  const taxonomies = taxonomiesOf(results.map(({ control }) => control));
  const found = results.flatMap((result) => resultsOf(result, edits));
  return new SarifRunBuilder({
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        rules: results.map(({ control }) => ruleOf(control)),
        ...(taxonomies.length === 0 ? {} : { supportedTaxonomies: taxonomies.map(({ name }) => ({ name })) }),
      },
    },
    ...(taxonomies.length === 0 ? {} : { taxonomies }),
    automationDetails: {
      id: category,
      description: message(`Security review of ${target.kind} ${target.name}, ${words.extentOf(report, scope)}`),
    },
    originalUriBaseIds: {
      [sourceRoot]: { description: message('The root of the project that contains the package.') },
    },
    artifacts: artifactsOf(found),
    columnKind: 'utf16CodeUnits',
    invocations: [invocationOf(report)],
    results: found,
    properties: {
      gate: report.gate,
      gateOfRun: gate,
      scope,
      target,
      asOf,
      summary,
      off,
      notices,
      ...(target.coverage ? { coverage: words.coverageOf(target) } : {}),
      ...(drift ? { comparedWith: drift.since ?? 'a report without this target' } : {}),
    },
  });
};

const categoryOf = ({ target }: TargetReport, taken: Set<string>): string => {
  const name = `security-review/${target.kind}/${encodeURIComponent(plain(target.name))}`;
  let category = name;
  for (let count = 2; taken.has(category); count += 1) category = `${name}/${count}`;
  taken.add(category);
  return `${category}/`;
};

// ---- rules --------------------------------------------------------------------------------------

const levels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, SarifResult.level>;

/** GitHub: above 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. */
const securitySeverities: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

const ruleOf = ({
  id,
  title,
  severity,
  requirement,
  rationale,
  remediation,
  references,
  attestable,
}: ControlInfo): ReportingDescriptor => {
  const helpUri = references.find((reference) => URL.canParse(reference));
  return {
    id,
    name: id.replace(/(?:^|[^a-z0-9])([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase()),
    shortDescription: message(`${title}.`),
    fullDescription: message(requirement),
    help: message(`${rationale} What to do: ${withoutMarks(remediation)} See ${references.join(' ')}`),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    ...relationshipsOf(id),
    properties: {
      tags: ['security', 'salesforce', ...weaknessTags(id)],
      'security-severity': securitySeverities[severity],
      severity,
      attestable,
      references,
    },
  };
};

/** Where the CWE and the OWASP ASVS describe what a rule finds. */
function relationshipsOf(control: string): Pick<ReportingDescriptor, 'relationships'> {
  const taxa = taxaOf(control);
  return taxa.length === 0 ? {} : { relationships: taxa.map((target) => ({ target, kinds: ['relevant'] })) };
}

// ---- results ------------------------------------------------------------------------------------

/**
 * What requires action: each open finding, and one result for a control that could not be checked completely. A viewer
 * of code scanning shows every result as an alert, whatever its kind and its suppressions.
 */
const resultsOf = (result: Result, edits: Edits): SarifResult[] => {
  const { control, findings, gaps, reason, verdict } = result;
  const open = findings.filter(isOpen).map((finding) => sarifResult(control, finding, edits.get(finding.fingerprint)));
  if (!isUndecided(result)) return open;
  const text = verdict === 'fail' ? [...new Set(gaps.map(({ detail }) => detail))].join(' ') : reason;
  const whole: SarifResult = {
    ruleId: control.id,
    kind: waitsForPerson(result) ? 'review' : 'open',
    level: 'none',
    message: message(text),
    locations: [{ physicalLocation: { artifactLocation: policyFile }, message: message(nowhere) }],
    partialFingerprints: fingerprints(control.id),
    properties: { verdict },
  };
  return [...open, whole];
};

/** A control that needs no fact waits for a person, not for a permission. */
const waitsForPerson = ({ control, verdict, gaps }: Result): boolean =>
  verdict === 'inconclusive' && control.attestable && gaps.every(({ fact }) => fact === '');

const sarifResult = (control: ControlInfo, finding: Finding, edit: LineEdit | undefined): SarifResult => {
  const { kind, subject, at, fingerprint, drift } = finding;
  const fix = edit === undefined ? undefined : fixOf(edit);
  return {
    ruleId: control.id,
    kind: 'fail',
    level: levels[control.severity],
    message: message(finding.message),
    locations: [locationOf(subject)],
    partialFingerprints: fingerprints(fingerprint),
    ...(drift ? { baselineState: drift === 'grown' || drift === 'accepted' ? 'updated' : drift } : {}),
    ...(fix === undefined ? {} : { fixes: [fix] }),
    properties: { kind, severity: control.severity, subject, ...(at === undefined ? {} : { at }) },
  };
};

/** The same change as in the diff of `plan-fixes`. */
const fixOf = ({ effect, changes }: LineEdit): Fix | undefined => {
  const texts = changes.flatMap(({ replacements }) => replacements.map(({ text }) => text));
  // Every text of the log is cleaned, and a change that is cleaned would be another change.
  if (texts.some((text) => plain(text) !== text)) return undefined;
  return {
    description: message(effect),
    artifactChanges: changes.map(({ file, replacements }) => ({
      artifactLocation: { uri: uriOf(file), uriBaseId: sourceRoot },
      replacements: replacements.map(({ text, ...deletedRegion }) => ({
        deletedRegion,
        ...(text === '' ? {} : { insertedContent: { text } }),
      })),
    })),
  };
};

/** GitHub knows only `primaryLocationLineHash`; without ours it would merge all findings of a control in one place. */
const fingerprints = (fingerprint: string): Record<string, string> => ({
  'securityReview/v1': fingerprint,
  primaryLocationLineHash: fingerprint,
});

// ---- where --------------------------------------------------------------------------------------

const sourceRoot = '%SRCROOT%';

/**
 * The location of a subject that is in no file, such as a user of an org: GitHub refuses a whole upload for one result
 * without a physical location (https://github.com/github/codeql-action/issues/1738). It never depends on the run, so that
 * an alert stays the same alert.
 */
const policyFile = { uri: 'security-review.yml', uriBaseId: sourceRoot };
const nowhere = 'This is in no file. Trust, justify, attest or waive it in the policy.';

const locationOf = ({ type, name, file, line }: Subject): Location => ({
  physicalLocation: {
    artifactLocation: file === undefined ? policyFile : { uri: uriOf(file), uriBaseId: sourceRoot },
    ...(file === undefined || line === undefined ? {} : { region: { startLine: line } }),
  },
  ...(file === undefined ? { message: message(nowhere) } : {}),
  logicalLocations: [{ name, fullyQualifiedName: `${type}:${name}`, kind: type }],
});

/** Below the root: never absolute, no scheme, no query. */
const uriOf = (file: string): string =>
  file
    // Half of a pair cannot be encoded.
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');

/** Named here: the builder would leave out the base of each, and guess a language. */
const artifactsOf = (results: readonly SarifResult[]): Artifact[] => {
  const uris = results.flatMap(({ locations = [] }) =>
    locations.map(({ physicalLocation }) => physicalLocation?.artifactLocation?.uri ?? policyFile.uri)
  );
  return [...new Set(uris)].map((uri) => ({ location: { uri, uriBaseId: sourceRoot } }));
};

// ---- what could not be checked ------------------------------------------------------------------

const invocationOf = ({ error, results, notices, drift }: TargetReport): Invocation => ({
  executionSuccessful: error === undefined && !results.some(isUndecided),
  toolExecutionNotifications: [
    ...(error
      ? [
          {
            level: 'error' as const,
            message: message([error.message, ...error.actions].join(' ')),
            descriptor: { id: error.name },
          },
        ]
      : []),
    ...results.flatMap(gapsOf),
    ...results.flatMap(acceptedIn),
    ...(drift?.fixed ?? []).map((gone) => noteAbout(gone, ['Found earlier, and fixed'])),
    ...(drift?.accepted ?? []).map((gone) =>
      noteAbout(gone, ['Found earlier, still there, and allowed by the policy'])
    ),
    ...(drift?.notSeen ?? []).map((gone) =>
      noteAbout(gone, ['Found earlier and not checked again, so it may not be fixed'], 'warning')
    ),
  ],
  toolConfigurationNotifications: notices.map((notice): Notification => ({ level: 'note', message: message(notice) })),
});

/** What people accepted, and what is fixed: no alert. */
const acceptedIn = ({ control, findings }: Result): Notification[] =>
  findings.flatMap((finding) => {
    const { kind, waiver, justification } = finding;
    if (kind === 'latent' || (waiver === undefined && justification === undefined)) return [];
    return [noteAbout({ ...finding, control: control.id, severity: control.severity, kind }, words.marks(finding))];
  });

const noteAbout = (
  { control, severity, kind, subject, fingerprint, message: text }: RemovedFinding,
  about: readonly string[],
  level: Notification['level'] = 'note'
): Notification => ({
  level,
  message: message(`${about.join('; ')}: ${text}`),
  associatedRule: { id: control },
  locations: [locationOf(subject)],
  properties: { severity, kind, subject, fingerprint },
});

const isUndecided = ({ verdict, gaps }: Result): boolean =>
  verdict === 'inconclusive' || (verdict === 'fail' && gaps.length > 0);

const gapsOf = (result: Result): Notification[] =>
  result.gaps.map(({ fact, kind, detail, grants, subject }) => ({
    level: isUndecided(result) ? 'warning' : 'note',
    message: message([`Could not be checked (${kind}): ${detail}`, ...words.grants({ grants })].join(' — ')),
    associatedRule: { id: result.control.id },
    ...(subject ? { locations: [locationOf(subject)] } : {}),
    properties: { kind, fact, ...(grants ? { grants } : {}) },
  }));

/**
 * A message without links (`[text](where)`) and placeholders (`{0}`), even where a name contains their characters.
 * SARIF 2.1.0, 3.11.5 and 3.11.6.
 */
const message = (text: string): Message & { text: string } => ({
  text: plain(text)
    .replaceAll('](', '] (')
    .replace(/[{}]/g, (brace) => brace + brace),
});
