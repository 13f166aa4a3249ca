import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { moveTo, startOrg, type SimulatedOrg } from '../simulator/index.js';
import { SCENARIOS } from '../simulator/scenarios/index.js';
import { build } from './tools/build.js';
import { inRoot } from './tools/paths.js';
import { writePolicyOfToday } from './tools/policyOfToday.js';
import { newSf, type Sf } from './tools/sf.js';

// Runs both commands, through the real sf, on orgs and a package of this repository. Nothing outside is called.

type Shown = { says: string; args: readonly string[]; expected: number };

const shown: readonly Shown[] = [
  {
    says: 'A packaging org with every kind of trouble. The gate fails: exit code 3.',
    args: ['audit-org', '--target-org', 'broken'],
    expected: 3,
  },
  {
    says: 'A Dev Hub that does everything right. The gate passes: exit code 0.',
    args: ['audit-org', '--target-org', 'hardened'],
    expected: 0,
  },
  {
    says: 'The same Dev Hub, seen by a user who may see next to nothing. Nothing passes; the report names the permissions: exit code 4.',
    args: ['audit-org', '--target-org', 'blind'],
    expected: 4,
  },
  {
    says: 'The package of examples/acme-pay. The gate fails: exit code 3.',
    args: ['check-package', '--source-dir', 'acme-pay'],
    expected: 3,
  },
];

const show = async (sf: Sf, { says, args, expected }: Shown, cwd: string): Promise<boolean> => {
  console.log(`\n──── ${says}\n$ sf security-review ${args.join(' ')}\n`);
  const { code, stdout, stderr } = await sf.run(['security-review', ...args], { cwd });
  console.log(stdout.trimEnd());
  const right = code === expected;
  if (!right) console.log(stderr.trimEnd());
  console.log(`\nExit code ${code}${right ? '' : `, where ${expected} was expected`}.`);
  return right;
};

console.log('Compiling the plugin …');
await build();
const sf = newSf();
const orgs: SimulatedOrg[] = [];
try {
  console.log('Linking it into the real sf CLI (@salesforce/cli), in a home directory of its own …');
  await sf.link();
  for (const alias of ['broken', 'hardened', 'blind'] as const) {
    // eslint-disable-next-line no-await-in-loop -- sf writes one file of aliases; two simultaneous logins would race for it
    const org = await startOrg(moveTo(SCENARIOS[alias](), new Date()));
    orgs.push(org);
    console.log(`$ sf org login jwt --instance-url ${org.url} --username ${org.username} --alias ${alias} …`);
    // eslint-disable-next-line no-await-in-loop
    await sf.logIn(org, alias);
  }
  // A folder as a team has it: its policy, and the source of its package.
  const folder = join(sf.home, 'acme');
  cpSync(inRoot('examples', 'acme-pay'), join(folder, 'acme-pay'), { recursive: true });
  writePolicyOfToday(folder);
  const right: boolean[] = [];
  // eslint-disable-next-line no-await-in-loop -- the output of one command after the other
  for (const one of shown) right.push(await show(sf, one, folder));
  process.exitCode = right.every(Boolean) ? 0 : 1;
  console.log(
    process.exitCode === 0
      ? '\nBoth commands ran through the real sf, and every gate came out as it should.'
      : '\nThe demo did not go as it should; see above.'
  );
} finally {
  await Promise.all(orgs.map((org) => org.stop()));
  sf.remove();
}
