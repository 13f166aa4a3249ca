import type { JSX } from 'preact';
import { severities, type Report } from '../../engine/types.js';
import { plain } from '../text.js';
import * as words from '../reportText.js';
import { numbered } from './entries.js';

/** Shown by the script only: without it the page is complete, and there is nothing to press. */
export const Filters = ({ report }: { report: Report }): JSX.Element => (
  <section id="filters" class="filters" aria-labelledby="filters-title" hidden>
    <h2 id="filters-title">Show</h2>
    <Choices title="Verdict" name="verdict" values={words.verdictOrder} />
    <Choices title="Severity" name="severity" values={severities} />
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
