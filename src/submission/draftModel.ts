import type { Declared, EvidenceOf, Policy, TargetReport } from '../engine/types.js';
import type { DraftRecord } from './draftRecord.js';
import type { SubmissionFacts } from './facts.js';
import type { AnsweredTopic } from './questions/answers.js';

/** A part of a document. Every sentence is a fact or an answer. */
export type DraftBlock =
  | { kind: 'heading' | 'subheading' | 'text'; text: string }
  | { kind: 'list'; items: readonly string[]; ordered?: true }
  | { kind: 'table'; columns: readonly string[]; rows: ReadonlyArray<readonly string[]> }
  /** A missing answer; `where` is its place in the policy. */
  | { kind: 'missing'; what: string; where: string }
  /** A fact that could not be read, or not whole. */
  | { kind: 'unseen'; what: string }
  | { kind: 'answer'; label: string; text: string }
  | { kind: 'diagram'; title: string; mermaid: string };

export type DraftDocument = { file: string; title: string; blocks: readonly DraftBlock[] };
/** `documents` are for the reviewers, `todo` is for the author. */
export type Draft = {
  documents: readonly DraftDocument[];
  todo: DraftDocument;
  mermaid: string;
  record: DraftRecord;
  /** A policy in YAML with a place for every missing answer. */
  questions: string;
};

/** The input of a draft: facts, declarations of the policy, and the results of the controls. */
export type DraftInput = {
  tool: DraftRecord['tool'];
  evidence: EvidenceOf<SubmissionFacts>;
  policy: Policy;
  report: TargetReport;
};

/** What a document is written from. */
export type DraftContext = DraftInput & {
  /** As far as they were read; `unseenOf` lists what could not be checked. */
  known: SubmissionFacts;
  declared: Declared;
  mermaid: string;
  /** The topics at these places of the policy, and below them. */
  of: (...paths: readonly string[]) => AnsweredTopic[];
};
