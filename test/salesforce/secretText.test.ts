import { expect } from 'chai';
import { maskedIn, maskFreeText, maskSecrets, maskTokens } from '../../src/salesforce/secretText.js';
import { canary } from '../support/secrets.js';

const { accessToken, refreshToken, consumerSecret, apiKey, token, password, github, pkcs8 } = canary;

describe('secrets in a text', () => {
  const gone: ReadonlyArray<[name: string, text: string, secret: string]> = [
    ['a session id', `Login with ${accessToken}.`, accessToken],
    ['a refresh token', `Token ${refreshToken} added`, refreshToken],
    ['a password next to its name', `password=${password}`, password],
    ['a password in a sentence about it', `Changed the password to ${password}`, password],
    ['a consumer secret', `Changed consumer secret from (${consumerSecret})`, consumerSecret],
    ['a key', `API key "${apiKey}", was set`, apiKey],
    ['a token as the name of an app', token, token],
    ['a token of another system', `Sync ${github}`, github],
    ['a bare key in which a word stands by chance', `of MIICXgIBAAKB${'gQDXpTYZ'.repeat(6)}test`, 'gQDXpTYZ'],
    ['a private key', `Uploaded ${pkcs8}`, pkcs8.split('\n')[1] ?? ''],
  ];
  for (const [name, text, secret] of gone) {
    it(`masks ${name}`, () => {
      expect(maskFreeText(text))
        .to.match(/\[(?:secret|token)\]/)
        .and.not.to.contain(secret);
    });
  }

  const kept = [
    'Changed profile System Administrator: enabled Modify All Data',
    'For user ada.admin-2@m8k2x9q1.acme.example, the User Verified Email status changed to verified',
    'Installed connected app Legacy Sync 2.0 (0H4Hs0000000Q0xKAE) in org 00DHs000000GmaAMAS',
    'Changed Password Policies: Maximum invalid login attempts from 10 to 5',
    'Requested a password reset for bob.baker1@acme.example',
    'Salesforce for iOS/16.3.1',
    '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
    '192.0.2.44',
    'PermSetEnableUserPerm',
  ];
  for (const text of kept) it(`leaves "${text}"`, () => expect(maskFreeText(text)).to.equal(text));

  it('masks by shape only where a text is no free one', () => {
    expect(maskSecrets(`ada@acme.example ${accessToken}`)).to.equal('ada@acme.example [token]');
    expect(maskSecrets(token)).to.equal(token);
  });

  describe('in a name', () => {
    for (const [name, secret] of Object.entries({ accessToken, refreshToken, pkcs8 })) {
      it(`masks ${name}, and leaves the rest of the name`, () => {
        const [first = '', second = ''] = [maskTokens(`Sync ${secret}`), maskTokens(secret)];
        expect(first).to.match(/^Sync \[(?:token|secret)\]\s*$/);
        expect(second.trim()).to.match(/^\[(?:token|secret)\]$/);
      });
    }

    for (const text of [
      'JWT Bearer Flow',
      'Password: reset',
      'sid=42',
      'c8fa1d2b3e4f5a6978b0c1d2e3f4a5b6c7d8e9f0',
      '00DHs000000GmaAMAS',
      '-----BEGIN CERTIFICATE-----',
    ]) {
      it(`leaves "${text}"`, () => expect(maskTokens(text)).to.equal(text));
    }
  });

  it('are masked everywhere in plain data, and nothing else changes', () => {
    const data = { [`key ${accessToken}`]: [1, true, null, { name: refreshToken, other: 'Sync' }] };
    expect(maskedIn(data)).to.deep.equal({ 'key [token]': [1, true, null, { name: '[token]', other: 'Sync' }] });
  });

  it('masks who logs in by a URL, and values of query keys that are named like secrets, also in names', () => {
    for (const [text, masked] of [
      ['https://ada:p4ss@acme.example/cb', 'https://[secret]@acme.example/cb'],
      ['https://ada:p@ss@acme.example/cb', 'https://[secret]@acme.example/cb'],
      ['https://acme.example/cb?client_secret=abc&x=1', 'https://acme.example/cb?client_secret=[secret]&x=1'],
      ['acme://cb?x=1&apiKey=k#access_token=t', 'acme://cb?x=1&apiKey=[secret]#access_token=[secret]'],
    ] as const) {
      expect([maskTokens(text), maskFreeText(text)]).to.deep.equal([masked, masked]);
    }
  });

  it('trap: an address without a secret stays', () => {
    for (const text of [
      'https://acme.example/cb?state=1&tokenCount=2',
      'ada@acme.example',
      'https://x.example/?token={!t}',
    ])
      expect(maskTokens(text)).to.equal(text);
  });

  it('masks a consumer secret of digits where a sentence is about secrets', () => {
    expect(maskFreeText('Changed consumer secret to 1234567890123456789')).not.to.contain('1234567890123456789');
  });
});
