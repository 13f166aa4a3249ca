import { controlOver } from '../engine/control.js';
import type { Report } from '../engine/types.js';
import type { PackageFacts } from '../package/facts.js';
import type { DraftRecord } from './draftRecord.js';

/** The facts of a package that a submission rests on. */
export const factsOfPackage = [
  'project',
  'connectedApps',
  'externalClientApps',
  'canvasUses',
  'code',
  'contents',
  'endpoints',
  'secretStores',
  'sessionIds',
] as const satisfies ReadonlyArray<keyof PackageFacts>;
export type FactOfPackage = (typeof factsOfPackage)[number];

/** What a submission rests on: facts of the package, reports that were given, and the draft before this one. */
export type SubmissionFacts = Pick<PackageFacts, FactOfPackage> & {
  reports: readonly GivenReport[];
  /** `undefined`: this is the first draft. */
  previous: DraftRecord | undefined;
};

/** A report of this tool, and its file. */
export type GivenReport = { file: string; report: Report };

export const submissionControl = controlOver<SubmissionFacts>();
