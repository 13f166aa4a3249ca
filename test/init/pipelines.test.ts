import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { z } from 'zod';
import { inRoot } from '../../scripts/tools/paths.js';
import { isPlainPath, pipelineOrgs, pipelineText, vendors, type Vendor } from '../../src/init/pipelines/index.js';
import { audit, check, install, mergeStep, pinned } from '../../src/init/pipelines/steps.js';
import { azurePipeline, bitbucketPipeline, githubWorkflow, gitlabPipeline, jenkinsBlocks } from './vendors.js';

const plugin = { name: 'sf-plugin-security-review', version: '0.1.0' };
const inputs = {
  'a package': { orgs: [], sourceDirs: [], plugin },
  'one org': { orgs: pipelineOrgs(['acme-hub']), plugin },
  'two orgs and two folders': { orgs: pipelineOrgs(['acme-hub', 'on']), sourceDirs: ['./acme pay', 'more'], plugin },
};
const schemas: Partial<Record<Vendor, z.ZodType>> = {
  github: githubWorkflow,
  gitlab: gitlabPipeline,
  azure: azurePipeline,
  bitbucket: bitbucketPipeline,
};

/** Every text of a parsed file, with a script on its own lines. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const jenkinsScripts = (text: string): string[] =>
  [...text.matchAll(/'''\n([^]*?)'''/g)].map(([, script = '']) => script);
const scriptsIn = (vendor: Vendor, text: string): string[] =>
  vendor === 'jenkins' ? jenkinsScripts(text) : textsIn(parse(text)).filter((one) => one.includes('\n'));

describe('pipeline files', () => {
  for (const [title, input] of Object.entries(inputs)) {
    for (const vendor of vendors) {
      describe(`${vendor}, ${title}`, () => {
        const text = pipelineText(vendor, input);

        it('has the form that the vendor documents', () => {
          const schema = schemas[vendor];
          if (schema) schema.parse(parse(text));
          else checkJenkinsfile(text);
        });

        it('contains scripts that any POSIX shell reads', () => {
          for (const script of scriptsIn(vendor, text)) {
            const { status, stderr } = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
            expect(status, `${stderr}${script}`).to.equal(0);
          }
        });

        it('checks the package if there is one, every org, and merges the reports of several', () => {
          const orgs = input.orgs.length;
          expect(text.includes('check-package')).to.equal('sourceDirs' in input);
          expect(text.includes('audit-org')).to.equal(orgs > 0);
          expect(text.includes('merge-reports')).to.equal(orgs > 1);
          for (const { alias } of input.orgs) expect(text).to.match(new RegExp(`\\b${alias}\\b`));
        });

        it('installs a tarball of the repository by its SHA-512, and keeps the baseline out of caches', () => {
          expect(text).to.contain('sha512sum --check sf-plugin-security-review-0.1.0.tgz.sha512');
          expect(text).not.to.match(
            /plugins install (?!"file:)|actions\/cache|(?<!package-manager-)cache:|DownloadPipelineArtifact|NodeTool/
          );
        });

        it('turns telemetry off, pins what it installs, and says no secret', () => {
          expect(text).to.match(/SF_DISABLE_TELEMETRY\W+true/);
          expect(text)
            .to.match(/SF_AUTOUPDATE_DISABLE\W+true/)
            .and.match(/SF_DISABLE_AUTOUPDATE\W+true/);
          for (const line of install(input)) expect(text).to.contain(line);
          expect(text).not.to.match(/set -[a-z]*x|echo[^\n]*\$SF_|@latest|:latest/);
        });
      });
    }
  }

  it('are looked at closely: a Jenkinsfile with one brace too few, or a directive in the wrong place, is refused', () => {
    const text = pipelineText('jenkins', inputs['two orgs and two folders']);
    for (const wrong of [
      text.replace(/}\n$/, ''),
      text.replace('agent none', 'agent none }'),
      text.replace('steps {', 'post {'),
    ]) {
      expect(() => checkJenkinsfile(wrong)).to.throw();
    }
  });

  it('installs the versions that this plugin is tested with', () => {
    const { devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies['@salesforce/cli']).to.equal(pinned.sf);
    expect(devDependencies.node).to.equal(`^${pinned.node}`);
  });

  it('shows a pull request no secret', () => {
    const { jobs } = githubWorkflow.parse(parse(pipelineText('github', inputs['two orgs and two folders'])));
    for (const job of Object.values(jobs)) {
      if (JSON.stringify(job).includes('secrets.')) expect(job.if).to.contain("!= 'pull_request'");
    }
    expect(JSON.stringify(jobs.package)).not.to.contain('secrets.');
    const { pipelines } = bitbucketPipeline.parse(parse(pipelineText('bitbucket', inputs['two orgs and two folders'])));
    expect(JSON.stringify(pipelines['pull-requests'])).not.to.contain('SF_JWT_KEY');
  });

  it('audits orgs and merges their reports from the default branch only, where the vendor says which one that is', () => {
    const both = inputs['two orgs and two folders'];
    const gitlab = gitlabPipeline.parse(parse(pipelineText('gitlab', both))) as Record<string, unknown>;
    for (const name of ['org', 'fleet']) {
      expect(JSON.stringify((gitlab[name] as { rules: unknown }).rules)).to.contain(
        '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'
      );
    }
    const jenkins = pipelineText('jenkins', both);
    expect(jenkins.match(/expression \{ env\.BRANCH_NAME in \[null, 'main', 'master'\] \}/g)).to.have.lengthOf(2);
    expect(jenkins).to.contain(`cron(env.BRANCH_NAME in [null, 'main', 'master'] ?`);
  });

  it('audits every org at night even if the package fails', () => {
    const both = inputs['two orgs and two folders'];
    const { pipelines } = bitbucketPipeline.parse(parse(pipelineText('bitbucket', both)));
    const [first] = pipelines.custom.nightly;
    expect(first !== undefined && 'parallel' in first ? first.parallel.steps : []).to.have.lengthOf(3);
    for (const stage of pipelineText('jenkins', both).split("stage('").slice(1)) {
      if (stage.includes('sh(returnStatus')) expect(stage.indexOf('catchError(')).to.be.within(1, stage.indexOf('sh('));
    }
  });

  it('traces no command of a Jenkins build that has secrets in its variables', () => {
    for (const script of jenkinsScripts(pipelineText('jenkins', inputs['two orgs and two folders'])))
      if (script.includes('SF_CLIENT_ID')) expect(script).to.match(/^\s*set \+x\n/);
  });

  it('gives an org an alias that no vendor and no shell acts on', () => {
    const names = ['Acme Hub', 'acme-hub', 'ada@acme.example', '$(reboot)', '-o', '…', "'; rm -rf /"];
    const aliases = pipelineOrgs(names).map(({ alias }) => alias);
    expect(new Set(aliases).size).to.equal(names.length);
    for (const alias of aliases) expect(alias).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('takes no folder that a shell or a template would act on', () => {
    for (const path of ['a', './acme pay', 'force-app/main', '../x']) expect(isPlainPath(path), path).to.equal(true);
    for (const path of ["a'b", '${{ x }}', '$(x)', 'a\nb', '-d', 'a;b', 'a"b', ''])
      expect(isPlainPath(path), path).to.equal(false);
  });
});

/** Braces, brackets and strings close, and each directive stands where Jenkins takes it. */
const checkJenkinsfile = (text: string): void => {
  const bare = text
    .replace(/'''[^]*?'''/g, "''")
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/"(?:\$\{[^}]*\}|[^"$\n])*"|'[^'\n]*'/g, '""');
  const path = [''];
  for (const [, word = '', brace] of bare.matchAll(/(?:([A-Za-z]+)\s*(?:\((?:[^(){}]|\([^()]*\))*\))?\s*)?([{}])/g)) {
    if (brace === '}') {
      expect(path.pop(), 'a brace that closes nothing').not.to.equal('');
      continue;
    }
    expect(jenkinsBlocks[path.at(-1) ?? ''] ?? [], `${word} in ${path.join(' > ')}`).to.include(word);
    path.push(word);
  }
  expect(path).to.deep.equal(['']);
  expect(bare.match(/[([]/g)?.length).to.equal(bare.match(/[)\]]/g)?.length);
  expect(bare).not.to.match(/['\\]/);
};

describe('the scripts of a pipeline, with an sf that returns given answers', () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
    mkdirSync(at('bin'));
    // Notes its arguments, whether it may read the key, and writes the report that it was asked for.
    const stub = [
      '#!/bin/sh',
      'echo "$@" >> "$LOG"',
      'topic="$1"',
      'while [ $# -gt 0 ]; do',
      '  case "$1" in',
      '    --jwt-key-file) { cat "$2"; ls -l "$2"; ls -ld "$(dirname "$2")"; echo "$2"; } > "$LOG.key" ;;',
      '    --output-file) if [ "$ANSWER" != 1 ]; then echo "$ANSWER" > "$2"; fi ;;',
      '  esac',
      '  shift',
      'done',
      'if [ "$topic" = org ]; then exit 0; fi',
      'exit "$ANSWER"',
    ];
    writeFileSync(at('bin', 'sf'), stub.join('\n'));
    chmodSync(at('bin', 'sf'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (script: readonly string[], answer: number): { code: number | null; output: string } => {
    const key = Buffer.from('-----KEY-----\nabc\n').toString('base64');
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script.join('\n')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${at('bin')}:${process.env.PATH ?? ''}`,
        TMPDIR: folder,
        LOG: at('log'),
        ANSWER: String(answer),
        ORG: 'acme-hub',
        SF_JWT_KEY_BASE64: key,
        SF_CLIENT_ID: 'client',
        SF_USERNAME: 'ada@acme.example',
        SF_INSTANCE_URL: 'https://acme.example',
      },
    });
    return { code: status, output: stdout + stderr };
  };
  const asked = (): string[] => readFileSync(at('log'), 'utf8').trim().split('\n');

  for (const answer of [0, 1, 3, 4]) {
    it(`ends with ${answer} when the command does, and says what it means`, () => {
      for (const script of [audit, check({})]) {
        const { code, output } = run(script, answer);
        expect(code).to.equal(answer);
        expect(output).to.contain({ 0: 'passed', 1: 'NO REPORT', 3: 'FAILED', 4: 'UNDECIDED' }[answer]);
      }
    });
  }

  it('keeps the key where only its user reads it, and removes it, whatever the gate says', () => {
    const { output } = run(audit, 3);
    const [, , file = '', dir = '', path = ''] = readFileSync(at('log.key'), 'utf8').split('\n');
    expect(file).to.match(/^-rw-------/);
    expect(dir).to.match(/^drwx------/);
    expect(existsSync(path)).to.equal(false);
    expect(output).not.to.match(/KEY---|LS0t/);
    expect(asked().at(-1)).to.equal('org logout --target-org acme-hub --no-prompt');
  });

  it('compares with a baseline that was committed, and never writes one', () => {
    const compared = (): boolean =>
      asked()
        .filter((line) => line.includes('audit-org'))
        .at(-1)
        ?.includes('--previous baseline/org-acme-hub.json --gate-on new') === true;
    expect(run(audit, 3).output).not.to.contain('baseline: commit');
    expect(run(audit, 0).output).to.contain(
      'In a run of the default branch, reports/org-acme-hub.json can become the baseline: commit it as baseline/org-acme-hub.json.'
    );
    expect([existsSync(at('baseline')), compared()]).to.deep.equal([false, false]);
    mkdirSync(at('baseline'));
    writeFileSync(at('baseline', 'org-acme-hub.json'), 'approved');
    run(audit, 0);
    expect([readFileSync(at('baseline', 'org-acme-hub.json'), 'utf8'), compared()]).to.deep.equal(['approved', true]);
  });

  it('checks the policy first, if there is one, and shows what ends within 30 days', () => {
    writeFileSync(at('security-review.yml'), 'version: 1');
    run(check({}), 0);
    expect(asked()[0]).to.equal('security-review check-policy --days 30');
  });

  it('asks for every format, and checks the folders that were named', () => {
    run(check({ sourceDirs: ['./acme pay', 'more'] }), 0);
    const [line = ''] = asked();
    expect(line).to.contain('--source-dir ./acme pay --source-dir more');
    for (const format of ['json', 'html', 'md', 'sarif', 'junit.xml'])
      expect(line).to.contain(`reports/package.${format}`);
  });

  it('removes the reports of an earlier run, so that none is kept as the report of this one', () => {
    mkdirSync(at('reports'));
    for (const name of ['org-acme-hub.html', 'org-acme-hub.junit.xml', 'org-acme.json'])
      writeFileSync(at('reports', name), 'earlier');
    run(audit, 1);
    expect(readdirSync(at('reports'))).to.deep.equal(['org-acme.json']);
  });

  it('merges the reports of all orgs', () => {
    mkdirSync(at('reports'));
    for (const org of ['a', 'b']) writeFileSync(at('reports', `org-${org}.json`), '{}');
    expect(run(mergeStep(pipelineOrgs(['a', 'b'])), 4).code).to.equal(4);
    expect(asked()[0]).to.match(
      /merge-reports reports\/org-a\.json reports\/org-b\.json --output-file reports\/fleet\.json/
    );
  });

  it('does not pass a fleet in which the report of an org is missing, and names the org', () => {
    mkdirSync(at('reports'));
    writeFileSync(at('reports', 'org-a.json'), '{}');
    const orgs = mergeStep(pipelineOrgs(['a', 'b', 'c']));
    for (const [answer, code] of [
      [0, 4],
      [3, 3],
    ] as const) {
      const ran = run(orgs, answer);
      expect(ran.code).to.equal(code);
      expect(ran.output).to.contain('no report of: b c.');
    }
  });

  /** The script that installs, as the runner of each vendor starts it. */
  const installers: Record<Vendor, (text: string) => string> = {
    github: (text) => `set -eo pipefail\n${scriptsIn('github', text)[0] ?? ''}`,
    gitlab: (text) => ['set -eo pipefail', ...gitlabPipeline.parse(parse(text)).default.before_script].join('\n'),
    azure: (text) => scriptsIn('azure', text)[0] ?? '',
    bitbucket: (text) => {
      const [step] = bitbucketPipeline.parse(parse(text)).definitions?.steps ?? [];
      return ['set -e', ...(step?.step.script.slice(0, -1) ?? [])].join('\n');
    },
    jenkins: (text) => `set -e\nWORKSPACE_TMP="$PWD"\n${jenkinsScripts(text)[0] ?? ''}`,
  };

  for (const vendor of vendors) {
    it(`${vendor}: installs no tarball that differs from its SHA-512`, () => {
      mkdirSync(at('tools'));
      const tarball = `${plugin.name}-${plugin.version}.tgz`;
      writeFileSync(at('tools', tarball), 'changed');
      writeFileSync(at('tools', `${tarball}.sha512`), `${'0'.repeat(128)}  ${tarball}\n`);
      writeFileSync(at('bin', 'npm'), '#!/bin/sh\n');
      chmodSync(at('bin', 'npm'), 0o755);
      const script = installers[vendor](pipelineText(vendor, inputs['a package']));
      expect(script).to.contain('sf plugins install');
      expect(run([script], 0).code).not.to.equal(0);
      expect(existsSync(at('log'))).to.equal(false);
    });
  }
});
