import type { ComponentChildren, JSX } from 'preact';
import type { RemovedFinding, Report } from '../../engine/types.js';
import { appAttestations, attestationLines, setupPathOf } from '../attestationBlock.js';
import { plain } from '../text.js';
import * as words from '../reportText.js';
import { anchorOf, numbered, type Numbered } from './entries.js';
import { Badge, Capped, Day, filtered, Name, Table, TargetName } from './components.js';

/** What would let the auditing user see the rest. */
export const ToDecide = ({ report }: { report: Report }): JSX.Element | null => {
  const waiting = numbered(report)
    .map((one) => ({ ...one, grants: words.toDecide(one.report.results) }))
    .filter(({ grants }) => grants.length > 0);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="to-check-the-rest">
      <h2 id="to-check-the-rest">To check the rest</h2>
      {waiting.map((one) => (
        <div {...filtered({ targets: [one.number] })}>
          <p>
            Give the auditing user of <TargetName target={one.report.target} />:
          </p>
          <ul>
            {one.grants.map((grant) => (
              <li>{plain(grant)}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};

/** What only Setup shows of External Client Apps, as entries of the policy. */
export const ToAttest = ({ report }: { report: Report }): JSX.Element | null => {
  const waiting = numbered(report)
    .map((one) => ({ ...one, apps: appAttestations(one.report) }))
    .filter(({ apps }) => apps.length > 0);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="to-attest">
      <h2 id="to-attest">To attest what only Setup shows</h2>
      {waiting.map((one) => (
        <div {...filtered({ targets: [one.number] })}>
          {one.apps.map((app) => (
            <>
              <p>
                Read the settings in {setupPathOf(app)}, complete the entry, and add it to security-review.yml for{' '}
                <TargetName target={one.report.target} />:
              </p>
              <pre tabindex={0}>
                {['attestations:', ...attestationLines(app, one.report.asOf).map((line) => `  ${line}`)].join('\n')}
              </pre>
            </>
          ))}
        </div>
      ))}
    </section>
  );
};

/** What changed since an earlier report. */
export const Changes = ({ report }: { report: Report }): JSX.Element | null => {
  const compared = numbered(report).filter((one) => one.report.drift !== undefined);
  if (compared.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">What changed since an earlier report</h2>
      {compared.map((one) => (
        <Change {...one} />
      ))}
    </section>
  );
};

const Change = ({ report, number }: Numbered): JSX.Element => {
  const { target, drift } = report;
  const counts = words.driftCounts([report]);
  return (
    <div class="stack" {...filtered({ targets: [number] })}>
      <h3>
        <TargetName target={target} />
        {drift?.since === undefined ? (
          ': not in the earlier report'
        ) : (
          <>
            {' '}
            since <Day moment={drift.since} />
          </>
        )}
      </h3>
      <p>
        {counts.new + counts.grown} new or grown · {counts.unchanged} unchanged · {counts.fixed} fixed ·{' '}
        {counts.accepted} accepted · {counts.notSeen} not fully checked again
      </p>
      <GoneTable name="Fixed: fully checked, and no longer there" gone={drift?.fixed ?? []} target={number} />
      <GoneTable
        name="Accepted: still there, and allowed by the policy now"
        gone={drift?.accepted ?? []}
        target={number}
      />
      <GoneTable name="Not fully checked again: it may still be there" gone={drift?.notSeen ?? []} target={number} />
    </div>
  );
};

const GoneTable = ({
  name,
  gone,
  target,
}: {
  name: string;
  gone: readonly RemovedFinding[];
  target: number;
}): JSX.Element => (
  <Capped items={gone}>
    {(shown) => (
      <>
        <h4>{name}</h4>
        <Table
          label={name}
          columns={['Subject', 'Severity', 'Control', 'What it was']}
          rows={shown.map(({ subject, severity, control, message }) => ({
            about: { targets: [target], severity },
            cells: [
              <Name value={`${subject.type}:${subject.name}`} />,
              <Badge tone={severity}>{plain(severity)}</Badge>,
              <Name value={control} />,
              plain(message),
            ],
          }))}
        />
      </>
    )}
  </Capped>
);

/** What is known about each target, and what else its review has to say. */
export const Targets = ({ report }: { report: Report }): JSX.Element => (
  <section aria-labelledby="targets">
    <h2 id="targets">{report.targets.length === 1 ? 'The target' : 'The targets'}</h2>
    {numbered(report).map(({ report: one, number }) => (
      <section class="about" id={anchorOf(number)} {...filtered({ targets: [number] })}>
        <h3>
          <TargetName target={one.target} /> <Badge tone={one.gate}>{plain(one.gate)}</Badge>
        </h3>
        <p>
          {[plain(words.extentOf(one, report.scope)), ...words.aboutTarget(one).map(plain), 'as of '].join(' · ')}
          <Day moment={one.asOf} />
        </p>
        <Listed name="Notices" items={one.notices.map(plain)} />
        <Listed
          name="Turned off by the policy"
          items={one.off.map((id) => (
            <Name value={id} />
          ))}
        />
      </section>
    ))}
  </section>
);

const Listed = ({ name, items }: { name: string; items: readonly ComponentChildren[] }): JSX.Element | null =>
  items.length === 0 ? null : (
    <>
      <h4>{name}</h4>
      <ul>
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </>
  );
