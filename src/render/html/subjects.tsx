import type { JSX } from 'preact';
import { isOpen } from '../../engine/report.js';
import type { Finding, Report } from '../../engine/types.js';
import { topicOf } from '../problems.js';
import { plain } from '../text.js';
import { groupsOf } from '../../common/lists.js';
import { counted } from '../../common/text.js';
import { Capped, filtered, Name, TargetName } from './components.js';
import { entriesOf, type Entry } from './entries.js';
import type { Layout } from './layout.js';

type EntryFinding = { entry: Entry; finding: Finding };
type Props = { report: Report; layout: Layout };

/** The other ways to read the findings; a group that has none is left out. */
const groupings = [
  { view: 'app', title: 'Findings by app', types: ['ConnectedApp', 'ExternalClientApp', 'OauthToken', 'Package'] },
  { view: 'user', title: 'Findings by user', types: ['User'] },
] as const;

/** Findings by app, by user and by target, folded until a reader asks for them. */
export function Subjects({ report, layout }: Props): JSX.Element {
  return (
    <>
      {groupings.map(({ view, title, types }) => (
        <Grouping
          view={view}
          title={title}
          groups={subjectGroups(openFindings(report).filter(({ finding }) => isOneOf(types, finding)))}
          layout={layout}
          showTarget={report.targets.length > 1}
        />
      ))}
      <Grouping
        view="org"
        title="Findings by target"
        groups={targetGroups(report)}
        layout={layout}
        showTarget={false}
      />
    </>
  );
}

function isOneOf(types: readonly string[], { subject }: Finding): boolean {
  return types.includes(subject.type);
}

function openFindings(report: Report): EntryFinding[] {
  return entriesOf(report)
    .filter(({ result }) => result.verdict === 'fail')
    .flatMap((entry) => entry.result.findings.filter(isOpen).map((finding) => ({ entry, finding })));
}

type Group = { name: JSX.Element; found: readonly [EntryFinding, ...EntryFinding[]] };

function subjectGroups(found: readonly EntryFinding[]): Group[] {
  const keyOf = ({ entry, finding: { subject } }: EntryFinding): string =>
    JSON.stringify([entry.number, subject.type, subject.name]);
  return groupsOf(found, keyOf)
    .map((group) => ({ name: <Name value={group[0].finding.subject.name} />, found: group }))
    .toSorted((one, other) => other.found.length - one.found.length);
}

function targetGroups(report: Report): Group[] {
  if (report.targets.length < 2) return [];
  return groupsOf(openFindings(report), ({ entry }) => entry.number).map((found) => ({
    name: <TargetName target={found[0].entry.report.target} />,
    found,
  }));
}

function Grouping({ view, title, groups, layout, showTarget }: GroupingProps): JSX.Element | null {
  if (groups.length === 0) return null;
  return (
    <section class="grouping" data-view={view}>
      <details>
        <summary>
          <h2>
            {title} <span class="total">{groups.length}</span>
          </h2>
        </summary>
        <Capped items={groups}>
          {(shown) => (
            <ul class="groups">
              {shown.map((group) => (
                <GroupItem group={group} layout={layout} showTarget={showTarget} />
              ))}
            </ul>
          )}
        </Capped>
      </details>
    </section>
  );
}
type GroupingProps = { view: string; title: string; groups: readonly Group[]; layout: Layout; showTarget: boolean };

function GroupItem({ group: { name, found }, layout, showTarget }: ItemProps): JSX.Element {
  const byControl = groupsOf(found, (one) => one.entry.result.control.id);
  const [{ entry }] = found;
  return (
    <li class="group" {...filtered({ targets: [entry.number] })}>
      {name} {showTarget && <TargetName target={entry.report.target} />}{' '}
      <span class="place">{counted(byControl.length, 'control')}</span>
      <ul class="chips">
        {byControl.map(([first, ...others]) => (
          <li>
            <a href={`#${layout.anchorOf(first.entry, first.finding) ?? 'action-required'}`}>
              {plain(topicOf(first.entry.result.control))}
              {others.length > 0 && ` (${others.length + 1})`}
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}
type ItemProps = { group: Group; layout: Layout; showTarget: boolean };
