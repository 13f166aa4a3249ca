import { expect } from 'chai';
import { chosenControls, nearControls } from '../../src/cli/runConfig.js';

const ids = ['org/mfa-enforced', 'org/own-apps-require-pkce', 'package/callbacks-https', 'package/pkce-required'];

describe('a control that does not exist', () => {
  const cases: ReadonlyArray<[typed: string, meant: string | undefined]> = [
    ['pkce', 'org/own-apps-require-pkce or package/pkce-required'],
    ['package/pkce', 'org/own-apps-require-pkce or package/pkce-required'],
    ['pkce-required', 'package/pkce-required'],
    ['callback*', 'package/callbacks-https'],
    ['org/mfa-enforcd', 'org/mfa-enforced'],
    ['mfa-enforcd', 'org/mfa-enforced'],
    ['ab', undefined],
    ['something else', undefined],
  ];
  for (const [typed, meant] of cases) {
    it(`${typed}: ${meant ?? 'nothing'} was probably meant`, () => expect(nearControls(typed, ids)).to.equal(meant));
  }

  it('is answered with a pattern for controls of the same command', () => {
    const thrown = (given: readonly string[]): unknown => {
      try {
        return chosenControls(['nothing'], given);
      } catch (error) {
        return error;
      }
    };
    const packageIds = ids.filter((id) => id.startsWith('package/'));
    expect(JSON.stringify((thrown(packageIds) as { actions: string[] }).actions)).to.contain('package/*callback*');
    expect(JSON.stringify((thrown(ids) as { actions: string[] }).actions)).to.contain('org/own-apps-*');
  });
});
