import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { readYaml } from '../../src/policy/yaml.js';
import { review } from '../../src/engine/review.js';
import type { TargetReport } from '../../src/engine/types.js';
import { isPackageProblem, openPackage, openPackageZip, packageDomain } from '../../src/package/index.js';
import type { PackageSource } from '../../src/package/source/packageSource.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { emptyPolicy } from '../support/emptyPolicy.js';
import { hostile } from '../support/hostileNames.js';
import { metadata, packageProject } from '../support/packageSource.js';

/** What may become of hostile input: it is judged, it is a gap, or it is refused with one clear error. */
type End = { finding: string } | { gap: RegExp } | { error: RegExp; exitCode?: 1 | 2 };
type Files = Readonly<Record<string, string | Buffer>>;

const folder = 'force-app/main/default';
const app = (name: string, suffix = 'connectedApp-meta.xml'): string => `${folder}/connectedApps/${name}.${suffix}`;
const full = metadata(
  'ConnectedApp',
  '<label>X</label>',
  '<oauthConfig><callbackUrl>https://acme.example/</callbackUrl><scopes>Full</scopes></oauthConfig>'
);
const harmless = full.replace('Full', 'Api');
const file = (path: string, content: string | Buffer): Files => ({ [app('Harmless')]: harmless, [path]: content });
const apex = (content: string | Buffer): Files => file(`${folder}/classes/A.cls`, content);
const leak = 'public class A { void run() { Vault.keep(UserInfo.getSessionId()); } }';
const utf16 = (text: string, bigEndian = false): Buffer => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const scopes = 'package/broad-scopes-justified';
const sessions = 'package/no-session-id-for-metadata-api';
const secrets = 'package/no-secrets-in-source';

const inFiles: ReadonlyArray<[title: string, files: Files, control: string, end: End]> = [
  // XML
  [
    'a bomb of entities',
    file(app('Bomb'), `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${full}`),
    scopes,
    { gap: /document type/ },
  ],
  [
    'an external entity',
    file(app('Outside'), `<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>${full}`),
    scopes,
    { gap: /document type/ },
  ],
  [
    'a million siblings',
    file(app('Wide'), `<ConnectedApp>${'<a/>'.repeat(1_000_000)}</ConnectedApp>`),
    scopes,
    { gap: /larger than any/ },
  ],
  [
    'a million attributes',
    file(app('Attributes'), `<ConnectedApp ${'a="" '.repeat(1_000_000)}><a/></ConnectedApp>`),
    scopes,
    { gap: /larger than any/ },
  ],
  ['a million levels', file(app('Deep'), '<a>'.repeat(1_000_000)), scopes, { gap: /larger than any/ }],
  [
    'ten thousand levels',
    file(app('Deep'), `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
    scopes,
    { gap: /not allowed/ },
  ],
  [
    'XML that is not UTF-8',
    file(app('Bytes'), Buffer.concat([Buffer.from(full), Buffer.from([0xc3, 0x28])])),
    scopes,
    { gap: /not UTF-8/ },
  ],
  [
    'an overlong form of a letter',
    file(
      app('Overlong'),
      Buffer.from(Buffer.from(full.replace('Full', '\u0001')).map((byte) => (byte === 1 ? 0xc1 : byte)))
    ),
    scopes,
    { gap: /not UTF-8/ },
  ],
  ['an encoding that is not read', file(app('Utf7'), full.replace('UTF-8', 'UTF-7')), scopes, { gap: /encoding/ }],
  ['a zero in XML', file(app('Zero'), full.replace('Full', 'Fu\0ll')), scopes, { gap: /not UTF-8/ }],
  ['UTF-16 without its mark', file(app('Wide'), utf16(full).subarray(2)), scopes, { gap: /not UTF-8/ }],
  ['UTF-16 with its mark', file(app('Wide'), utf16(full)), scopes, { finding: 'ConnectedApp:Wide' }],
  ['UTF-16 the other way round', file(app('Wide'), utf16(full, true)), scopes, { finding: 'ConnectedApp:Wide' }],
  ['a byte order mark', file(app('Marked'), `\uFEFF${full}`), scopes, { finding: 'ConnectedApp:Marked' }],
  // Apex
  ['Apex in UTF-16', apex(utf16(leak)), sessions, { finding: 'ApexClass:A' }],
  ['Apex in UTF-16 without its mark', apex(utf16(leak).subarray(2)), sessions, { finding: 'ApexClass:A' }],
  [
    'zeros between the letters of a word',
    apex(leak.replace('getSessionId', 'get\0Session\0Id')),
    sessions,
    { finding: 'ApexClass:A' },
  ],
  [
    'Apex with bytes that are no text',
    apex(Buffer.concat([Buffer.from(`// `), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(leak)])),
    sessions,
    { finding: 'ApexClass:A' },
  ],
  [
    'Apex nested a hundred thousand deep',
    apex(`${leak.slice(0, -3)}${'{'.repeat(100_000)}${'}'.repeat(100_000)}`),
    sessions,
    { gap: /could not be parsed/ },
  ],
  [
    'ten thousand operators in a row',
    apex(leak.replace('UserInfo', `${"'a' + ".repeat(10_000)}UserInfo`)),
    sessions,
    { finding: 'ApexClass:A' },
  ],
  [
    'a million openings of a comment',
    apex(`${leak}${'/*'.repeat(1_000_000)}`),
    sessions,
    { gap: /could not be parsed/ },
  ],
  ['a million quotes', apex(`${leak}${'\\"'.repeat(1_000_000)}`), sessions, { gap: /could not be parsed/ }],
  [
    'a megabyte of one name',
    apex(`// frontdoor\n${leak.replace('Vault', 'a'.repeat(1_000_000))}`),
    sessions,
    { finding: 'ApexClass:A' },
  ],
  // configuration
  [
    'JSON nested a hundred thousand deep',
    { ...file(app('X'), full), 'sfdx-project.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    scopes,
    { error: /not valid at/ },
  ],
  [
    'JSON that does not close',
    { ...file(app('X'), full), 'sfdx-project.json': '{"a":'.repeat(100_000) },
    scopes,
    { error: /not valid JSON/ },
  ],
  [
    'a project file of zeros',
    { ...file(app('X'), full), 'sfdx-project.json': '\0'.repeat(1000) },
    scopes,
    { error: /not valid JSON/ },
  ],
  [
    'a project file in UTF-16',
    { ...file(app('X'), full), 'sfdx-project.json': utf16(packageProject) },
    scopes,
    { finding: 'ConnectedApp:X' },
  ],
  [
    'a package directory that leads out',
    { ...file(app('X'), full), 'sfdx-project.json': packageProject.replace('"force-app"', '"../../../etc"') },
    scopes,
    { error: /No package source/ },
  ],
  [
    'a package directory with a hundred thousand parts',
    {
      ...file(app('X'), full),
      'sfdx-project.json': packageProject.replace('"force-app"', `"${'a/'.repeat(100_000)}"`),
      '.forceignore': 'x',
    },
    scopes,
    { error: /not valid at packageDirectories/ },
  ],
  // names
  ...Object.entries(hostile)
    .filter(([, name]) => !name.includes('/') && name.length < 200)
    .map(([kind, name]): [string, Files, string, End] => [
      `a ${kind} name`,
      file(app(name), full),
      scopes,
      { finding: `ConnectedApp:${name}` },
    ]),
];

const zipped: ReadonlyArray<[title: string, bytes: () => Buffer, end: End]> = [
  [
    'two apps whose names differ in case alone: both are judged',
    () => zipOf({ 'connectedApps/A.connectedApp': harmless, 'connectedApps/a.connectedApp': full }),
    { finding: 'ConnectedApp:a' },
  ],
  [
    'a path that leads out',
    () => zipOf({ '../../connectedApps/A.connectedApp': full }),
    { error: /names a file outside the zip/ },
  ],
  [
    'an absolute path',
    () => zipOf({ '/connectedApps/A.connectedApp': full }),
    { error: /names a file outside the zip/ },
  ],
  [
    'a name with a line break and a colour',
    () => zipOf({ [`connectedApps/${hostile.terminal}.connectedApp`]: full }),
    { finding: `ConnectedApp:${hostile.terminal}` },
  ],
  [
    'a name of sixty thousand folders',
    () => zipOf({ 'connectedApps/A.connectedApp': full, [`${'a/'.repeat(30_000)}b.cls`]: leak, '.forceignore': 'x' }),
    { error: /longer than 4096/ },
  ],
  ['files that share their bytes, as a bomb does', () => overlapping(), { error: /two of its files overlap/ }],
  ['a file that its directory does not name', () => hidden(), { error: /bytes that its directory does not list/ }],
  ['a file with another name in front of its bytes', () => renamed(), { gap: /two names/ }],
  ['a size that is far too small', () => lying(8), { gap: /damaged in the zip/ }],
  ['a size of a terabyte', () => lying(0xff_ff_ff_f0), { error: /larger than 1024 MB/ }],
  ['a bomb of many files of 16 MB', () => bomb(), { error: /larger than 1024 MB/ }],
];

const zipOf = (files: Readonly<Record<string, string>>, level: 0 | 9 = 9): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { level })
  );
const entriesOf = (bytes: Buffer): number[] => {
  const found: number[] = [];
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1)) found.push(at);
  return found;
};
const bomb = (): Buffer => {
  const bytes = zipOf(Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`classes/A${index}.cls`, leak])));
  entriesOf(bytes).forEach((entry) => bytes.writeUInt32LE(16 * 2 ** 20, entry + 24));
  return bytes;
};
const two = (): Buffer => zipOf({ 'connectedApps/A.connectedApp': full, 'connectedApps/B.connectedApp': harmless }, 0);
const overlapping = (): Buffer => {
  const bytes = two();
  const [, second = 0] = entriesOf(bytes);
  bytes.writeUInt32LE(0, second + 42);
  return bytes;
};
const hidden = (): Buffer => {
  const bytes = two();
  const [first = 0, second = 0] = entriesOf(bytes);
  const rest = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)]);
  const end = rest.length - 22;
  rest.writeUInt16LE(1, end + 8);
  rest.writeUInt16LE(1, end + 10);
  rest.writeUInt32LE(end - first, end + 12);
  return rest;
};
const renamed = (): Buffer => {
  const bytes = two();
  bytes.write('C', bytes.indexOf('A.connectedApp'));
  return bytes;
};
const lying = (size: number): Buffer => {
  const bytes = zipOf({ 'connectedApps/A.connectedApp': full });
  bytes.writeUInt32LE(size, (entriesOf(bytes)[0] ?? 0) + 24);
  return bytes;
};

describe('hostile input', function () {
  // Each case takes less; a case that does not end must not hold up the others.
  this.timeout(20_000);
  let root: string;
  const at = (...parts: string[]): string => join(root, ...parts);
  const write = async (files: Files): Promise<void> => {
    for (const [path, content] of Object.entries({ 'sfdx-project.json': packageProject, ...files })) {
      // eslint-disable-next-line no-await-in-loop
      await mkdir(dirname(at(path)), { recursive: true });
      // eslint-disable-next-line no-await-in-loop
      await writeFile(at(path), content);
    }
  };
  const reportOf = (source: PackageSource, control: string): Promise<TargetReport> =>
    review(packageDomain, source, {
      policy: emptyPolicy,
      target: { kind: 'package', name: 'acme' },
      asOf: new Date('2026-11-23T10:00:00.000Z'),
      audited: [],
      only: [control],
    });
  const expectEnd = async (opening: Promise<PackageSource>, control: string, end: End): Promise<void> => {
    const opened = await opening.catch((thrown: unknown) => thrown);
    if (opened instanceof Error) {
      expect(isPackageProblem(opened), String(opened.stack)).to.equal(true);
      expect(opened.message).to.match('error' in end ? end.error : /no error was expected/);
      if ('exitCode' in end) expect(opened).to.have.property('exitCode', end.exitCode);
      return;
    }
    expect(end, 'it was opened').to.not.have.property('error');
    const { results } = await reportOf(opened as PackageSource, control);
    const [{ verdict, findings, gaps } = { verdict: undefined, findings: [], gaps: [] }] = results;
    if ('finding' in end) {
      expect(findings.map(({ subject }) => `${subject.type}:${subject.name}`)).to.include(end.finding);
    } else if ('gap' in end) {
      expect(verdict, JSON.stringify(findings)).to.equal('inconclusive');
      expect(gaps.map(({ detail }) => detail).join('\n')).to.match(end.gap);
    }
  };
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'hostile ')));
  });
  afterEach(() => {
    // A path can be longer than node takes at once.
    execFileSync('rm', ['-rf', root]);
  });

  describe('in a file', () => {
    for (const [title, files, control, end] of inFiles) {
      it(title, async () => {
        await write(files);
        await expectEnd(openPackage(root), control, end);
      });
    }
  });

  describe('in a zip', () => {
    for (const [title, bytes, end] of zipped) {
      it(title, async () => {
        await writeFile(at('a.zip'), bytes());
        await expectEnd(openPackageZip(at('a.zip')), scopes, end);
      });
    }

    it('a zip in a zip in a zip is a file that was not looked through', async () => {
      const inner = zipSync({ 'b.resource': zipSync({ 'c.js': strToU8(leak) }) });
      const files = { 'connectedApps/A.connectedApp': strToU8(harmless), 'staticresources/Z.resource': inner };
      await writeFile(at('a.zip'), zipSync(files));
      await expectEnd(openPackageZip(at('a.zip')), secrets, { gap: /Z\.resource/ });
    });
  });

  describe('in a tree', () => {
    const unseen = { gap: /is a pipe, a socket or a device/ };

    it('a pipe without a writer', async () => {
      await write(file(app('X'), harmless));
      execFileSync('mkfifo', [at(app('Pipe'))]);
      await expectEnd(openPackage(root), scopes, unseen);
    });

    it('a link to a pipe', async () => {
      await write(file(app('X'), harmless));
      execFileSync('mkfifo', [at('pipe')]);
      await symlink(at('pipe'), at(app('Pipe')));
      await expectEnd(openPackage(root), scopes, unseen);
    });

    it('a pipe in place of the project file', async () => {
      await write(file(app('X'), full));
      await rm(at('sfdx-project.json'));
      execFileSync('mkfifo', [at('sfdx-project.json')]);
      await expectEnd(openPackage(root), scopes, { error: /sfdx-project\.json is a pipe/ });
    });

    it('a pipe in place of a zip', async () => {
      execFileSync('mkfifo', [at('a.zip')]);
      await expectEnd(openPackageZip(at('a.zip')), scopes, { error: /is not a file/, exitCode: 2 });
    });

    it('a socket', async () => {
      await write(file(app('X'), harmless));
      const server = createServer();
      const previous = process.cwd();
      // The address of a socket holds a hundred characters.
      process.chdir(at(folder, 'connectedApps'));
      try {
        await new Promise<void>((resolve) => {
          server.listen('S.connectedApp-meta.xml', resolve);
        });
        await expectEnd(openPackage(root), scopes, unseen);
      } finally {
        process.chdir(previous);
        server.close();
      }
    });

    it('a device', async () => {
      await write(file(app('X'), harmless));
      await symlink('/dev/zero', at(app('Zero')));
      await expectEnd(openPackage(root), scopes, { gap: /is a link to a place outside the folder/ });
    });

    it('links in a circle, and a link out of the folder', async () => {
      await write(file(app('X'), harmless));
      await symlink(at(folder), at(folder, 'connectedApps', 'again'));
      await symlink(at(folder, 'two'), at(folder, 'one'));
      await symlink(at(folder, 'one'), at(folder, 'two'));
      await symlink(tmpdir(), at(folder, 'outside'));
      await expectEnd(openPackage(root), scopes, { gap: /outside is a link to a place outside the folder/ });
    });

    it('a file of 100 MB, in little memory', async () => {
      await write(file(app('Large'), full));
      await truncate(at(app('Large')), 100 * 2 ** 20);
      const before = process.memoryUsage.rss();
      await expectEnd(openPackage(root), scopes, { gap: /larger than 16 MB/ });
      expect(process.memoryUsage.rss() - before).to.be.below(80 * 2 ** 20);
    });

    it('a path that is longer than the system takes', async () => {
      await write(file(app('X'), harmless));
      const deep = 'a'.repeat(200);
      execFileSync('bash', ['-c', `for i in $(seq 25); do mkdir ${deep} && cd ${deep} || exit 1; done`], {
        cwd: at(folder),
      });
      await expectEnd(openPackage(root), scopes, { gap: /could not be listed \(ENAMETOOLONG\)/ });
    });

    it('a folder and a file without permission', async () => {
      await write({ ...file(app('Closed'), full), [`${folder}/closed/connectedApps/Y.connectedApp-meta.xml`]: full });
      await chmod(at(app('Closed')), 0);
      await chmod(at(folder, 'closed'), 0);
      await chmod(root, 0o755);
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', inRoot('test/support/listGaps.ts'), root, scopes],
        { encoding: 'utf8', cwd: inRoot() }
      );
      await chmod(at(folder, 'closed'), 0o755);
      expect(stdout, stderr).to.match(/closed could not be listed \(EACCES\)/);
      expect(stdout).to.match(/Closed\.connectedApp-meta\.xml could not be read: .*EACCES/);
    });
  });

  for (const [title, text] of [
    [
      'a bomb of aliases',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*a, *a]`).join('\n')}`,
    ],
    ['lists nested five thousand deep', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['maps nested five thousand deep', '{a: '.repeat(5000)],
  ] as const) {
    it(`in a policy: ${title}`, () => expect(readYaml(text).problems).to.not.deep.equal([]));
  }
});
