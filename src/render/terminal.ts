import type { Finding, Gate, RemovedFinding, Report, Result, TargetReport, Verdict } from '../engine/types.js';
import { counted } from '../common/text.js';
import { shortTime } from '../common/dates.js';
import { appAttestations, attestationLines, setupPathOf } from './attestationBlock.js';
import { columns, padded, plain, withoutMarks, wrap } from './text.js';
import * as words from './reportText.js';

/** What a piece of text means; the caller decides how a terminal shows it. */
export type Tone = Verdict | Gate | 'strong' | 'quiet';

export type HumanOptions = {
  /** `detail` also shows passes and not-applicables, and what to do. */
  view?: 'table' | 'detail';
  /** Columns; 100 by default, 24 at least. */
  width?: number;
  /** Notices that were printed before: each is printed once. */
  alreadyShown?: readonly string[];
  /** Without it the text is plain. */
  color?: (tone: Tone, text: string) => string;
};
type Settings = Required<HumanOptions>;

/** The report for a terminal: what needs action first. */
export const renderHuman = (report: Report, options: HumanOptions = {}): string => {
  const width = Math.max(24, options.width ?? 100);
  const settings: Settings = { view: 'table', alreadyShown: [], color: (_, text) => text, ...options, width };
  const { targets, gate, scope } = report;
  const blocks = targets.map((target) => blockOf(target, scope, settings));
  const overall = lines(`Gate of all ${targets.length} targets: ${words.gateSentence(gate, scope)}`, settings)
    .map((line) => settings.color(gate, line))
    .join('\n');
  // A user who views one control in detail has just typed the next command.
  const looked = settings.view === 'detail' && scope.controls !== 'all' && scope.controls.length === 1;
  const next = looked ? undefined : words.nextCommand(report);
  return [...blocks, ...(targets.length > 1 ? [overall] : []), ...(next ? [`Next: ${next}`] : [])].join('\n\n');
};

const blockOf = (target: TargetReport, scope: Report['scope'], settings: Settings): string => {
  const { color, view, alreadyShown } = settings;
  const detail = view === 'detail';
  const head = `Security review of ${words.nameOfTarget(target.target)}, ${words.extentOf(target, scope)}, ${shortTime(target.asOf)}`;
  const about = words.aboutTarget(target).join(' · ');
  const rows = words.sorted(target.results, detail);
  const id = Math.max(0, ...rows.map(({ control }) => columns(plain(control.id))));
  const hidden = detail ? [] : words.quiet(target.results).flatMap(({ findings }) => findings);
  const toDecide = words.toDecide(target.results);
  const drift = words.driftOf(target);
  const coverage = words.coverageOf(target.target);
  const paragraphs = [
    [
      ...lines(head, settings).map((line) => color('strong', line)),
      ...(about === '' ? [] : lines(about, settings).map((line) => color('quiet', line))),
    ],
    target.error ? errorOf(target.error, settings) : [],
    rows.flatMap((result) => rowOf(result, id, settings)),
    [
      ...(hidden.length > 0
        ? lines(`${counted(hidden.length, 'finding')} under controls that need no action: see --view detail.`, settings)
        : []),
      ...target.notices
        .filter((notice) => !alreadyShown.includes(notice))
        .flatMap((notice) => lines(notice, settings, 'Notice: ', '  ')),
      ...(detail && target.off.length > 0 ? lines(target.off.join(', '), settings, 'Off: ', '  ') : []),
    ],
    toDecide.length > 0
      ? [
          ...lines('To check the rest, give the auditing user:', settings),
          ...toDecide.flatMap((one) => lines(one, settings, '  - ')),
        ]
      : [],
    ...(detail ? attestationsOf(target, settings) : []),
    ...words
      .goneOf(target)
      .map(({ title, gone }) => [
        ...lines(`${title}:`, settings),
        ...capped(gone, (one) => lines(goneOf(one), settings, '  - ')),
      ]),
    [
      ...lines(words.countsOf(target), settings),
      ...(coverage === undefined ? [] : lines(coverage, settings)),
      ...(drift === undefined ? [] : lines(drift, settings)),
      ...lines(`Gate: ${words.gateSentence(target.gate, scope)}`, settings).map((line) => color(target.gate, line)),
    ],
  ];
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join('\n'))
    .join('\n\n');
};

/** Ready to paste: its lines are not wrapped, because YAML would read them differently. */
const attestationsOf = (target: TargetReport, settings: Settings): string[][] =>
  appAttestations(target).map((one) => [
    ...lines(
      `Only Setup shows the rest of ${one.app}. Read it there, and add the entry to security-review.yml:`,
      settings
    ),
    ...lines(setupPathOf(one), settings, '  '),
    '  attestations:',
    ...attestationLines(one, target.asOf).map((line) => `    ${line}`),
  ]);

const errorOf = ({ message, actions }: NonNullable<TargetReport['error']>, settings: Settings): string[] => [
  ...lines(message, settings, 'ERROR  '),
  ...actions.flatMap((action) => lines(action, settings, '       - ')),
];

/** With fewer columns, a reason is below its control instead of on the same line. */
const narrowest = 36;

const rowOf = (result: Result, idWidth: number, settings: Settings): string[] => {
  const { control, verdict, reason, findings, gaps } = result;
  const label = verdict === 'not-applicable' ? 'N/A' : verdict.toUpperCase();
  const before = settings.color(verdict, label) + ' '.repeat(14 - label.length);
  const rest = `${padded(control.severity, 10)}${padded(plain(control.id), idWidth)}  `;
  const start = 14 + columns(rest);
  const isOnSameLine = settings.width - start >= narrowest;
  const reasonLines = wrap(plain(reason), settings.width - (isOnSameLine ? start : 4));
  const [first = '', ...others] = reasonLines;
  // Where not even the control fits after its verdict, it is below.
  const head =
    14 + columns(rest.trimEnd()) <= settings.width
      ? [`${before}${rest}`.trimEnd()]
      : [`${before}${control.severity}`, ...lines(control.id, settings, '  ')];
  return [
    ...(isOnSameLine ? [`${before}${rest}${first}`] : head),
    ...(isOnSameLine ? others : reasonLines).map((line) => ' '.repeat(isOnSameLine ? start : 4) + line),
    ...capped(words.ranked(findings), (finding) => lines(findingOf(finding, reason), settings, '    - ')),
    ...capped(
      words.grouped(gaps.filter((gap) => !isInFindings(gap, findings))).flatMap((gap) => gapLines(gap, result)),
      (gap) => lines(gap, settings, '    ? ')
    ),
    ...(settings.view === 'detail' ? detailOf(result, settings) : []),
  ];
};

/** A missing answer is a finding and a gap with the same words: printed once, it is easier to find. */
const isInFindings = ({ subject, detail, grants }: Result['gaps'][number], findings: readonly Finding[]): boolean =>
  grants === undefined &&
  findings.some(
    (finding) =>
      finding.message === detail && finding.subject.type === subject?.type && finding.subject.name === subject.name
  );

const detailOf = ({ control, verdict, findings }: Result, settings: Settings): string[] => [
  ...lines(`Wanted: ${control.title}.`, settings, '    ', '      '),
  ...(verdict === 'fail' || verdict === 'inconclusive'
    ? lines(`What to do: ${withoutMarks(control.remediation)}`, settings, '    ', '      ')
    : []),
  ...findings
    .filter(words.isUnanswered)
    .slice(0, 1)
    .flatMap((finding) => lines(entryOf(finding, control.id), settings, '    ', '      ')),
];

/** What to write into the policy, to be filled in: a mapping of YAML stays one over several lines. */
const entryOf = ({ subject }: Finding, control: string): string =>
  `To justify, write under justifications of the policy, for each subject: - { control: ${control}, subject: ${JSON.stringify(
    `${subject.type}:${subject.name}`
  )}, why: …, ${control.endsWith('broad-scopes-justified') ? 'supplementedBy: …, ' : ''}owner: …, on: YYYY-MM-DD, expires: YYYY-MM-DD }`;

const findingOf = (finding: Finding, reason: string): string => {
  const { subject, message } = finding;
  const place = words.placeOf(subject);
  const rest = words.withoutSubject(finding);
  const text = message === reason ? '' : rest === undefined ? `: ${message}` : ` ${rest}`;
  return [
    `${subject.type}:${subject.name}${place ? ` (${place})` : ''}${text}`,
    ...words.marks(finding).map((mark) => `[${mark}]`),
  ].join(' ');
};

const goneOf = ({ severity, control, subject, message }: RemovedFinding): string => {
  const place = words.placeOf(subject);
  return `${severity} ${control} ${subject.type}:${subject.name}${place ? ` (${place})` : ''}: ${message}`;
};

/** Nothing where the reason already contains the detail: a kind without a name adds nothing. */
const gapLines = (unseen: words.GapGroup, { control, reason }: Result): string[] => {
  const { about, kind, detail } = unseen;
  const grants = words.grants(unseen);
  const isInReason = reason.includes(detail);
  const what =
    about.length > 0 || !isInReason || !control.attestable ? about.join(', ') : 'an attestation in the policy';
  if (isInReason && what === '' && grants.length === 0) return [];
  const text = [
    'could not be checked:',
    ...(what === '' ? [] : [what]),
    `(${kind})${isInReason ? '' : `: ${detail}`}`,
  ].join(' ');
  return [[text, ...grants].join(' — ')];
};

const capped = <T>(items: readonly T[], show: (item: T) => string[]): string[] => {
  const more = items.length - words.shownFindings;
  return [
    ...items.slice(0, words.shownFindings).flatMap(show),
    ...(more > 0 ? [`    and ${more} more (all in a .json file).`] : []),
  ];
};

/** A text in lines that fit: the first begins with `first`, the others with `hanging`. */
const lines = (text: string, { width }: Settings, first = '', hanging = ' '.repeat(first.length)): string[] =>
  wrap(plain(text), width - Math.max(first.length, hanging.length)).map(
    (line, index) => (index === 0 ? first : hanging) + line
  );
