import type { JSX } from 'preact';
import type { Report } from '../../engine/types.js';
import { plain } from '../text.js';
import { shortDay } from '../../common/dates.js';

const LINES = ['Prepared by', 'Reviewed by', 'Approved by'] as const;

/** Where people sign the printed report; a screen shows nothing to fill in. */
export function SignOff({ report }: { report: Report }): JSX.Element {
  return (
    <section class="sign-off" aria-labelledby="sign-off">
      <h2 id="sign-off">Sign-off</h2>
      <p>
        Result of {plain(shortDay(report.asOf))}: gate {plain(report.gate)}.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Name</th>
            <th scope="col">Date</th>
            <th scope="col">Signature</th>
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => (
            <tr>
              <th scope="row">{line}</th>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
