import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { review } from '../../src/engine/review.js';
import type { Result } from '../../src/engine/types.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from './emptyPolicy.js';

export type Files = Record<string, string | Uint8Array>;
type Verdict = Result['verdict'];

/** One small package and what one control must say about it. */
export type SmallPackage = {
  /** The claim, as a test title. */
  readonly title: string;
  /** Id of the control without `package/`; an array where the case is about several. */
  readonly control: string;
  readonly files: Files;
  readonly verdict: Verdict | readonly Verdict[];
  /** The kind of at least one finding. */
  readonly kind?: 'violation' | 'justification' | 'latent';
  /** Subjects of findings of that kind: at least one of them is named. */
  readonly names?: readonly string[];
  /** `end of the path:line` of a finding of that kind: at least one of them is there. */
  readonly at?: readonly string[];
  /** How many findings there are that are not only informational. */
  readonly count?: number;
  readonly project?: object;
};

export const OK = ['pass', 'not-applicable'] as const;
export const NOT_PASSED = ['fail', 'inconclusive'] as const;
const P = 'force-app/main/default';
const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

export function xml(path: string, root: string, body: string): Files {
  return { [`${P}/${path}`]: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NS} ${XSI}>${body}</${root}>\n` };
}
export function cls(name: string, body: string): Files {
  return {
    [`${P}/classes/${name}.cls`]: body,
    ...xml(`classes/${name}.cls-meta.xml`, 'ApexClass', '<apiVersion>62.0</apiVersion><status>Active</status>'),
  };
}
export function page(name: string, body: string): Files {
  return {
    [`${P}/pages/${name}.page`]: body,
    ...xml(`pages/${name}.page-meta.xml`, 'ApexPage', `<apiVersion>62.0</apiVersion><label>${name}</label>`),
  };
}
export function component(name: string, body: string): Files {
  return {
    [`${P}/components/${name}.component`]: body,
    ...xml(
      `components/${name}.component-meta.xml`,
      'ApexComponent',
      `<apiVersion>62.0</apiVersion><label>${name}</label>`
    ),
  };
}
export function lwc(name: string, js: string, html = '<template></template>'): Files {
  return {
    [`${P}/lwc/${name}/${name}.js`]: js,
    [`${P}/lwc/${name}/${name}.html`]: html,
    ...xml(
      `lwc/${name}/${name}.js-meta.xml`,
      'LightningComponentBundle',
      '<apiVersion>62.0</apiVersion><isExposed>false</isExposed>'
    ),
  };
}
/** An Aura component: markup, and the JavaScript of its controller and helper. */
export function aura(name: string, cmp: string, controller?: string, helper?: string): Files {
  return {
    [`${P}/aura/${name}/${name}.cmp`]: cmp,
    ...xml(`aura/${name}/${name}.cmp-meta.xml`, 'AuraDefinitionBundle', '<apiVersion>62.0</apiVersion>'),
    ...(controller === undefined ? {} : { [`${P}/aura/${name}/${name}Controller.js`]: controller }),
    ...(helper === undefined ? {} : { [`${P}/aura/${name}/${name}Helper.js`]: helper }),
  };
}
export function resource(file: string, body: string | Uint8Array, type = 'application/javascript'): Files {
  const name = file.replace(/[./].*/, '');
  return {
    [`${P}/staticresources/${file}`]: body,
    ...xml(
      `staticresources/${name}.resource-meta.xml`,
      'StaticResource',
      `<cacheControl>Public</cacheControl><contentType>${type}</contentType>`
    ),
  };
}
export function settingType(name: string, visibility: 'Public' | 'Protected', kind = 'Hierarchy'): Files {
  return xml(
    `objects/${name}/${name}.object-meta.xml`,
    'CustomObject',
    `<customSettingsType>${kind}</customSettingsType><label>${name}</label><visibility>${visibility}</visibility>`
  );
}
export function metadataType(name: string, visibility: 'Public' | 'Protected'): Files {
  return xml(
    `objects/${name}/${name}.object-meta.xml`,
    'CustomObject',
    `<label>${name}</label><pluralLabel>${name}</pluralLabel><visibility>${visibility}</visibility>`
  );
}
export function field(object: string, name: string, type = 'Text', more = ''): Files {
  const length = type === 'Text' ? '<length>255</length>' : '';
  return xml(
    `objects/${object}/fields/${name}.field-meta.xml`,
    'CustomField',
    `<fullName>${name}</fullName><label>${name}</label>${length}<type>${type}</type>${more}`
  );
}
/** A custom metadata record, `Type.Name`. */
export function record(name: string, values: Record<string, string>, isProtected = false): Files {
  const rows = Object.entries(values).map(
    ([key, value]) => `<values><field>${key}</field><value xsi:type="xsd:string">${value}</value></values>`
  );
  return xml(
    `customMetadata/${name}.md-meta.xml`,
    'CustomMetadata',
    `<label>L</label><protected>${String(isProtected)}</protected>${rows.join('')}`
  );
}
export function label(values: Record<string, string>): Files {
  const rows = Object.entries(values).map(
    ([name, value]) =>
      `<labels><fullName>${name}</fullName><language>en_US</language><protected>true</protected><shortDescription>x</shortDescription><value>${value}</value></labels>`
  );
  return xml('labels/CustomLabels.labels-meta.xml', 'CustomLabels', rows.join(''));
}

const PROJECT = {
  packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
  namespace: 'acme',
  sourceApiVersion: '62.0',
};

/** Checks a package that has these files, and returns the results by id without `package/`. */
export async function checkSmallPackage(files: Files, project: object = PROJECT): Promise<Map<string, Result>> {
  const root = await mkdtemp(join(tmpdir(), 'small-'));
  try {
    for (const [path, text] of Object.entries({ 'sfdx-project.json': JSON.stringify(project), ...files })) {
      const file = join(root, path);
      // eslint-disable-next-line no-await-in-loop -- a handful of files
      await mkdir(dirname(file), { recursive: true });
      // eslint-disable-next-line no-await-in-loop
      await writeFile(file, text);
    }
    const source = await openPackage(root);
    const integrations = await openIntegrations([], emptyPolicy.integrations, undefined);
    const { results } = await review(
      packageDomain,
      { ...source, integrations },
      { target: { kind: 'package', name: 'small' }, policy: emptyPolicy, asOf: new Date('2026-11-29'), audited: [] }
    );
    return new Map(results.map((result) => [result.control.id.replace('package/', ''), result]));
  } finally {
    await rm(root, { recursive: true });
  }
}

/** One test for each package. */
export function itChecks(packages: readonly SmallPackage[]): void {
  for (const small of packages) {
    it(small.title, async () => {
      const results = await checkSmallPackage(
        { ...cls('Hello', 'public class Hello { }'), ...small.files },
        small.project
      );
      holds(results.get(small.control), small);
    });
  }
}

function holds(result: Result | undefined, { verdict, kind, names, at, count }: SmallPackage): void {
  const text = JSON.stringify({ verdict: result?.verdict, findings: result?.findings, gaps: result?.gaps }, null, 1);
  expect([verdict].flat(), text).to.include(result?.verdict);
  const findings = (result?.findings ?? []).filter((finding) => kind === undefined || finding.kind === kind);
  if (kind !== undefined) expect(findings, text).to.not.have.length(0);
  if (names !== undefined) expect(findings.map(({ subject }) => subject.name).join(' '), text).to.match(oneOf(names));
  if (at !== undefined) {
    const places = findings.map(({ subject }) => `${subject.file ?? ''}:${subject.line ?? 0}`);
    expect(
      places.some((place) => at.some((end) => place.endsWith(end))),
      text
    ).to.equal(true);
  }
  if (count !== undefined)
    expect(
      (result?.findings ?? []).filter((finding) => finding.kind !== 'latent'),
      text
    ).to.have.length(count);
}

const oneOf = (names: readonly string[]): RegExp => new RegExp(names.map((name) => `\\b${name}\\b`).join('|'));
