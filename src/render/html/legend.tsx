import type { JSX } from 'preact';

const meanings: ReadonlyArray<[word: string, meaning: string]> = [
  ['fail', 'At least one subject violates the control; each is named.'],
  ['inconclusive', 'Something could not be checked. The report says what, and what to do; it is never a pass.'],
  ['attested', 'A person confirmed what no API shows, until a date that has not passed.'],
  ['pass', 'Everything that the control needs was read, and nothing violates it.'],
  ['not applicable', 'Proven from what was read, such as a package without an app.'],
  ['note', 'Informational; it fails no control and is not an open finding.'],
  ['waived', 'Known and accepted until a date; it changes no verdict and does not count in the gate.'],
  [
    'open finding',
    'One fact about one user, app, setting or file that violates a control and is neither waived nor justified. A user can have several.',
  ],
  ['problem', 'The open findings of one control, or of one app that fails three controls or more.'],
  [
    'gate',
    'Failed by a control that fails; undecided if none fails, but one is inconclusive or a target was not opened.',
  ],
  ['dates', 'Days and times are in UTC.'],
];

/** For a reader who has the page and nothing else. */
export const Legend = (): JSX.Element => (
  <section aria-labelledby="legend">
    <h2 id="legend">How to read this</h2>
    <dl class="legend">
      {meanings.map(([word, meaning]) => (
        <div>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </section>
);
