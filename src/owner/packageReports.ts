import { Messages } from '@salesforce/core';
import { shortDay } from '../common/dates.js';
import { sameId } from '../common/ids.js';
import { catalogue } from '../catalogue.js';
import { errorFromMessages } from '../cli/errors.js';
import { tool } from '../cli/pluginInfo.js';
import { readReport } from '../cli/reportFiles.js';
import { displayPath } from '../cli/runConfig.js';
import { unfitIn } from '../engine/checkReport.js';
import type {
  CheckedAnswer,
  AppQuestion,
  CheckedApp,
  Finding,
  PackageCheck,
  Policy,
  Result,
  Subject,
  TargetReport,
} from '../engine/types.js';
import { maskedIn } from '../salesforce/secretText.js';
import type { AsOf } from '../cli/asOf.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review');

/** Which controls over a package answer a question about the settings of its apps: all of them together. */
const ANSWERED_BY: Readonly<Record<AppQuestion, readonly string[]>> = {
  pkce: ['package/pkce-required'],
  rotation: ['package/refresh-tokens-rotated'],
  'idle-limit': ['package/idle-tokens-limited'],
  'token-ips': ['package/token-ips-allowlisted'],
  'device-flow': ['package/no-device-flow'],
  callbacks: ['package/callbacks-https', 'package/callbacks-not-mixed', 'package/localhost-callback-alone'],
};

/** A package with External Client Apps, as a report of check-package shows it. */
type CheckedPackage = { source: string; report: TargetReport };

/**
 * The packages of reports that check-package wrote. Like a report to merge, each must be of this version, recent and
 * complete.
 *
 * @throws SfError with exit code 2 when a file does not exist, 1 when it is no such report
 */
export async function readPackageReports(
  files: readonly string[],
  { maxEvidenceAge }: Policy,
  asked: AsOf | undefined
): Promise<CheckedPackage[]> {
  const fresh = {
    version: tool().version,
    now: new Date(),
    maxEvidenceAge: asked === undefined ? maxEvidenceAge : Infinity,
    controls: catalogue,
  };
  const read = await Promise.all(
    [...new Set(files)].map(async (file) => {
      const report = maskedIn(await readReport(file));
      const [unfit] = unfitIn(report, fresh);
      if (unfit !== undefined) throw errorFromMessages(messages, 1, 'unfitPackageReport', [file, unfit]);
      const packages = report.targets.filter(({ target, error }) => target.kind === 'package' && error === undefined);
      if (packages.every(({ target }) => ownersOf(target).length === 0)) {
        throw errorFromMessages(messages, 1, 'noPackageReport', [file]);
      }
      return packages.map((one) => ({ source: displayPath(file), report: one }));
    })
  );
  return read.flat();
}

/**
 * A package of which no app belongs to an audited org says nothing about them.
 *
 * @throws SfError with exit code 1
 */
export function refuseOtherPackages(packages: readonly CheckedPackage[], audited: readonly TargetReport[]): void {
  // An org that could not be opened may be the owner.
  if (audited.some(({ error }) => error !== undefined)) return;
  for (const { source, report } of packages) {
    const owners = ownersOf(report.target);
    if (!owners.some((owner) => audited.some(({ target }) => sameId(owner, target.orgId)))) {
      throw errorFromMessages(messages, 1, 'otherPackage', [
        `${source} (${report.target.name})`,
        owners.length > 0 ? `Its apps belong to ${owners.join(', ')}.` : 'Its source names no owning org.',
      ]);
    }
  }
}

/** What the packages show of one org: only packages with an app that this org owns. */
export function packageChecksOf(packages: readonly CheckedPackage[], orgId: string | undefined): PackageCheck[] {
  return packages.flatMap(({ source, report }) => {
    const { name, version, externalClientApps = [] } = report.target;
    const apps = externalClientApps.flatMap((app): CheckedApp[] => {
      const [owner, ownName] = partsOf(app.externalApp);
      if (owner === undefined || ownName === undefined || !sameId(owner, orgId)) return [];
      return [{ name: ownName, answers: answersOf(report.results, app.name) }];
    });
    if (apps.length === 0) return [];
    const otherOrgs = ownersOf(report.target).filter((owner) => !sameId(owner, orgId));
    return [{ name, version, source, day: shortDay(report.asOf), apps, otherOrgs }];
  });
}

function ownersOf({ externalClientApps = [] }: TargetReport['target']): string[] {
  return [...new Set(externalClientApps.flatMap(({ externalApp }) => partsOf(externalApp)[0] ?? []))];
}

function partsOf(externalApp: string | undefined): [owner?: string, name?: string] {
  const [, owner, name] = /^(00D\w{12,15}):(\w+)$/.exec(externalApp ?? '') ?? [];
  return owner === undefined || name === undefined ? [] : [owner, name];
}

function answersOf(results: readonly Result[], app: string): CheckedApp['answers'] {
  const answers = Object.entries(ANSWERED_BY).flatMap(([question, ids]) => {
    const answer = answerOf(
      ids.map((id) => results.find(({ control }) => control.id === id)),
      app
    );
    return answer === undefined ? [] : [[question, answer] as const];
  });
  return Object.fromEntries(answers);
}

/** A finding about the app counts in any case; that nothing was found counts only where every control saw the app. */
function answerOf(results: ReadonlyArray<Result | undefined>, app: string): CheckedAnswer | undefined {
  const given = results.flatMap((result) => result ?? []);
  const about = ({ subject }: { subject?: Subject }): boolean =>
    subject?.type === 'ExternalClientApp' && subject.name === app;
  const found = given
    .flatMap(({ findings }) => findings)
    .filter((finding) => about(finding) && finding.kind !== 'latent');
  const [first] = found.filter(({ justification }) => justification === undefined).sort(violationsFirst);
  if (first && first.kind !== 'latent') return { kind: first.kind, message: first.message };
  // Justified about the package: not met, and the audit has a policy of its own.
  if (found.length > 0) return undefined;
  if (given.length < results.length || given.some(({ verdict }) => verdict === 'not-applicable')) return undefined;
  const gaps = given.flatMap((result) =>
    result.gaps.filter((gap) => gap.subject === undefined || about(gap)).map((gap) => ({ ...gap, result }))
  );
  // Some results are inconclusive as a whole, without a gap of one app.
  if (gaps.length === 0) return given.every(isSettled) ? { kind: 'met' } : undefined;
  const attestations = gaps.flatMap(({ attestation, result }) => attestation ?? result.attestation ?? []);
  const disproof = gaps.find((gap) => gap.disproof)?.disproof;
  return {
    kind: 'open',
    ...(attestations.length === gaps.length && attestations[0] ? { attestedBy: attestations[0].owner } : {}),
    ...(disproof ? { disproof } : {}),
  };
}

const isSettled = ({ verdict, gaps }: Result): boolean => verdict !== 'inconclusive' || gaps.length > 0;
const violationsFirst = (one: Finding, other: Finding): number =>
  Number(other.kind === 'violation') - Number(one.kind === 'violation');
