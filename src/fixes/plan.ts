import { isOpen } from '../engine/report.js';
import type { ControlInfo, Finding, Report, Target, TargetReport } from '../engine/types.js';
import { settingFor, settingsFiles, type Setting } from './orgSettings.js';
import { editFor } from './packageEdits.js';
import { unifiedDiff } from './unifiedDiff.js';

/** How a finding is closed: by the diff, by the project to deploy, in the code, or by hand. */
export type Way = 'diff' | 'settings' | 'code' | 'manual';
export type Item = {
  target: Target;
  control: ControlInfo;
  finding: Finding;
  way: Way;
  /** The file of the plan that closes it, or why none does. */
  where: string;
  effect?: string;
};
export type Plan = { items: readonly Item[]; files: ReadonlyArray<{ name: string; content: string }> };

/** The text of a file of a package; nothing if it is not there or may not be read. */
export type ReadSource = (target: Target, file: string) => Promise<string | undefined>;

const API_VERSION = '67.0';

/** What closes which finding of a report. Nothing is changed; the files are for a person to review. */
export async function planOf(report: Report, read: ReadSource): Promise<Plan> {
  const items: Item[] = [];
  const files: Array<{ name: string; content: string }> = [];
  for (const [index, target] of report.targets.entries()) {
    const name = `${index + 1}-${target.target.name.replace(/[^\w.-]+/g, '-').slice(0, 40)}`;
    const planned =
      // eslint-disable-next-line no-await-in-loop -- one target after the other
      target.target.kind === 'package' ? await packagePlan(target, name, read) : orgPlan(target, name);
    items.push(...planned.items);
    files.push(...planned.files);
  }
  return { items, files };
}

type Found = { control: ControlInfo; finding: Finding };

function openFindings({ results }: TargetReport): Found[] {
  return results
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap(({ control, findings }) => findings.filter(isOpen).map((finding) => ({ control, finding })));
}

async function packagePlan({ target, ...report }: TargetReport, name: string, read: ReadSource): Promise<Plan> {
  const diffFile = `package-${name}.diff`;
  const sources = new Map<string, { text: string; lines: Array<string | undefined> } | undefined>();
  const open = async (file: string): Promise<Array<string | undefined> | undefined> => {
    if (!sources.has(file)) {
      const text = await read(target, file);
      sources.set(file, text === undefined ? undefined : { text, lines: text.split('\n') });
    }
    return sources.get(file)?.lines;
  };
  const items: Item[] = [];
  for (const { control, finding } of openFindings({ target, ...report })) {
    const edit = editFor(control.id);
    const { file } = finding.subject;
    const places = file === undefined ? [] : [file, ...(edit?.files?.(file) ?? [])];
    let isPlanned = false;
    for (const place of edit ? places : []) {
      // eslint-disable-next-line no-await-in-loop -- the first file that has the element
      const lines = await open(place);
      isPlanned = lines !== undefined && edit !== undefined && edit.apply(lines, finding);
      if (isPlanned) break;
    }
    items.push(
      isPlanned
        ? { target, control, finding, way: 'diff', where: diffFile, effect: edit?.effect }
        : { target, control, finding, way: isCode(control) ? 'code' : 'manual', where: control.remediation }
    );
  }
  const diffs = [...sources]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, source]) =>
      source === undefined
        ? ''
        : unifiedDiff(file, source.text, source.lines.filter((line) => line !== undefined).join('\n'))
    );
  const content = diffs.join('');
  return { items, files: content === '' ? [] : [{ name: diffFile, content }] };
}

function isCode({ area }: ControlInfo): boolean {
  return area === 'Code and secrets';
}

function orgPlan(report: TargetReport, name: string): Plan {
  const { target } = report;
  const folder = `org-${name}`;
  const settings: Setting[] = [];
  const items = openFindings(report).map(({ control, finding }): Item => {
    const setting = settingFor(control, finding);
    if (setting === undefined) return { target, control, finding, way: 'manual', where: control.remediation };
    settings.push(setting);
    return { target, control, finding, way: 'settings', where: folder, effect: setting.effect };
  });
  if (settings.length === 0) return { items, files: [] };
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    namespace: '',
    sourceApiVersion: API_VERSION,
  };
  return {
    items,
    files: [
      { name: `${folder}/sfdx-project.json`, content: `${JSON.stringify(project, null, 2)}\n` },
      ...settingsFiles(settings).map(({ name: file, content }) => ({
        name: `${folder}/force-app/main/default/${file}`,
        content,
      })),
    ],
  };
}
