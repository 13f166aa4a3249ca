import { expect } from 'chai';
import { orgControls } from '../../../src/org/controls/index.js';
import { setupPageName, setupPagesIn, subjectPage } from '../../../src/salesforce/setupPages.js';

describe('the Setup link of a control of an org', () => {
  for (const { id, setup, fix = [] } of orgControls) {
    it(`${id}: opens the first page that its steps name, and has its name`, () => {
      const [page] = setupPagesIn(fix);
      expect(page?.path, page?.name).to.equal(setup);
      if (setup !== undefined) expect(setupPageName(setup)).to.equal(page?.name);
    });

    it(`${id}: knows each page that a step begins with`, () => {
      for (const step of fix.filter((one) => one.startsWith('Setup > '))) {
        expect(setupPagesIn([step]), step).to.have.length.above(step.startsWith('Setup > Security Contact') ? -1 : 0);
      }
    });
  }

  it('is not the whole fix where the past counts: the steps state for how long', () => {
    const past = orgControls.filter(({ title }) => /in the last \d+ days|of the last \d+ days/.test(title));
    expect(past).to.have.length.above(4);
    for (const { id, title, fix = [] } of past) {
      const [days = ''] = /\d+ days/.exec(title) ?? [];
      expect(fix.join(' '), id).to.contain(`for ${days}`);
    }
  });

  it('finds each page of a step, and no part of a longer name', () => {
    const names = (step: string): string[] => setupPagesIn([step]).map(({ name }) => name);
    expect(names('Setup > External Client App Manager (or App Manager) > the app: App Manager')).to.deep.equal([
      'External Client App Manager',
      'App Manager',
    ]);
    expect(names('Setup > Digital Experiences > All Sites > Workspaces: deactivate the site')).to.deep.equal([
      'All Sites',
    ]);
    expect(names('Restore the app. Setup > Users: no')).to.deep.equal([]);
  });

  it('leads from an Experience site to All Sites, and from a password policy to Password Policies', () => {
    const page = (type: string, name: string): string | undefined => setupPageName(subjectPage({ type, name }) ?? '');
    expect(page('Network', 'Customer Portal')).to.equal('All Sites');
    expect(page('Setting', 'Security.passwordPolicies.expiration')).to.equal('Password Policies');
    expect(page('Site', 'Support')).to.equal(undefined);
  });
});
