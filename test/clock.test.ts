import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inRoot } from '../scripts/tools/paths.js';

/** The only places with a timer: they limit requests to an org, whose end is a gap or an error, never a verdict. */
const ALLOWED = ['common/runningTime.ts', 'org/client/transport.ts'];
const CLOCK =
  /\bDate\.now\b|\bperformance\.(?:now|timeOrigin)\b|\bhrtime\b|\bset(?:Timeout|Interval)\b|AbortSignal\.timeout/;

describe('no clock decides a verdict', () => {
  it('only requests to an org have a limit in time: a run that is paused gives the same report', () => {
    const files = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file)
    );
    const timed = files.filter((file) => CLOCK.test(readFileSync(join(inRoot('src'), file), 'utf8')));
    expect(timed.map((file) => file.replaceAll('\\', '/')).sort()).to.deep.equal(ALLOWED);
  });
});
