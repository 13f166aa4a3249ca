import { groupsOf } from '../common/lists.js';
import { isOpen } from '../engine/report.js';
import type { Component, ControlInfo, Finding, Report, Target, TargetReport, TrustedRange } from '../engine/types.js';
import { API_VERSIONS, changesFor, componentsOf, decodeFullName, filesOf, type PlannedChange } from './orgProject.js';
import { editFor } from './packageEdits.js';
import { SourceEdits } from './sourceEdits.js';

/** How a finding is closed: by a diff, by a project to deploy, in the code, or by hand. */
export type Way = 'diff' | 'deploy' | 'code' | 'manual';
export type Item = {
  target: Target;
  control: ControlInfo;
  finding: Finding;
  way: Way;
  /** The diffs or the projects of the plan that close it; empty if none does. */
  files: readonly string[];
  /** What users notice of each. */
  effects: readonly string[];
};
export type Plan = { items: readonly Item[]; files: ReadonlyArray<{ name: string; content: string }> };

/** What a plan is made of, besides the report. */
export type PlanInput = {
  /** The text of a file of a package; nothing if it is not there or may not be read. */
  read: (target: Target, file: string) => Promise<string | undefined>;
  /** `trust.ipRanges` of the policy: the login IP ranges of profiles that have none. */
  ranges?: readonly TrustedRange[];
  /** Metadata files that were retrieved from the org. */
  retrieved?: ReadonlyArray<{ path: string; text: string }>;
};
export type ReadSource = PlanInput['read'];

/** What closes which finding of a report. Nothing is changed; the files are for a person to review. */
export async function planOf(report: Report, sources: PlanInput): Promise<Plan> {
  const items: Item[] = [];
  const files: Array<{ name: string; content: string }> = [];
  for (const [index, target] of report.targets.entries()) {
    const name = `${index + 1}-${target.target.name.replace(/[^\w.-]+/g, '-').slice(0, 40)}`;
    const planned =
      // eslint-disable-next-line no-await-in-loop -- one target after the other
      await (target.target.kind === 'package' ? packagePlan(target, name, sources) : orgPlan(target, name, sources));
    items.push(...planned.items);
    files.push(...planned.files);
  }
  return { items, files };
}

type Open = { target: Target; control: ControlInfo; finding: Finding };

function openFindings({ target, results }: TargetReport): Open[] {
  return results
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap(({ control, findings }) => findings.filter(isOpen).map((finding) => ({ target, control, finding })));
}

async function packagePlan(report: TargetReport, name: string, { read }: PlanInput): Promise<Plan> {
  const { target } = report;
  const edits = new SourceEdits((file) => read(target, file));
  const placesOf = ({ control, finding: { subject } }: Open): string[] =>
    subject.file === undefined ? [] : [subject.file, ...(editFor(control.id)?.files?.(subject.file) ?? [])];
  return diffPlan(openFindings(report), edits, `package-${name}.diff`, placesOf);
}

async function diffPlan(
  open: readonly Open[],
  edits: SourceEdits,
  diffFile: string,
  placesOf: (one: Open) => readonly string[]
): Promise<Plan> {
  const items: Item[] = [];
  for (const one of open) {
    // eslint-disable-next-line no-await-in-loop -- a change depends on those before it
    const applied = await edits.apply(one.control.id, one.finding, placesOf(one));
    items.push(
      applied
        ? { ...one, way: 'diff', files: [diffFile], effects: [applied.effect] }
        : { ...one, way: isCode(one) ? 'code' : 'manual', files: [], effects: [] }
    );
  }
  const content = edits.diff();
  return { items, files: content === '' ? [] : [{ name: diffFile, content }] };
}

function isCode({ control: { area }, finding: { subject } }: Open): boolean {
  return area === 'Code and secrets' || (subject.file !== undefined && !subject.file.endsWith('-meta.xml'));
}

/** `project`: the folder of the plan. */
type InProject = PlannedChange & { project: string };

async function orgPlan(report: TargetReport, name: string, { ranges = [], retrieved = [] }: PlanInput): Promise<Plan> {
  const planned: InProject[] = [];
  const deployed = openFindings(report).map((one): Item => {
    const changes = changesFor(one.control, one.finding, ranges).map((change) => ({
      project: `org-${name}${change.project === 'current' ? '' : `-${change.project}`}`,
      change,
      control: one.control.id,
      subject: one.finding.subject.name,
    }));
    planned.push(...changes);
    const way = changes.length > 0 ? 'deploy' : 'manual';
    const files = [...new Set(changes.map(({ project }) => project))];
    return { ...one, way, files, effects: [...new Set(changes.map(({ change }) => change.effect))] };
  });
  const edits = new SourceEdits((file) => Promise.resolve(retrieved.find(({ path }) => path === file)?.text));
  const rest = deployed.filter(({ way }) => way === 'manual');
  const diffs = await diffPlan(rest, edits, `org-${name}.diff`, ({ finding }) => retrievedFiles(finding, retrieved));
  const byFinding = new Map(diffs.items.map((item) => [item.finding, item]));
  return {
    items: deployed.map((item) => byFinding.get(item.finding) ?? item),
    files: [...groupsOf(planned, ({ project }) => project).flatMap(projectFiles), ...diffs.files],
  };
}

function projectFiles(planned: readonly [InProject, ...InProject[]]): Array<{ name: string; content: string }> {
  const [{ project: folder, change }] = planned;
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    namespace: '',
    sourceApiVersion: API_VERSIONS[change.project],
  };
  return [
    { name: `${folder}/sfdx-project.json`, content: `${JSON.stringify(project, null, 2)}\n` },
    ...filesOf(planned).map(({ name, content }) => ({ name: `${folder}/force-app/main/default/${name}`, content })),
  ];
}

/** Files of a site, and of the app: by the name of a Connected App, by the app that the settings of an External Client App name. */
function retrievedFiles(finding: Finding, retrieved: NonNullable<PlanInput['retrieved']>): string[] {
  const site = siteFile(finding);
  const ofSite = retrieved.filter(
    ({ path }) => site !== undefined && decodeFullName(path.split(/[\\/]/).at(-1) ?? '') === site
  );
  const ofApps = componentsOf(finding).flatMap((component) => retrieved.filter((file) => isOf(component, file)));
  return [...ofSite, ...ofApps].map(({ path }) => path);
}

/** The name of a site in an org is the name of its file. */
function siteFile({ kind, subject: { type, name } }: Finding): string | undefined {
  const ending = { Site: 'site', Network: 'network' }[type];
  return ending === undefined || kind === 'latent' ? undefined : `${name}.${ending}-meta.xml`;
}

function isOf({ type, fullName }: Component, { path, text }: { path: string; text: string }): boolean {
  if (type === 'ConnectedApp') return path.split(/[\\/]/).at(-1) === `${fullName}.connectedApp-meta.xml`;
  if (type !== 'ExternalClientApplication') return false;
  return text.includes(`<externalClientApplication>${fullName}</externalClientApplication>`);
}
