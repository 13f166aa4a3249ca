import type { JSX } from 'preact';
import { areas, severities, type Report } from '../../engine/types.js';
import { plain } from '../text.js';
import * as words from '../reportText.js';
import { entriesOf, numbered } from './entries.js';

/** Shown by the script only: without it the page is complete, and there is nothing to press. */
export const Filters = ({ report }: { report: Report }): JSX.Element => (
  <section id="filters" class="filters" aria-labelledby="filters-title" hidden>
    <h2 id="filters-title">Show</h2>
    <p>
      <label for="filter-search">Search</label>{' '}
      <input type="search" id="filter-search" autocomplete="off" spellcheck={false} />
    </p>
    <Choices title="Verdict" name="verdict" values={words.verdictOrder} />
    <Choices title="Severity" name="severity" values={severities} />
    <Group report={report} />
    <Area report={report} />
    {report.targets.length > 1 && (
      <p>
        <label for="filter-target">Target</label>{' '}
        <select id="filter-target" autocomplete="off">
          <option value="">all {report.targets.length}</option>
          {numbered(report).map(({ report: { target }, number }) => (
            <option value={number}>{`${plain(words.kinds[target.kind] ?? target.kind)} ${plain(target.name)}`}</option>
          ))}
        </select>
      </p>
    )}
    <p>
      <button type="button" id="show-everything">
        Show everything
      </button>{' '}
      <span id="shown" role="status" />
    </p>
  </section>
);

/** The sections that a reader can see instead of the results by control. */
const Group = ({ report }: { report: Report }): JSX.Element => (
  <p>
    <label for="filter-view">Group by</label>{' '}
    <select id="filter-view" autocomplete="off">
      <option value="control">control</option>
      <option value="app">app</option>
      <option value="user">user</option>
      {report.targets.length > 1 && <option value="org">target</option>}
    </select>
  </p>
);

const Area = ({ report }: { report: Report }): JSX.Element | null => {
  const shown = areas.filter((area) => entriesOf(report).some(({ result }) => result.control.area === area));
  if (shown.length < 2) return null;
  return (
    <p>
      <label for="filter-area">Area</label>{' '}
      <select id="filter-area" autocomplete="off">
        <option value="">all</option>
        {shown.map((area) => (
          <option value={area}>{area}</option>
        ))}
      </select>
    </p>
  );
};

const Choices = ({ title, name, values }: { title: string; name: string; values: readonly string[] }): JSX.Element => (
  <fieldset>
    <legend>{title}</legend>
    {values.map((value) => (
      <label>
        <input type="checkbox" name={name} value={value} checked autocomplete="off" /> {value.replace('-', ' ')}
      </label>
    ))}
  </fieldset>
);
