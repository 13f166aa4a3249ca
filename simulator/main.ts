import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveTo } from './shiftDates.js';
import { startOrg } from './server.js';
import { SCENARIOS } from './scenarios/index.js';

const name = process.argv[2];
const build = Object.entries(SCENARIOS).find(([known]) => known === name)?.[1];

if (!build) {
  const known = Object.keys(SCENARIOS).join(', ');
  process.stderr.write(
    `${name === undefined ? 'Name a scenario' : `There is no scenario "${name}"`}. Known: ${known}.\n`
  );
  process.exitCode = 2;
} else {
  const org = await startOrg(moveTo(build(), new Date()));
  const folder = mkdtempSync(join(tmpdir(), 'simulated-org-'));
  const key = org.writeKey(folder);
  process.stdout.write(
    [
      `Simulated org "${name}" is running.`,
      `  url        ${org.url}`,
      `  username   ${org.username}`,
      `  client id  ${org.clientId}`,
      `  key file   ${key}`,
      '',
      'Log in with:',
      `  sf org login jwt --instance-url ${org.url} --client-id ${org.clientId} --jwt-key-file ${key} --username ${org.username} --alias ${name}`,
      '',
      'Stop with Ctrl-C.',
      '',
    ].join('\n')
  );
  const stop = (): void => {
    rmSync(folder, { recursive: true, force: true });
    void org.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
