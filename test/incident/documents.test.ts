import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import { documentsOf, incidentResult, resultOf, type Incident } from '../../src/incident/index.js';
import { complete } from '../../src/engine/evidence.js';
import { hostileInDocuments } from '../support/hostileNames.js';
import { canary } from '../support/secrets.js';
import { blindFacts, facts, holder, incident, login, org, partialFacts } from './sample.js';

const written = (of: Incident): Record<string, string> =>
  Object.fromEntries(documentsOf(of).map(({ name, content }) => [name, content]));
const document = (name: string, of = incident()): string => written(of)[name] ?? '';
const section = (page: string, title: string): string =>
  page.split(new RegExp(`^#+ ${title}$`, 'm'))[1]?.split(/^#+ /m)[0] ?? '';
const rowsOf = (of: Incident): Array<Record<string, string>> =>
  parse(document('timeline.csv', of), { columns: true, bom: true });

describe('the documents of an incident', () => {
  it('are nine, and their sums are those of their bytes', () => {
    const all = documentsOf(incident());
    const sums = all
      .filter(({ name }) => name !== 'SHA256SUMS')
      .map(({ name, content }) => `${createHash('sha256').update(content).digest('hex')}  ${name}`);
    expect(all.find(({ name }) => name === 'SHA256SUMS')?.content).to.equal(`${sums.join('\n')}\n`);
    expect(all.map(({ name }) => name)).to.deep.equal([
      'README.md',
      'evidence.json',
      'incident-report.md',
      'incident.html',
      'mail-draft.eml',
      'mail-draft.txt',
      'revoke-tokens.md',
      'timeline.csv',
      'SHA256SUMS',
    ]);
  });

  it('are the same bytes for the same facts', () => {
    expect(written(incident())).to.deep.equal(written(structuredClone(incident())));
  });

  it('keep everything that was read, and what could not be, as data', () => {
    const evidence = JSON.parse(document('evidence.json', incident({ orgs: [org({ facts: partialFacts() })] }))) as {
      schemaVersion: number;
      orgs: Array<{ facts: { liveTokens: { status: string; gap: { grants: string[] } } } }>;
    };
    expect(evidence.schemaVersion).to.equal(1);
    expect(evidence.orgs[0]?.facts.liveTokens).to.deep.include({ status: 'partial' });
    expect(evidence.orgs[0]?.facts.liveTokens.gap.grants).to.deep.equal(['ManageUsers']);
  });

  describe('README.md', () => {
    it('says in which order, who, and that nothing was done', () => {
      const page = document('README.md');
      const stages = [...page.matchAll(/^## (\d)\. (\w+)/gm)].map(([, number, word]) => `${number} ${word}`);
      expect(stages).to.deep.equal(['1 Contain', '2 Preserve', '3 Report', '4 Rotate', '5 Tell', '6 Review']);
      expect(page.match(/\*\*Who:\*\*/g)).to.have.length(6);
      expect(page.match(/^Source: \[/gm)).to.have.length(6);
      expect(page).to.contain('Nothing was revoked, blocked, changed or sent');
      expect(page).not.to.contain('Not everything could be read');
    });

    it('names the orgs of which nothing is known, and the fewest permissions that would show the rest', () => {
      const closed = org({ name: 'gone', facts: undefined, error: { message: 'Cannot open gone.', actions: [] } });
      const page = document('README.md', incident({ orgs: [org({ facts: partialFacts() }), closed] }));
      expect(page).to.contain('1 org could not be opened, so nothing is known about it:** `gone`');
      expect(page).to.match(/give the user of this run: Manage Users \(ManageUsers\)\. Then/);
    });
  });

  describe('incident-report.md', () => {
    it('lists affected apps and users with what is known of each', () => {
      const page = document('incident-report.md');
      expect(page).to.contain('3 affected apps, 2 affected users, 4 live tokens, 6 logins, 1 change');
      const apps = section(page, 'Affected apps');
      expect(apps).to.contain('`Acme Sync`; Connected App; `0H4000000000001AAA`; created in this org; any user can');
      expect(apps).to.contain('2 live tokens of 1 user; last authorized 20 Nov 2026, 08:00 UTC; last used 22 Nov 2026');
      expect(apps).to.contain('`Acme_Portal`; External Client App').and.to.contain('`Stranger`; not installed');
      expect(apps).not.to.contain('Quiet');
      const users = section(page, 'Affected users');
      expect(users).to.contain('`ada@acme.example`').and.to.contain('far-reaching permissions: ModifyAllData');
      expect(users).to.match(/`bob@acme.example`.*not active.*; frozen; password locked; .*2 live tokens/);
      expect(section(page, 'Not known')).to.contain('Everything that was requested was fully read.');
    });

    it("trap: names Salesforce's own users and external ones, and takes no unknown word for a failure", () => {
      const people = complete(
        (['salesforce', 'external'] as const).map((population, at) => ({
          ...(at === 0 ? holder().user : login().user),
          active: true,
          type: 'Standard',
          population,
        }))
      );
      const groups = [login({ status: 'Erfolgreich', logins: 3 }), login({ status: 'restricted ip', logins: 2 })];
      const logins = complete({ since: '', until: '', groups });
      const page = document('incident-report.md', incident({ orgs: [org({ facts: facts({ logins, people }) })] }));
      expect(page).to.contain('5 logins in the window, 2 of them failed');
      expect(section(page, 'Affected users')).to.match(/a user of Salesforce's own|external user/);
    });

    it('shows failed logins as such, and others apart from those through an affected app', () => {
      const groups = [
        login({ status: 'Invalid Password', logins: 9 }),
        login(),
        login({ app: 'ERP', user: holder().user }),
      ];
      const logins = complete({ since: '', until: '', groups });
      const page = document('incident-report.md', incident({ orgs: [org({ facts: facts({ logins }) })] }));
      expect(page).to.contain('12 logins in the window, 9 of them failed');
      expect(page).to.contain('Logins through an OAuth flow of other apps: `ERP`.');
      const [through = '', others = ''] = section(page, 'Logins in the window').split('All others:');
      expect(through).to.contain('Invalid Password').and.not.to.contain('ERP');
      expect(others.match(/^- /gm)).to.have.length(1);
    });

    it('shows 200 of a list and says how many more there are', () => {
      const groups = Array.from({ length: 205 }, (_, index) => login({ address: `192.0.2.${index}` }));
      const logins = complete({ since: '', until: '', groups });
      const of = incident({ orgs: [org({ facts: facts({ logins }) })] });
      expect(document('incident-report.md', of)).to.contain(
        'And 5 more; `timeline.csv` and `evidence.json` contain all.'
      );
      expect(rowsOf(of).filter(({ kind }) => kind === 'login')).to.have.length(205);
    });
  });

  describe('what could not be read', () => {
    const closed = org({ facts: undefined, error: { message: 'Cannot open it.', actions: ['Log in again.'] } });
    for (const [name, one] of Object.entries({ refused: org({ facts: blindFacts() }), closed })) {
      it(`is never reported as zero (${name})`, () => {
        const { 'evidence.json': data, ...pages } = written(incident({ orgs: [one], apps: ['Acme Sync'] }));
        expect(data).to.contain(name === 'closed' ? 'Cannot open it.' : '"unavailable"');
        for (const page of Object.values(pages)) {
          expect(page).not.to.match(/\b0 (?:affected|live tokens?|logins?|changes?|users?)\b/);
          expect(page).not.to.match(/None was seen\.|was read whole/);
        }
        expect(pages['incident-report.md']).to.contain(
          'affected apps not known, affected users not known, live tokens'
        );
        expect(pages['mail-draft.txt']).to.contain('because it could not be read');
        expect(pages['revoke-tokens.md']).to.match(/could not be opened|Not all of its live tokens could be read/);
      });
    }

    it('makes of a part "at least", and names every part with its permission', () => {
      const page = document('incident-report.md', incident({ orgs: [org({ facts: partialFacts() })] }));
      expect(page).to.contain('at least 3 affected apps, at least 2 affected users, at least 4 live tokens');
      expect(page).to.contain('at least 2 live tokens of at least 1 user');
      const unknown = section(page, 'Not known');
      expect(unknown.match(/^- \*\*a part of .* To see it: Manage Users/gm)).to.have.length(9);
    });

    it('includes what no read of an org shows', () => {
      for (const name of ['incident-report.md', 'mail-draft.txt']) {
        const page = document(name).replace(/\s+/g, ' ');
        expect(page).to.contain('Event Monitoring').and.to.contain('Use of a refresh token');
        expect(page).to.contain('Orgs of subscribers');
      }
    });
  });

  describe('--app', () => {
    const apps = (names: readonly string[], one = org()): string =>
      section(document('incident-report.md', incident({ apps: names, orgs: [one] })), 'Affected apps');

    it('finds an app by the label of its tokens, by its own name and by its entry in the menu, whatever the case', () => {
      for (const name of ['acme sync', 'ACME_SYNC', 'Acme Sync']) {
        expect(apps([name]), name)
          .to.contain('`Acme Sync`; Connected App')
          .and.not.to.contain('Stranger');
      }
      expect(apps(['acme portal']))
        .to.contain('`Acme_Portal`; External Client App')
        .and.to.contain('1 live token');
    });

    it('lists an installed app without tokens, and one that nothing shows, once each', () => {
      expect(apps(['Quiet', 'quiet']).match(/`Quiet`; Connected App; .*; 0 live tokens of 0 users/g)).to.have.length(1);
      expect(apps(['Ghost'])).to.contain('`Ghost`; not seen in this org');
      const page = document('revoke-tokens.md', incident({ apps: ['Ghost'] }));
      expect(page).to.contain('No app and no live token of this org has the name. That is no proof');
    });

    it('does not say of an app that it is not there where not everything could be read', () => {
      const page = document('revoke-tokens.md', incident({ apps: ['Ghost'], orgs: [org({ facts: partialFacts() })] }));
      expect(page).to.contain('that could be read has the name, and not all of them could');
    });
  });

  describe('revoke-tokens.md', () => {
    it('gives the steps for the kind of each app, with its number of users', () => {
      const page = document('revoke-tokens.md');
      expect(section(page, '`Acme Sync`, `0H4000000000001AAA`')).to.match(
        /row of `Acme Sync` click Block.*\n.*counted 1 user/
      );
      expect(section(page, '`Acme_Portal`, `0xI000000000001AAA`'))
        .to.contain('Bulk Revoke')
        .and.not.to.contain('Block:');
      expect(section(page, '`Stranger`')).to.contain('It is not installed').and.not.to.contain('Edit Policies');
      expect(section(page, 'Stop the affected users')).to.match(/Freeze[\s\S]*Session Management[\s\S]*Reset Password/);
      expect(section(page, 'Rotate the secrets'))
        .to.contain('Manage Consumer Details')
        .and.to.contain('Connect REST API');
    });

    it('shows both pages where the kind could not be read', () => {
      const liveTokens = complete({ population: 2, holders: [holder({ item: { id: '0DS9' } })] });
      const page = document('revoke-tokens.md', incident({ orgs: [org({ facts: facts({ liveTokens }) })] }));
      expect(page).to.contain('look at both pages').and.to.contain('Bulk Revoke').and.to.contain('click Block');
    });

    it('puts the users with far-reaching permissions first', () => {
      const page = section(document('revoke-tokens.md'), 'Stop the affected users');
      expect(page.indexOf('ada@')).to.be.below(page.indexOf('bob@'));
    });
  });

  describe('mail-draft.eml', () => {
    it('is a message without sender and date, with the subject and the text of mail-draft.txt', () => {
      const message = document('mail-draft.eml');
      const [head = '', ...body] = message.split('\r\n\r\n');
      const [, , ...text] = document('mail-draft.txt').split('\n');
      expect(body.join('\r\n\r\n')).to.equal(text.slice(1).join('\r\n'));
      expect(head.split('\r\n').filter((line) => line.length > 78)).to.deep.equal([]);
      expect(head)
        .to.match(/^To: security@salesforce\.com\r\nSubject: =\?UTF-8/)
        .and.not.to.match(/^(?:From|Date):/m);
      const words = [...head.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word = '']) => word).join('');
      expect(`Subject: ${Buffer.from(words, 'base64').toString('utf8')}`).to.equal(
        document('mail-draft.txt').split('\n')[1]
      );
    });
  });

  describe('incident.html', () => {
    const page = document('incident.html');
    it('has the documents for people, loads nothing, and links only to pages of Salesforce', () => {
      expect(page).to.contain("default-src 'none'").and.not.to.contain('<script');
      for (const text of ['What to do', 'Incident report', 'Revoke', 'Mail to Salesforce'])
        expect(page).to.contain(text);
      for (const [, href = ''] of page.matchAll(/href="([^"]+)"/g)) {
        expect(href).to.match(/^(?:#[\w-]+|https:\/\/[\w.]*salesforce\.com\/.*)$/);
      }
      expect(page).to.contain('NIST SP 800-61 Rev. 3');
    });

    it('shows no mark of Markdown', () => {
      const text = page
        .slice(page.indexOf('<main>'))
        .replace(/<pre[^]*<\/pre>/, '')
        .replace(/<[^>]+>/g, '');
      expect(text).not.to.match(/\*\*|`|^#+ |\]\(/m);
    });
  });

  describe('mail-draft.txt', () => {
    it('goes to the address of the guidance, names orgs and apps but no user, and marks what a person fills in', () => {
      const mail = document('mail-draft.txt');
      expect(mail).to.match(/^To: security@salesforce\.com\nSubject: Security incident: \[FILL IN: [^\]]+\]\n\nHello,/);
      expect(mail).to.contain('00D000000000001AAA').and.to.contain('namespace acme').and.to.contain('App "Acme Sync"');
      expect(mail).not.to.match(/(?:ada|bob|auditor)@/);
      expect(mail.match(/\[FILL IN: /g)?.length).to.be.above(8);
      expect(mail.split('\n').filter((line) => line.length > 78)).to.deep.equal([]);
    });

    it('takes the contact of the policy', () => {
      const mail = document('mail-draft.txt', incident({ contact: 'psirt@acme.example, +49 30 5550100' }));
      expect(mail).to.contain('Contact: psirt@acme.example, +49 30 5550100');
      expect(mail).not.to.contain('Contact: [FILL IN');
    });
  });

  describe('timeline.csv', () => {
    it('puts logins, changes and uses of tokens in the order of time', () => {
      const rows = rowsOf(incident());
      const times = rows.map((row) => row['time (UTC)'] ?? '');
      expect(times).to.deep.equal([...times].sort());
      expect(rows.map(({ kind }) => kind)).to.include.members([
        'login',
        'change in Setup',
        'token last used',
        'token authorized, never used',
      ]);
      expect(rows.find(({ app, kind }) => app === 'Acme Sync' && kind === 'login')).to.deep.include({
        'affected app': 'yes',
        user: 'bob@acme.example',
        detail: 'OauthUsernamePassword',
        address: '192.0.2.1',
        country: 'DE',
        count: '3',
        'first time (UTC)': '2026-11-17T08:00:00.000Z',
      });
    });

    it('contains no formula', () => {
      const liveTokens = complete({ population: 1, holders: [holder({ app: '=HYPERLINK("//evil";1)' })] });
      const rows = rowsOf(incident({ orgs: [org({ name: '@SUM(1)', facts: facts({ liveTokens }) })] }));
      expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@]/.test(cell))).to.deep.equal([]);
    });
  });

  describe('hostile names', () => {
    const everywhere = (name: string): Incident =>
      incident({
        apps: [name],
        contact: name,
        orgs: [
          org({
            name,
            namespace: name,
            facts: facts({
              organization: complete({ id: '00D1', name, edition: name, sandbox: true }),
              liveTokens: complete({
                population: 1,
                holders: [holder({ app: name, user: { id: '1', username: name } })],
              }),
              logins: complete({
                since: '',
                until: '',
                groups: [login({ app: name, type: name, flow: name, address: name, country: name, status: name })],
              }),
              setupTrail: complete({
                since: '',
                until: '',
                changes: [
                  { id: '1', time: login().last, by: name, delegate: name, action: name, section: name, display: name },
                ],
              }),
              people: complete([
                { id: '1', username: name, profile: name, active: true, type: name, population: 'internal' as const },
              ]),
            }),
          }),
          org({ name, facts: undefined, error: { message: name, actions: [name] } }),
        ],
      });

    for (const [what, name] of Object.entries(hostileInDocuments)) {
      it(`stay names (${what})`, () => {
        const pages = written(everywhere(name));
        const { orgs } = JSON.parse(pages['evidence.json'] ?? '') as Incident;
        expect(orgs[0]?.name, 'the data keep the name').to.equal(name);
        for (const [file, page] of Object.entries(pages)) {
          // The mark before a CSV is no character of a name.
          const text = /csv$|eml$/.test(file) ? page.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') : page;
          expect(text, file).not.to.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          if (!file.endsWith('.md')) continue;
          const outside = text.replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
          expect(outside, file).not.to.match(/evil|onerror|@everyone|<\w|^=== ---|!\[|^```/m);
        }
        expect(pages['mail-draft.txt']?.match(/^(?:To|Subject|Cc|Bcc):/gm)).to.have.length(2);
        expect(pages['README.md']?.match(/^# /gm)).to.have.length(1);
        const cells: string[][] = parse(pages['timeline.csv'] ?? '', { bom: true });
        expect(cells.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).to.deep.equal([]);
      });
    }
  });

  describe('secrets', () => {
    it('are masked in every text that a name, a message or the policy brings in', () => {
      const name = `Sync ${canary.accessToken} ${canary.refreshToken} password=${canary.password}`;
      const of = incident({
        contact: name,
        orgs: [
          org({ facts: facts({ liveTokens: complete({ population: 1, holders: [holder({ app: name })] }) }) }),
          org({ name, facts: undefined, error: { message: name, actions: [name] } }),
        ],
      });
      const all = Object.values(written(of)).join('\n');
      for (const secret of [canary.accessToken, canary.refreshToken, canary.password]) {
        expect(all.replace(/\s+/g, '')).not.to.contain(secret);
      }
      expect(all).to.contain('[token]');
    });
  });

  it('are data: names, sums, counts and gaps', () => {
    const of = incident({ orgs: [org({ facts: blindFacts() }), org({ name: 'b', facts: partialFacts() })] });
    const result = resultOf('incident-2026-11-23', of, documentsOf(of));
    expect(incidentResult.parse(result)).to.deep.equal(result);
    expect(result.files.map(({ name }) => name)).to.include('SHA256SUMS');
    expect(result.orgs.map(({ counts }) => counts)).to.deep.equal([
      {},
      { apps: 3, users: 2, tokens: 4, logins: 6, setupChanges: 1 },
    ]);
    expect(result.orgs[1]?.unknown[0]?.grants).to.deep.equal(['ManageUsers']);
  });
});
