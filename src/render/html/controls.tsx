import type { JSX } from 'preact';
import type { ControlInfo, Report } from '../../engine/types.js';
import { compare } from '../../common/lists.js';
import { asvsVersion } from '../../salesforce/rules/index.js';
import { asvsCell, weaknessCell } from '../taxonomies.js';
import { plain } from '../text.js';
import { Name, Prose, Reference } from './components.js';

/** The text of each control, printed once for all targets. */
export type ControlTexts = { all: readonly ControlInfo[]; anchorOf(control: ControlInfo): string };

export const controlTexts = ({ targets }: Report): ControlTexts => {
  const texts = new Map<string, ControlInfo>();
  for (const { control } of targets.flatMap(({ results }) => results)) texts.set(keyOf(control), control);
  const all = [...texts.values()].toSorted((one, other) => compare(one.id, other.id));
  const anchors = new Map(all.map((control, index) => [keyOf(control), `control-${index + 1}`]));
  return { all, anchorOf: (control) => anchors.get(keyOf(control)) ?? '' };
};

/** Reports of two versions of the tool may tell two texts of one control. */
const keyOf = ({ id, requirement, rationale, remediation, references }: ControlInfo): string =>
  JSON.stringify([id, requirement, rationale, remediation, references]);

/** What each control asks and why, with Salesforce's own pages. */
export const Controls = ({ texts }: { texts: ControlTexts }): JSX.Element | null => {
  if (texts.all.length === 0) return null;
  return (
    <section aria-labelledby="controls">
      <h2 id="controls">What the controls require</h2>
      <details>
        <summary>
          Requirement, reason and sources of each control <span class="total">{texts.all.length}</span>
        </summary>
        {texts.all.map((control) => (
          <section class="control" id={texts.anchorOf(control)}>
            <h3>
              {plain(control.title)} <Name value={control.id} />
            </h3>
            <dl>
              <dt>Requirement</dt>
              <dd>{plain(control.requirement)}</dd>
              <dt>Why</dt>
              <dd>
                <Prose text={control.rationale} />
              </dd>
              <dt>What to do</dt>
              <dd>
                <Prose text={control.remediation} />
              </dd>
              {control.references.length > 0 && <dt>Sources</dt>}
              {control.references.map((reference) => (
                <dd>
                  <Reference value={reference} />
                </dd>
              ))}
              {weaknessCell(control.id) !== undefined && <dt>Weaknesses</dt>}
              {weaknessCell(control.id) !== undefined && <dd>{weaknessCell(control.id)}</dd>}
              {asvsCell(control.id) !== undefined && <dt>OWASP ASVS {asvsVersion}</dt>}
              {asvsCell(control.id) !== undefined && <dd>{asvsCell(control.id)}</dd>}
            </dl>
          </section>
        ))}
      </details>
    </section>
  );
};
