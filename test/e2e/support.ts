import { moveTo, startOrg, type SimulatedOrg } from '../../simulator/index.js';
import type { Scenario } from '../../simulator/index.js';
import { newSf, type Ran, type Sf } from '../../scripts/tools/sf.js';
import type { Report, TargetReport, Verdict } from '../../src/engine/types.js';

/** sf with the plugin in it, and the orgs that it is logged in to. */
export type Stage = { sf: Sf; orgs: Record<string, SimulatedOrg>; close(): Promise<void> };

/** Linked as a developer has it, or installed as a user has it, which starts faster. */
export const stageOf = async (
  scenarios: Record<string, Scenario>,
  plugin: 'linked' | 'installed' = 'installed'
): Promise<Stage> => {
  const sf = newSf();
  const orgs: Record<string, SimulatedOrg> = {};
  await (plugin === 'linked' ? sf.link() : sf.install());
  for (const [alias, scenario] of Object.entries(scenarios)) {
    // eslint-disable-next-line no-await-in-loop -- sf keeps all aliases in one file
    const org = (orgs[alias] = await startOrg(moveTo(scenario, new Date())));
    // eslint-disable-next-line no-await-in-loop
    await sf.logIn(org, alias);
  }
  return {
    sf,
    orgs,
    close: async () => {
      await Promise.all(Object.values(orgs).map((org) => org.stop()));
      sf.remove();
    },
  };
};

export const reportIn = ({ stdout, stderr }: Ran): Report => {
  try {
    return (JSON.parse(stdout) as { result: Report }).result;
  } catch {
    throw new Error(`No JSON came out: ${stdout}\n${stderr}`);
  }
};

export const errorIn = ({ stdout }: Ran): { name: string; message: string; exitCode: number; actions?: string[] } =>
  JSON.parse(stdout) as { name: string; message: string; exitCode: number; actions?: string[] };

export const verdictsOf = (target: TargetReport | undefined): Record<string, Verdict> =>
  Object.fromEntries((target?.results ?? []).map(({ control, verdict }) => [control.id, verdict]));
