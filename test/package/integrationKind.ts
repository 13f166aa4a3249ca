import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Result } from '../../src/engine/types.js';
import { review } from '../../src/engine/review.js';
import { openIntegrations, openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from '../support/emptyPolicy.js';

export type Files = Record<string, string>;

/** A small integration beside a package without an app, and what one control must answer about it. */
export type Kind = {
  /** What the code does, in a few words. */
  title: string;
  /** Files of the integration. */
  files: Files;
  /** The control, without `package/`. */
  control: string;
  verdicts: readonly string[];
  /** Kind of one of the findings. */
  kind?: 'violation' | 'justification';
  /** `file:line` of one of the findings, or of one of the gaps if the verdict is inconclusive. */
  at?: string;
};

export const PASSWORD_FLOW = 'no-username-password-flow';
export const IMPLICIT_FLOW = 'no-implicit-flow';
export const DEVICE_FLOW = 'no-device-flow';
export const SECRETS = 'no-secrets-in-source';
export const FRONTDOOR = 'no-session-id-from-frontdoor';
export const PUBLIC_CLIENTS = 'public-clients-without-secret';
export const APPS_PACKAGED = 'apps-packaged';
export const BROAD_SCOPES = 'broad-scopes-justified';

/** A finding is due. */
export const bad = ['fail'];
/** A finding is due, or a gap where the code does not show it by itself. */
export const gap = ['fail', 'inconclusive'];
/** Nothing may be reported, and nothing may stay open. */
export const ok = ['pass', 'not-applicable'];
/** Nothing may be reported; a gap is right or acceptable. */
export const quiet = ['pass', 'not-applicable', 'inconclusive'];

/** Declares one test per case. */
export function checkKinds(title: string, kinds: readonly Kind[]): void {
  describe(title, () => {
    for (const kind of kinds) {
      it(`${kind.title}: ${kind.control} is ${kind.verdicts.join(' or ')}${kind.at === undefined ? '' : ` at ${kind.at}`}`, async () => {
        const result = await resultOf(kind);
        const seen = JSON.stringify({ findings: result?.findings, gaps: result?.gaps });
        expect(kind.verdicts, seen).to.include(result?.verdict);
        if (result?.verdict !== 'fail') return;
        if (kind.kind !== undefined)
          expect(
            result.findings.map((finding) => finding.kind),
            seen
          ).to.include(kind.kind);
        if (kind.at !== undefined)
          expect(
            result.findings.map(({ subject }) => `${subject.file ?? subject.name}:${subject.line ?? '?'}`),
            seen
          ).to.include(kind.at);
      });
    }
  });
}

const PROJECT = JSON.stringify({
  packageDirectories: [{ path: 'force-app', default: true, package: 'X', versionNumber: '1.0.0.NEXT' }],
  namespace: 'acme',
  sourceApiVersion: '60.0',
});

const PACKAGE: Files = {
  'sfdx-project.json': PROJECT,
  'force-app/main/default/classes/Hello.cls': 'public class Hello { }',
  'force-app/main/default/classes/Hello.cls-meta.xml':
    '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>60.0</apiVersion><status>Active</status></ApexClass>',
};

async function resultOf(kind: Kind): Promise<Result | undefined> {
  const root = await mkdtemp(join(tmpdir(), 'kind-'));
  try {
    await put(join(root, 'src'), PACKAGE);
    await put(join(root, 'integ'), kind.files);
    const source = await openPackage(join(root, 'src'));
    const integrations = await openIntegrations([join(root, 'integ')], emptyPolicy.integrations, undefined);
    const { results } = await review(
      packageDomain,
      { ...source, integrations },
      {
        target: { kind: 'package', name: 'kind' },
        policy: emptyPolicy,
        asOf: new Date('2026-11-29'),
        audited: [],
      }
    );
    return results.find(({ control }) => control.id === `package/${kind.control}`);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function put(base: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(base, path);
    // eslint-disable-next-line no-await-in-loop -- a handful of files
    await mkdir(dirname(file), { recursive: true });
    // eslint-disable-next-line no-await-in-loop
    await writeFile(file, text);
  }
}
