import { expect } from 'chai';
import { secretsIn } from '../../src/submission/index.js';
import { canary } from '../support/secrets.js';

describe('secrets in what a document would quote', () => {
  const secrets = Object.entries(canary).filter(([name]) => name !== 'publicKey');
  for (const [name, value] of secrets) {
    it(`finds ${name} in an answer, alone and in a sentence, and says only where`, async () => {
      const found = await secretsIn(
        { submission: { apps: [{ app: 'Acme', purpose: value, data: `The vault holds ${value} for the service.` }] } },
        ''
      );
      expect(found.map(({ path }) => path)).to.deep.equal([
        'submission.apps.Acme.purpose',
        'submission.apps.Acme.data',
      ]);
      expect(JSON.stringify(found)).not.to.contain(value.split('\n')[1] ?? value);
    });
  }

  it('finds a session id, and what hides behind the id of an org', async () => {
    for (const text of ['00DHs0000000Xyz!AQ4AQFh.8fKd02jsLq7T', '00DHs0000000Xyz:aZ3kQ9xW7rT2pL5v']) {
      // eslint-disable-next-line no-await-in-loop
      expect(await secretsIn({ answer: text }, ''), text).to.have.length(1);
    }
  });

  it('names the target and the control of a report', async () => {
    const results = [{ name: 'org/contact-current', reason: `Held ${canary.token}.` }];
    const [found] = await secretsIn({ targets: [{ name: 'acme-hub', results }] }, '');
    expect(found?.path).to.equal('targets.acme-hub.results.org/contact-current.reason');
  });

  it('says by which keys and indexes its place is reached', async () => {
    const [found] = await secretsIn({ submission: { apps: [{}, { app: 'Acme', purpose: canary.token }] } }, '');
    expect(found?.steps).to.deep.equal(['submission', 'apps', 1, 'purpose']);
  });

  it('finds one in the query of a URL, and names file and line', async () => {
    const callback = { value: `https://acme.example/cb?token=${canary.token}`, file: 'a.xml', line: 9 };
    const [found] = await secretsIn({ apps: [{ callbacks: [callback] }] }, '');
    expect(found).to.deep.include({ file: 'a.xml', line: 9 });
  });

  it('finds a client secret where a client key belongs, and takes the key for none', async () => {
    const key = `3MVG9${'kX7.qP2_'.repeat(10)}`;
    expect(await secretsIn({ clientKeys: [{ app: 'Acme', key }] }, '')).to.deep.equal([]);
    for (const wrong of [canary.consumerSecret, '4837261950483726195']) {
      // eslint-disable-next-line no-await-in-loop
      expect(await secretsIn({ clientKeys: [{ app: 'Acme', key: wrong }] }, '')).to.have.length(1);
    }
  });

  for (const text of [
    'AES-256-GCM with TLS 1.2, ISO 27001:2022 and SOC2-Type2',
    'AWS Secrets Manager, eu-central-1, account 123456789012',
    'https://docs.acme.example/ledger/2026/certificates#step-2',
    'force-app/main/default/classes/Gateway2Service.cls',
    's3-us-west-2.amazonaws.com',
    '04tRo000000hFrpIAE',
    'review-user2@acme.example',
    '2026-11-23T10:00:00.000Z',
    'The client secret is rotated by rotateSecretsNightly2.',
    'CustomMetadataType:Consumer_Credential2__mdt',
    'ExternalClientApp:00DHs0000000Xyz:Data_Exporter_Sync is not listed as trusted.',
    '00DHs0000000XyzMAE:Data_Exporter_Sync',
  ]) {
    it(`takes for none: ${text}`, async () => expect(await secretsIn({ answer: text }, '')).to.deep.equal([]));
  }
});
