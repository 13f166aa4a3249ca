import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inRoot } from '../../../scripts/tools/paths.js';
import { catalogue } from '../../../src/catalogue.js';
import {
  endText,
  isInForce,
  isTitleUnverified,
  mappingOf,
  pages,
  rules,
  rulesOf,
  startOf,
  uncheckedRules,
  type Page,
} from '../../../src/salesforce/rules/index.js';
import { guidanceLines } from './guidanceLines.js';

const ids = new Set(catalogue.map(({ id }) => id));

describe('the rules of Salesforce', () => {
  it('include every line of the guidance, in the order of the page', () => {
    const guidance = rules.filter(({ page }) => page === '005318040');
    expect(guidance.map(({ id }) => id)).to.deep.equal(Object.keys(guidanceLines));
  });

  for (const { id, text, controls, person, effective, release, checked, asvs } of rules) {
    it(`${id} has a control or a role, a sentence and valid dates`, () => {
      expect(controls.length > 0 || person !== undefined, 'no control and no role').to.equal(true);
      expect(controls.filter((control) => !ids.has(control))).to.deep.equal([]);
      expect(text).to.match(/^[A-Z].{15,250}\.$/);
      for (const day of [effective ?? '2026-01-01', checked]) {
        expect(new Date(day).toISOString().slice(0, 10)).to.equal(day);
      }
      if (release !== undefined) expect(release).to.match(/^(?:Spring|Summer|Winter) '\d\d$/);
      for (const requirement of asvs) expect(requirement).to.match(/^\d+\.\d+\.\d+$/);
    });
  }

  it('have unique ids, and pages with an address', () => {
    expect(new Set(rules.map(({ id }) => id)).size).to.equal(rules.length);
    for (const { url } of Object.values(pages)) expect(url).to.match(/^https:\/\//);
    expect(Object.keys(pages).filter((page) => !rules.some((rule) => rule.page === page))).to.deep.equal([]);
  });

  it('include every line of the recommended settings for partners', () => {
    const own = rules.filter(({ page }) => page === '005225370').map(({ id }) => id.replace('partner-settings/', ''));
    expect(own.sort()).to.deep.equal(
      [
        ...['more-orgs', 'review-apps'],
        // Settings of apps; 5 and 8 of the page are one row, because the submission guidance decides them.
        ...['device-flow', 'refresh-tokens', 'certificates-and-keys', 'ip-allowlist', 'server-flows'],
        ...['username-password-flow', 'implicit-flow'],
        ...['api-keys', 'session-ids'],
        ...['use-any-api-client', 'mfa', 'org-ip-allowlist', 'installed-apps', 'guest-sites', 'packages'],
      ].sort()
    );
  });

  it('have a CVSS range only where Salesforce publishes one', () => {
    const ranges = rules.flatMap(({ id, cvss }) => (cvss ? [[id, cvss.from, cvss.to]] : []));
    expect(ranges).to.deep.equal([['hardening/any-api-client', 7, 8.9]]);
  });

  it('mark a page whose title was not read in English', () => {
    const marked = (Object.keys(pages) as Page[]).filter(isTitleUnverified);
    expect(marked).to.have.members(['005321563', '005461976', 'hardening-any-api']);
    const list = readFileSync(inRoot('docs/rules.md'), 'utf8');
    expect(list.match(/its English title is ours/g)).to.have.length(marked.length);
  });

  it('differ on the two days around the end of the username-password flow in that rule alone', () => {
    const [before, after] = ['2027-02-19', '2027-02-20'].map((day) =>
      rules.filter((rule) => isInForce(rule, new Date(day))).map(({ id }) => id)
    );
    expect(after?.filter((id) => !before?.includes(id))).to.deep.equal(['username-password/ends']);
  });

  it('cover every control of the tool', () => {
    expect([...ids].filter((id) => rulesOf(id).length === 0)).to.deep.equal([]);
  });

  it('begin on the days of their pages', () => {
    expect([
      startOf('username-password/ends'),
      startOf('soap-login/ends'),
      startOf('mfa/phishing-resistant'),
    ]).to.deep.equal(['20 Feb 2027', "Summer '27", '1 Jul 2026']);
    expect(rules.filter(({ page }) => page === 'isvforce-ac-eca').map(({ effective }) => effective)).to.deep.equal([
      ...Array<string>(4).fill('2026-05-11'),
      '2026-06-25',
    ]);
  });

  it('change the words of a finding on the day of their page, and nothing else', () => {
    const on = (day: string, id: Parameters<typeof endText>[0]): string => endText(id, new Date(day));
    expect(on('2027-02-19', 'username-password/ends')).to.equal('Salesforce ends it on 20 Feb 2027.');
    expect(on('2027-02-20', 'username-password/ends')).to.equal('Salesforce ended it on 20 Feb 2027.');
    expect(on('2027-02-20', 'soap-login/ends')).to.equal("Salesforce ends it with Summer '27.");
  });

  it('map a control to the CWE and the ASVS, each entry once, in order', () => {
    expect(mappingOf('package/pkce-required')).to.deep.equal({
      cwe: [287, 294, 613],
      asvs: ['10.2.1', '10.4.5', '10.4.6', '10.4.8'],
    });
    expect(mappingOf('org/nothing')).to.deep.equal({ cwe: [], asvs: [] });
  });

  describe('before a release', () => {
    it('must have been checked within 180 days', () => {
      expect(uncheckedRules('2027-05-28')).to.deep.equal([]);
      expect(uncheckedRules('2027-05-30')).to.have.length(rules.length);
    });

    it('were checked within 180 days before the newest release of the changelog', () => {
      const [, title = ''] = /^## \d+\.\d+\.\d+ \(([^)]*)\)$/m.exec(readFileSync(inRoot('CHANGELOG.md'), 'utf8')) ?? [];
      expect(title, 'the newest entry has a day, or is unreleased').to.match(/^(?:unreleased|\d{4}-\d\d-\d\d)$/);
      if (title !== 'unreleased') expect(uncheckedRules(title).map(({ id }) => id)).to.deep.equal([]);
    });
  });
});
