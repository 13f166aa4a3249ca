import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startOrg } from '../../simulator/index.js';
import type { SimulatedOrg } from '../../simulator/index.js';
import { isolatedEnvironment } from '../../simulator/connect.js';
import { broken } from '../../simulator/scenarios/broken.js';

const cli = fileURLToPath(new URL('../../node_modules/@salesforce/cli/bin/run.js', import.meta.url));

describe('simulated org: the real sf CLI', () => {
  let org: SimulatedOrg;
  let home: string;

  /** Runs sf in its own home directory and parses its JSON. */
  const sf = async (...args: string[]): Promise<{ status: number; result: Record<string, unknown> }> => {
    const child = spawn(process.execPath, ['--no-deprecation', cli, ...args, '--json'], {
      cwd: home,
      env: { ...process.env, ...isolatedEnvironment(home), SF_SKIP_NEW_VERSION_CHECK: 'true' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
    await new Promise((resolve) => child.on('close', resolve));
    return JSON.parse(told) as { status: number; result: Record<string, unknown> };
  };

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'simulator-e2e-'));
    org = await startOrg(broken());
  });
  after(async () => {
    await org.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('logs in and reads', async function () {
    this.timeout(60_000);
    const login = await sf(
      ...['org', 'login', 'jwt', '--instance-url', org.url, '--client-id', org.clientId],
      ...['--jwt-key-file', org.writeKey(home), '--username', org.username, '--alias', 'broken']
    );
    expect(login).to.have.nested.property('result.orgId', org.orgId);
    const soql = 'SELECT Username, Profile.Name FROM User WHERE IsActive = false';
    const users = await sf('data', 'query', '--target-org', 'broken', '--query', soql);
    expect(users).to.have.nested.property('result.records[0].Username', 'ina.inactive@broken.example');
    const profiles = await sf(
      'data',
      'query',
      '--target-org',
      'broken',
      '--use-tooling-api',
      '--query',
      'SELECT Name FROM Profile'
    );
    expect(profiles).to.have.nested.property('result.done', true);
    const types = await sf('org', 'list', 'metadata', '--target-org', 'broken', '--metadata-type', 'ConnectedApp');
    expect(types).to.have.nested.property('result[0].fullName', 'Legacy_Sync');
    org.assertReadOnly();
  });
});
