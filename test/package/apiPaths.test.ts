import { expect } from 'chai';
import { requestedApi } from '../../src/package/sessions/apiPaths.js';

const rows: ReadonlyArray<readonly [path: string, api: ReturnType<typeof requestedApi>]> = [
  ['/services/data/v60.0/sobjects/Account', 'data'],
  ['/services/data/v60.0/query?q=SELECT+Id', 'data'],
  ['/services/data/', 'data'],
  ['services/data/v…/tooling/query', 'tooling'],
  ['/services/data/v60.0/TOOLING/sobjects/ApexClass', 'tooling'],
  ['/services/data/v60.0/metadata/deployRequest', 'metadata'],
  ['/services/data/v60.0/named-credentials/credential', 'named-credentials'],
  ['/services/data/v60.0/composite', 'composite'],
  ['/services/data/v60.0/composite/batch', 'composite'],
  ['/services/data/v60.0/composite/sobjects', 'data'],
  ['/services/data/v60.0/…', 'unknown'],
  ['/services/data/v60.0/too…', 'unknown'],
  ['/services/data/v60.0/sobjects…', 'data'],
  ['/services/data…', 'unknown'],
  ['/services/Soap/m/60.0', 'metadata'],
  ['/services/Soap/T/60.0', 'tooling-soap'],
  ['/services/Soap/s/60.0', 'tooling-soap'],
  ['/services/Soap/u/60.0/…', 'data'],
  ['/services/Soap/…', 'unknown'],
  ['/services/async/60.0/job', 'data'],
  ['/cometd/60.0', 'data'],
  ['/apex/page', 'unknown'],
];

describe('the API behind a path, for Apex and scripts', () => {
  for (const [path, api] of rows) {
    it(`of ${path} is ${api}`, () => {
      expect(requestedApi(path)).to.equal(api);
    });
  }
});
