import { expect } from 'chai';
import { pass } from '../../src/engine/control.js';
import { accounted, targetCoverage, gapsIn } from '../../src/engine/coverage.js';
import { complete } from '../../src/engine/evidence.js';
import { judge } from '../../src/engine/judge.js';
import type { JudgeContext, Judgement } from '../../src/engine/types.js';
import { asOf, offence, policy, saying, street, type Street } from './samples.js';

const context: JudgeContext = { params: {}, asOf, declared: { ...policy, audited: [] } };
const unexplained = { file: 'force-app/lwc/sync/sync.js', line: 7, why: 'Uses jsforce, and no rule explains how.' };

const verdictOf = (judgement: Judgement, doors: Street['doors']): string =>
  judge(
    saying(() => judgement),
    { ...street, doors },
    context
  ).judgement.verdict;

describe('Coverage', () => {
  it('is complete evidence when no file is left open', () => {
    expect(accounted(1, { evaluated: ['a.cls'] })).to.have.property('status', 'complete');
  });

  it('is part of the evidence when a file is left open, and names the file and the line', () => {
    const evidence = accounted(1, { open: [unexplained] });
    expect(evidence).to.have.property('status', 'partial');
    expect(gapsIn(evidence)).to.deep.equal([
      {
        kind: 'not-understood',
        detail: 'force-app/lwc/sync/sync.js:7: Uses jsforce, and no rule explains how.',
        subject: {
          type: 'File',
          name: 'force-app/lwc/sync/sync.js',
          file: 'force-app/lwc/sync/sync.js',
          line: 7,
        },
      },
    ]);
  });

  it('reaches the verdict: no pass while a file is not understood', () => {
    expect(verdictOf(pass('Fine.'), accounted([], { open: [unexplained] }))).to.equal('inconclusive');
    expect(verdictOf(pass('Fine.'), accounted([], { evaluated: ['a.cls'] }))).to.equal('pass');
  });

  it('keeps a fail that a part of the files proves', () => {
    const control = saying(() => ({ verdict: 'fail', findings: [offence('Front')] }), {
      provableFromPart: { doors: 'fail' },
    });
    const judged = judge(control, { ...street, doors: accounted([], { open: [unexplained] }) }, context);
    expect(judged.judgement.verdict).to.equal('fail');
    expect(judged.gaps.map(({ kind }) => kind)).to.deep.equal(['not-understood']);
  });

  it('names hundreds of files, and counts the others in one gap', () => {
    const open = Array.from({ length: 700 }, (_, at) => ({ file: `f${at}.js`, why: 'Not understood.' }));
    const gaps = gapsIn(accounted([], { open }));
    expect(gaps).to.have.length(501);
    expect(gaps.at(-1)).to.deep.equal({ kind: 'limit', detail: '200 more files could not be evaluated.' });
  });

  it('counts each file of a target once, in its most serious state', () => {
    const evidence = {
      project: accounted(1, { inScope: ['a.cls', 'b.js', 'c.png', 'd.js', 'e.js'] }),
      code: accounted(1, {
        evaluated: ['a.cls', 'd.js'],
        excluded: [{ file: 'b.js', reason: 'library' }],
        open: [{ file: 'd.js', why: 'Not understood.' }],
      }),
      secrets: accounted(1, {
        evaluated: ['a.cls', 'b.js', 'd.js', 'e.js'],
        excluded: [{ file: 'c.png', reason: 'image' }],
      }),
    };
    expect(targetCoverage(evidence)).to.deep.equal({
      files: 5,
      evaluated: 2,
      excluded: [
        { reason: 'image', files: 1 },
        { reason: 'library', files: 1 },
      ],
      notUnderstood: 1,
    });
  });

  it('shows files in scope that no selected control reads', () => {
    const evidence = {
      project: accounted(1, { inScope: ['a.cls', 'b.txt'] }),
      code: accounted(1, { evaluated: ['a.cls'] }),
    };
    expect(targetCoverage(evidence)?.excluded).to.deep.equal([
      { reason: 'no selected control reads this kind of file', files: 1 },
    ]);
  });

  it('is absent where no fact was read from files', () => {
    expect(targetCoverage({ doors: complete([]) })).to.equal(undefined);
  });
});
