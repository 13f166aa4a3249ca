import nock from 'nock';
import { token } from '../token.mjs';

it('never sends a password', async () => {
  nock('https://acme.my.salesforce.com')
    .post('/services/oauth2/token', (body) => body.grant_type !== 'password')
    .reply(200, { access_token: 'x' });
  nock('https://login.salesforce.com').post('/services/oauth2/token', { grant_type: 'password', username: 'a', password: 'b' }).reply(400);
  await token();
});
