import type { JSX } from 'preact';

const meanings: ReadonlyArray<[word: string, meaning: string]> = [
  ['fail', 'At least one subject offends; each is named.'],
  ['inconclusive', 'Not enough was seen. The report says what was not seen and what would fix it; it is never a pass.'],
  ['attested', 'A person answered what no API shows, with a date that has not passed.'],
  ['pass', 'Everything that the control rests on was read whole, and nothing offends.'],
  ['not applicable', 'Proven from what was read, such as a package without any app.'],
  ['latent', 'Worth knowing; it fails no control.'],
  ['waived', 'Known and accepted until a date; it changes no verdict and does not count in the gate.'],
];

/** For a reader who has the page and nothing else. */
export const Legend = (): JSX.Element => (
  <footer>
    <h2>How to read this</h2>
    <dl class="legend">
      {meanings.map(([word, meaning]) => (
        <div>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </footer>
);
