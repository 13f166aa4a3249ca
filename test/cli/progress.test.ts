import { expect } from 'chai';
import { isPlainTerminal } from '../../src/cli/progress.js';

describe('the progress of a run', () => {
  const cases: ReadonlyArray<[env: NodeJS.ProcessEnv, plain: boolean]> = [
    [{ TERM: 'xterm-256color' }, false],
    [{ TERM: 'dumb' }, true],
    [{ TERM: 'xterm', NO_COLOR: '1' }, true],
    [{ TERM: 'xterm', NO_COLOR: '' }, false],
  ];
  for (const [env, plain] of cases) {
    it(`${plain ? 'draws nothing' : 'may be drawn'} with ${JSON.stringify(env)}`, () =>
      expect(isPlainTerminal(env)).to.equal(plain));
  }
});
