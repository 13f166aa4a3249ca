import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { inRoot } from '../../scripts/tools/paths.js';
import { shortDay } from '../../src/common/dates.js';
import { catalogue } from '../../src/catalogue.js';
import { collect } from '../../src/engine/collect.js';
import { complete, partial } from '../../src/engine/evidence.js';
import { evaluate } from '../../src/engine/review.js';
import type { EvidenceOf, Policy, Report, TargetReport } from '../../src/engine/types.js';
import { openPackage, packageDomain, type PackageFacts } from '../../src/package/index.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { renderDraft } from '../../src/render/draft.js';
import {
  draftOf,
  factsOfPackage,
  isWhole,
  submissionDomain,
  type Draft,
  type DraftRecord,
  type SubmissionFacts,
} from '../../src/submission/index.js';
import { hostileInDocuments } from '../support/hostileNames.js';
import { passedReports } from '../support/passedReports.js';
import { sampleReport } from '../support/sampleReport.js';

type Document = { [key: string]: Document } | Document[] | string | number;

const example = inRoot('examples', 'acme-pay');
const written = (): Record<string, Document> & { submission: Document } =>
  parse(readFileSync(inRoot('examples', 'acme-pay', 'submission.yml'), 'utf8')) as { submission: Document };
const policyOf = (yaml: unknown): Policy => parsePolicy(stringify(yaml), 'submission.yml', catalogue);
const tool = { name: 'sf-plugin-security-review', version: '0.1.0' };
const asOf = new Date('2026-11-23T10:00:00.000Z');
const context = { asOf, params: {}, required: [] };

type Given = {
  policy?: Policy;
  previous?: DraftRecord;
  reports?: readonly Report[];
  package?: EvidenceOf<PackageFacts>;
};
type Drafted = { draft: Draft; report: TargetReport; evidence: EvidenceOf<SubmissionFacts> };

describe('a draft of the example', () => {
  let ofExample: EvidenceOf<PackageFacts>;
  before(async () => {
    const source = await openPackage(example);
    ofExample = await collect(packageDomain.collectors, new Set(factsOfPackage), source, context);
  });

  const draft = async ({
    policy = policyOf(written()),
    previous,
    reports = passedReports('Acme Pay', '2.4.0.NEXT'),
    ...given
  }: Given = {}): Promise<Drafted> => {
    const source = {
      evidence: given.package ?? ofExample,
      reports: reports.map((report, index) => ({ file: `report${index}.json`, report })),
      previous,
    };
    const facts = new Set([...factsOfPackage, 'reports', 'previous'] as const);
    const evidence = await collect(submissionDomain.collectors, facts, source, context);
    const target = { kind: 'submission' as const, name: 'acme' };
    const report = evaluate(submissionDomain, evidence, { policy, target, asOf, audited: [] });
    return { draft: draftOf({ tool, evidence, policy, report }), report, evidence };
  };
  const failed = ({ results }: TargetReport): string[] =>
    results.filter(({ verdict }) => verdict !== 'pass').map(({ control }) => control.id);
  const missingIn = ({ documents }: Draft): string[] =>
    documents
      .filter(({ file }) => file !== 'README')
      .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'missing' ? [block.where] : [])));

  it('passes every control, with no gap, when every answer is there', async () => {
    const { draft: whole, report } = await draft();
    expect(failed(report)).to.deep.equal([]);
    expect(missingIn(whole)).to.deep.equal([]);
  });

  it('has a cover, nine documents, the list of the author, the diagram as Mermaid and as a picture that loads nothing, and a record', async () => {
    const files = await renderDraft((await draft()).draft);
    expect(Object.keys(files).sort()).to.deep.equal([
      '1-apps-and-flows.md',
      '2-secrets.md',
      '3-backend-secret-storage.md',
      '4-credentials-checklist.md',
      '5-base-packages.md',
      '6-subscriber-created-apps.md',
      '7-org-hardening.md',
      '8-false-positives-and-waivers.md',
      '9-incident-plan.md',
      'README.md',
      'draft.json',
      'flows.mmd',
      'flows.svg',
      'submission.html',
      'todo.md',
    ]);
    expect(files['flows.svg']).to.match(/^<svg[^]*AcmePayGateway[^]*<\/svg>\s*$/);
    expect(files['flows.svg']).not.to.match(/@import|url\(['"]?http|<script|href=/i);
    expect(files['submission.html']).not.to.match(/(?:src|href)="(?!data:image\/svg\+xml|#)/);
  });

  it('shows every fact of the apps with its file and line', async () => {
    const files = await renderDraft((await draft()).draft);
    const text = files['1-apps-and-flows.md'] ?? '';
    for (const fact of [
      'https://gateway.acme.example/oauth/callback',
      'http://localhost:8080/callback',
      'acmepay://oauth',
      '| Scope | Full access (full) |',
      '| Scope | Perform requests at any time (`refresh_token`, `offline_access`) |',
      '| PKCE required | off |',
      '| Refresh token policy | valid until revoked |',
      '| Distribution state | Local |',
      'AcmePayGateway.connectedApp-meta.xml:14',
      'AcmeReports_oauth.ecaOauth-meta.xml:3',
    ]) {
      expect(text).to.contain(fact);
    }
    expect(text).not.to.contain('DeveloperSandbox');
  });

  it('numbers the steps of the incident plan', async () => {
    const files = await renderDraft((await draft()).draft);
    expect(files['9-incident-plan.md']).to.match(/^1\. Report to .*\n2\. Revoke .*\n3\. Inform .*\n4\. Fix /m);
    expect(files['submission.html']).to.match(/<ol><li>Report to [^]*<\/li><li>Revoke [^]*<\/li><\/ol>/);
  });

  /** Every answer of the example that somebody must give, as the path to it. */
  const optional = new Set(['controls', 'monitoring', 'documentation', 'version', 'reason', 'name', 'integration']);
  const leaves = (value: Document, path: Array<string | number> = []): Array<Array<string | number>> => {
    if (Array.isArray(value)) return value.flatMap((one, index) => leaves(one, [...path, index]));
    if (typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
    const key = String(path.at(-1));
    const named = ['app', 'package', 'tool', 'finding'].includes(key) || (optional.has(key) && path.length > 1);
    return named ? [] : [path];
  };
  const controls: Record<string, string> = {
    version: 'apps-disclosed',
    summary: 'apps-disclosed',
    contact: 'apps-disclosed',
    apps: 'apps-disclosed',
    clientKeys: 'client-key-only',
    backend: 'backend-secrets-explained',
    credentials: 'credentials-ready',
    basePackages: 'base-package-described',
    subscriberApps: 'subscriber-apps-documented',
    incident: 'incident-plan',
  };
  const without = (path: ReadonlyArray<string | number>, instead?: string): Policy => {
    const yaml = written();
    const parent = path
      .slice(0, -1)
      .reduce<Document>((at, key) => (at as Record<string, Document>)[key] ?? '', yaml.submission);
    const key = String(path.at(-1));
    if (instead === undefined) delete (parent as Record<string, Document>)[key];
    else (parent as Record<string, Document>)[key] = instead;
    return policyOf(yaml);
  };

  for (const path of leaves(written().submission)) {
    const section = String(path[0]);
    const control =
      section === 'secrets'
        ? path.includes('rotation')
          ? 'rotation-documented'
          : 'secrets-explained'
        : controls[section];
    it(`without ${path.join('.')}, names the gap and fails submission/${control ?? ''}`, async () => {
      const { draft: part, report } = await draft({ policy: without(path) });
      expect(failed(report)).to.deep.equal([`submission/${control ?? ''}`]);
      expect(missingIn(part)).to.have.length(1);
      expect(missingIn(part)[0]).to.match(new RegExp(`\\.${String(path.at(-1))}$`));
      const [result] = report.results.filter(({ verdict }) => verdict === 'fail');
      expect(result?.gaps.map(({ kind, subject }) => `${kind} ${subject?.name ?? ''}`)).to.deep.equal([
        `not-given ${missingIn(part)[0] ?? ''}`,
      ]);
      const files = await renderDraft(part);
      expect(files['todo.md']).to.contain('**MISSING:**');
      expect(files['README.md']).not.to.match(/MISSING|submission\./);
    });
  }

  it('takes a placeholder for no answer', async () => {
    const { report } = await draft({ policy: without(['backend', 'storage'], 'TODO') });
    expect(failed(report)).to.deep.equal(['submission/backend-secrets-explained']);
  });

  it('states what could not be checked, and passes nothing that depends on it', async () => {
    const unread = partial([], { kind: 'unreadable' as const, detail: 'Gateway.cls could not be read.' });
    const { draft: part, report } = await draft({ package: { ...ofExample, endpoints: unread } });
    expect(failed(report)).to.include('submission/apps-disclosed');
    expect(JSON.stringify(part.documents[1]?.blocks)).to.contain('Gateway.cls could not be read.');
    expect(JSON.stringify(part.documents[1]?.blocks)).not.to.contain('talks to no host');
  });

  it('quotes the orgs of the reports that were given, with date and source, and says when none was', async () => {
    const page = async (reports: readonly Report[]): Promise<string> =>
      (await renderDraft((await draft({ reports })).draft))['7-org-hardening.md'] ?? '';
    expect(await page([])).to.contain('**NOT SEEN:** These documents do not describe the orgs');
    const text = await page([sampleReport]);
    for (const { target, results } of sampleReport.targets.filter((one) => one.target.kind === 'org')) {
      expect(text).to.contain(target.name);
      for (const { control } of results) expect(text).to.contain(control.title.split(' ').slice(0, 3).join(' '));
    }
    expect(text).not.to.contain('report0.json');
  });

  it('shows reviewers no id of a control, no path of the tool, no key of the policy and no raw word of it', async () => {
    const files = await renderDraft(
      (await draft({ reports: [sampleReport, ...passedReports('Acme Pay', '2.4.0.NEXT')] })).draft
    );
    const read = Object.fromEntries(Object.entries(files).filter(([file]) => /^(?!todo).*\.(?:md|html)$/.test(file)));
    for (const [file, text] of Object.entries(read)) {
      const shown = file.endsWith('.html') ? text.replace(/<(?:style|script)[^]*?<\/(?:style|script)>/g, '') : text;
      expect(shown, file).not.to.match(/\b(?:org|package|submission)\/[a-z]+-[a-z-]+/);
      expect(shown, file).not.to.match(
        /--report|--[a-z]+-[a-z]+ |submission\.\w+|integrations\[\]|not-applicable|inconclusive/
      );
      expect(shown, file).not.to.match(/\b(?:ConnectedApp|ExternalClientApp|ApexClass|CustomSetting):\w/);
    }
  });

  it('leaves why a check is open to the list of the author, and quotes who confirmed one without words of the policy', async () => {
    const files = await renderDraft((await draft({ reports: [sampleReport] })).draft);
    const page = files['7-org-hardening.md'] ?? '';
    const all = sampleReport.targets.flatMap(({ results }) => results);
    const open = all.filter(({ verdict }) => verdict === 'inconclusive');
    expect(open).not.to.have.length(0);
    for (const { control, reason } of open) {
      const start = reason.split(/[.:`]/)[0] ?? '';
      expect(page).to.contain('| not completely checked |  |').and.not.to.contain(start);
      expect(files['todo.md']).to.contain(control.id).and.to.contain(start);
    }
    const [attested] = all.flatMap(({ attestation }) => attestation ?? []);
    expect(page).to.contain('| Statement 1 below |');
    expect(page).to.contain(`1. ${attested?.owner ?? ''} on ${shortDay(attested?.on ?? '')}, valid until `);
  });

  it('names the owning org as the source of what only that org shows', async () => {
    const given = ofExample.externalClientApps;
    if (given?.status !== 'complete') throw new Error('The apps of the example were not read.');
    const externalClientApps = complete(
      given.value.map((app) => ({
        ...app,
        owner: { source: 'hub' },
        refreshTokenPolicy: { value: 'SpecificInactivity:7:Days', file: app.file, line: 2 },
      }))
    );
    const files = await renderDraft((await draft({ package: { ...ofExample, externalClientApps } })).draft);
    expect(files['1-apps-and-flows.md']).to.contain(
      '| Refresh token policy | expires after 7 days without use | the owning org |'
    );
  });

  it('lists for the author what each control found, and numbers the steps', async () => {
    const files = await renderDraft((await draft({ reports: [] })).draft);
    expect(files['todo.md']).to.match(
      /### The package and every org passed .*\n\n- No report of check-package is about Acme Pay\.\n- No report of audit-org was given .*\n\n1\. Run check-package [^]*\n2\. Write each report/
    );
  });

  it('draws the trust boundary, the hosts and the grant of each integration', async () => {
    const { mermaid } = (await draft()).draft;
    const inside = /subgraph salesforce\["Salesforce"\]\n([^]*?)\n {2}end/.exec(mermaid)?.[1] ?? '';
    const outside =
      /subgraph outside\["Outside of Salesforce, behind the trust boundary"\]\n([^]*?)\n {2}end/.exec(mermaid)?.[1] ??
      '';
    expect(inside).to.contain('External Client App AcmeReports');
    expect(outside)
      .to.match(/Integration /)
      .and.not.to.contain('App Acme');
    expect(mermaid).to.match(/integration\d+ -->\|(?:authorization code|JWT bearer|client credentials)\| app\d+/);
    const hosts = (written().integrations as ReadonlyArray<{ endpoints?: string[] }>).flatMap(
      ({ endpoints = [] }) => endpoints
    );
    for (const host of hosts.filter((one) => /^[\w-]+(?:\.[\w-]+)+$/.test(one))) expect(outside).to.contain(host);
  });

  it('asks for every missing answer in one file, whose answers make the draft complete', async () => {
    const policy = policyOf({ version: 1 });
    const { draft: empty } = await draft({ policy });
    const asked = parse(empty.questions) as { integrations: Document[]; submission: Record<string, Document> };
    expect(asked.integrations).to.deep.include({
      name: '',
      app: 'AcmePayGateway',
      flow: '',
      callbackOwner: '',
      secretOwner: '',
    });
    expect(asked.submission['apps']).to.deep.include({ app: 'AcmeReports', purpose: '', users: '', data: '' });
    expect(asked.submission['clientKeys']).to.deep.include({ app: 'AcmeReports', key: '' });
    expect(asked.submission).to.include({ version: '', summary: '', contact: '' });
    // With the integrations of the example, each secret, login and rotation is asked for too.
    const { submission: answers, ...rest } = written();
    const { draft: declared } = await draft({ policy: policyOf(rest) });
    const again = parse(declared.questions) as { submission: Record<string, ReadonlyArray<Record<string, unknown>>> };
    expect(Object.keys(again.submission).sort()).to.deep.equal(
      [...new Set(['version', 'summary', 'contact', ...Object.keys(answers)])]
        .filter((key) => key !== 'falsePositives')
        .sort()
    );
    expect(again.submission['secrets']?.every(({ rotation }) => typeof rotation === 'object')).to.equal(true);
    expect((await draft()).draft.questions).to.contain('# Every question is answered.');
  });

  it('is the same, byte for byte, for the same input', async () => {
    expect(await renderDraft((await draft()).draft)).to.deep.equal(await renderDraft((await draft()).draft));
  });

  describe('after an earlier draft', () => {
    const changed = (text: string): EvidenceOf<PackageFacts> => {
      const apps = ofExample.connectedApps;
      if (apps?.status !== 'complete') throw new Error('The example holds a Connected App.');
      const [app] = apps.value;
      if (!app?.oauth) throw new Error('The example holds a Connected App with OAuth.');
      const callbacks = [...(app.oauth.callbacks ?? []), { value: text, file: app.file, line: 9 }];
      return { ...ofExample, connectedApps: { ...apps, value: [{ ...app, oauth: { ...app.oauth, callbacks } }] } };
    };

    it('carries over an answer that is missing now, and states it', async () => {
      const { record } = (await draft()).draft;
      expect(isWhole(record)).to.equal(true);
      const { draft: next, report } = await draft({ previous: record, policy: without(['backend', 'storage']) });
      expect(failed(report)).to.deep.equal([]);
      const files = await renderDraft(next);
      expect(files['todo.md']).to.contain('| answers | carried over | `submission.backend.storage` |');
    });

    it('asks again where the facts have changed, until the author confirms, also in the draft after that', async () => {
      const first = (await draft()).draft.record;
      const now = changed('https://new.acme.example/callback');
      const second = await draft({ previous: first, package: now });
      expect(failed(second.report)).to.deep.equal(['submission/apps-disclosed']);
      expect(missingIn(second.draft)).to.deep.equal(['submission.apps.AcmePayGateway.confirmed']);
      expect((await renderDraft(second.draft))['todo.md']).to.contain(
        '| callbacks | added | AcmePayGateway `https://new.acme.example/callback` |'
      );

      const third = await draft({ previous: second.draft.record, package: now });
      expect(failed(third.report)).to.deep.equal(['submission/apps-disclosed']);

      const confirmed = without(['apps', 0, 'confirmed'], '2026-11-22');
      const fourth = await draft({ previous: third.draft.record, package: now, policy: confirmed });
      expect(failed(fourth.report)).to.deep.equal([]);
      const fifth = await draft({ previous: fourth.draft.record, package: now, policy: confirmed });
      expect(failed(fifth.report)).to.deep.equal([]);
    });

    it('compares nothing that was not completely read', async () => {
      const { record } = (await draft()).draft;
      const unread = partial([], { kind: 'unreadable' as const, detail: 'not read' });
      const { draft: next } = await draft({ previous: record, package: { ...ofExample, endpoints: unread } });
      expect((await renderDraft(next))['todo.md']).to.contain('| endpoints | not compared |');
    });

    it('notices an edit of its record', async () => {
      const { record } = (await draft()).draft;
      expect(isWhole({ ...record, asOf: '2026-11-24T10:00:00.000Z' })).to.equal(false);
    });
  });

  it('gives a heading without a name a word', async () => {
    const { draft: whole } = await draft();
    const blocks = [
      { kind: 'heading', text: '\u200B' },
      { kind: 'subheading', text: '' },
    ] as const;
    const files = await renderDraft({ ...whole, documents: [{ file: 'one', title: 'One', blocks }] });
    expect(files['one.md']).to.equal('# One\n\n## (empty)\n\n### (empty)\n');
    expect(files['submission.html']).to.contain('<h3>(empty)</h3><h4>(empty)</h4>');
  });

  describe('hostile names', () => {
    /** Everything that somebody can name or write, in the source and in the policy; the rest of the facts stays. */
    const own = new Set(['kind', 'status', 'type', 'flow', 'by', 'owner', 'callbackOwner', 'secretOwner', 'confirmed']);
    const everywhere = <T>(value: T, name: string): T =>
      JSON.parse(
        JSON.stringify(value, (key, one: unknown) =>
          typeof one === 'string' && !own.has(key) ? (name === '' ? '' : `${one} ${name}`) : one
        )
      ) as T;
    /** What a diagram of ours consists of. */
    const drawn =
      /^(?:flowchart LR|| {2}end| {2}(?:subgraph | {2})\w+\["[^"\]`%<>]*"\]| {2}\w+ -->(?:\|[^|"]*\|)? \w+)$/;

    for (const [what, name] of Object.entries(hostileInDocuments)) {
      it(`stay names (${what})`, async () => {
        const { integrations, submission, ...policy } = policyOf(written());
        const given = { ...policy, ...everywhere({ integrations, submission }, name) };
        const { draft: hostileDraft } = await draft({ policy: given, package: everywhere(ofExample, name) });
        const files = await renderDraft(hostileDraft);
        const { 'flows.mmd': diagram = '', 'flows.svg': svg = '', 'submission.html': page = '' } = files;
        for (const line of diagram.split('\n')) expect(line).to.match(drawn);
        for (const [file, text] of Object.entries(files)) {
          if (file === 'draft.json') continue;
          expect(text, file).not.to.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          if (!file.endsWith('.md')) continue;
          expect(text.match(/^# /gm), file).to.have.length(1);
          expect(text, file).not.to.match(/^#+ *$/m);
          const picture = /^!\[[^\]]*\]\(flows\.svg\)\n\n```mermaid\nflowchart LR\n(?: {2}.*\n)+```$/gm;
          const outside = text.replace(picture, '').replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
          expect(outside, file).not.to.match(/evil|onerror|@everyone|<\w|^=== ---|!\[|^```/m);
        }
        expect(svg)
          .to.match(/^<svg[^]*<\/svg>\n$/)
          .and.not.match(/<(?:script|a|foreignObject|image|use)\b|\son\w+=|url\((?!#)|href|@import/i);
        expect(page.match(/<style/g)).to.have.length(1);
        expect(page).not.to.match(
          /<(?:script|iframe|object|form|base|link)\b|<img (?!alt="[^"<]*" src="data:image\/svg)|<\w[^<>"]*(?:"[^"]*"[^<>"]*)*\son\w+=/i
        );
        expect(page).not.to.match(/(?:src|href)="(?!data:image\/svg\+xml|#)/);
      });
    }
  });
});
