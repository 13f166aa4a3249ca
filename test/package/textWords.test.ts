import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { sessionMergeField, sessionTemplate } from '../../src/salesforce/sessionIds.js';
import { secretUse } from '../../src/salesforce/secretNames.js';
import { inRoot } from '../../scripts/tools/paths.js';
import { constantsIn } from '../../src/package/oauthFlows/constants.js';
import { flowOfParameter } from '../../src/package/oauthFlows/libraryCalls.js';
import { NECESSARY_WORDS, TextWords, type Look } from '../../src/package/parsing/textWords.js';
import { findSecrets } from '../../src/package/secrets/findSecrets.js';
import { needsOneOf } from '../support/necessaryWords.js';
import { readRegexes } from '../support/regexLiterals.js';

/** Patterns by the file that they are in and how they begin. */
type Patterns = ReadonlyArray<RegExp | readonly [file: string, beginning: string]>;

const PATTERNS: Readonly<Record<Exclude<Look, 'secretName' | 'address'>, Patterns>> = {
  addressName: [['oauthFlows/constants.ts', 'url|uri']],
  grant: [],
  auraAttribute: [['secrets/hardCodedCredentials.ts', '<aura:attribute']],
  textBlock: [['secrets/hardCodedCredentials.ts', '(?<![\\w$-])([\\w$-]{3,60})(?:\\s{0,4}:']],
  scheme: [['secrets/hardCodedCredentials.ts', '\\b(?:Bearer']],
  basic: [['secrets/literalKeys.ts', '\\bBasic (']],
  bytes: [['secrets/literalKeys.ts', '\\b(?:Blob']],
  behindUser: [['secrets/literalKeys.ts', '\\b(?:valueOf']],
  namedTag: [['secrets/literalKeys.ts', '<(?:[a-z]{1,20}:)?']],
  accessToken: [['secrets/findSecrets.ts', '\\b(00D']],
  refreshToken: [['secrets/findSecrets.ts', '\\b(5Aep']],
  authUrl: [['secrets/findSecrets.ts', 'force:']],
  consumerSecret: [['secrets/findSecrets.ts', '(?:consumer']],
  privateKey: [['secrets/privateKeys.ts', '-----BEGIN']],
  bareKey: [['secrets/privateKeys.ts', '(?<![A-Za-z\\d+/])(?:MII']],
  encodedKey: [['secrets/privateKeys.ts', 'LS0t']],
  providerKey: [
    ['secrets/providerKeys.ts', '_live_'],
    ...['\\b((?:sk', '\\b(whsec', '\\b(AIza', '\\b(GOCSPX', '\\b(ya29', '\\bAccountKey', '\\bSharedAccessKey'].map(
      (beginning) => ['secrets/providerKeys.ts', beginning] as const
    ),
    ...['(?<![\\w~.-])([\\w~', '\\bsv=', '\\b((?:FwoG', '\\b(key-', '\\b(sq0', '\\b(\\d{8'].map(
      (beginning) => ['secrets/providerKeys.ts', beginning] as const
    ),
  ],
  webToken: [['secrets/providerKeys.ts', '(?<![\\w-])(eyJ']],
  webKey: [['secrets/providerKeys.ts', '\\bkty\\b']],
  presetBeginning: [['secrets/secretlint.ts', '[_.-]']],
  presetName: [['secrets/secretlint.ts', 'mongodb']],
  presetAws: [['secrets/secretlint.ts', 'aws']],
  presetDatabricks: [['secrets/secretlint.ts', '\\bdapi']],
  secretElement: [],
  secretSink: [
    ['secrets/apexLiterals.ts', '\\bCrypto'],
    ['secrets/apexLiterals.ts', '(?:\\bput'],
  ],
  isTest: [['parsing/stripComments.ts', '@istest']],
  sessionInApex: [['collectors/sessionIds.ts', '\\bgetSessionId'], sessionTemplate],
  sessionField: [sessionMergeField],
  sessionInXml: [['collectors/sessionIds.ts', 'includeSessionId'], sessionMergeField],
  sessionInScript: [
    ...['\\bsforce\\b', '\\bsforce\\.', '__sfdcSessionId\\b', 'cookie'].map(
      (beginning) => ['sessions/javascript/sources.ts', beginning] as const
    ),
    ['sessions/javascript/sources.ts', '\\bservices'],
    sessionMergeField,
  ],
  assignTo: [['collectors/sessionIds.ts', '\\bassignTo\\b']],
  controller: [['collectors/sessionIds.ts', '\\bcontroller\\s*=']],
  controllers: [['collectors/sessionIds.ts', '\\b(?:controller|extensions)']],
  frontdoor: [['collectors/frontdoorUses.ts', 'frontdoor']],
  canvas: [
    ['collectors/canvasUses.ts', 'canvas'],
    ['collectors/canvasUses.ts', '\\b(?:force'],
  ],
  login: [['oauthFlows/libraryCalls.ts', 'grant[-_]?type']],
  apexLogin: [['oauthFlows/apexLogins.ts', 'grant[-_]?type|']],
  flowInMetadata: [
    ['oauthFlows/metadataUses.ts', '(?:response|grant)[-_]?type'],
    ['oauthFlows/metadataUses.ts', 'services(?:\\/|%2F)oauth2(?:\\/|%2F)(?:authorize|token)|'],
  ],
  webAddress: [['oauthFlows/loginUrlsInCustomMetadata.ts', 'https?:\\/\\/']],
  loginConstant: [['oauthFlows/constants.ts', '["\'`](?:password']],
  tokenRequest: [['collectors/tokenRequests.ts', 'refresh_?token']],
  token: [['collectors/tokenRequests.ts', 'token']],
};

/** Every rule looks into every text, and at all of it. */
class AllWords extends TextWords {
  // eslint-disable-next-line class-methods-use-this -- in place of what was found
  public override has(): boolean {
    return true;
  }
  // eslint-disable-next-line class-methods-use-this -- in place of what was found
  public override hasAny(): boolean {
    return true;
  }
  // eslint-disable-next-line class-methods-use-this -- in place of what was found
  public override ends(): undefined {
    return undefined;
  }
}

const regexes = readRegexes(inRoot('src', 'package'));

function resolved([file, beginning]: readonly [string, string]): RegExp[] {
  const ofFile = regexes.filter(({ at }) => at.startsWith(`${file}:`)).map(({ regex }) => regex);
  const same = ofFile.filter(({ source }) => source === beginning);
  return same.length > 0 ? same : ofFile.filter(({ source }) => source.startsWith(beginning));
}

/** The tests and cases of the package side contain what each rule finds, and many near misses. */
function samples(): Array<{ path: string; text: string }> {
  return readdirSync(inRoot('test', 'package'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ path: name, text: readFileSync(join(parentPath, name), 'utf8') }));
}

describe('the words of a text', () => {
  for (const [look, patterns] of Object.entries(PATTERNS) as ReadonlyArray<readonly [Look, Patterns]>) {
    for (const pattern of patterns) {
      const found = pattern instanceof RegExp ? [pattern] : resolved(pattern);
      it(`has one for ${look} wherever ${String(pattern)} matches`, () => {
        expect(found).to.not.have.length(0);
        for (const one of found) expect(needsOneOf(one, NECESSARY_WORDS[look]), one.source).to.equal(true);
      });
    }
  }

  it('has one in each name of a secret', () => {
    const piece = fc.constantFrom(
      ...['pass', 'word', 'Password', 'PWD', 'phrase', 'code', 'Token', 'key', 'Key', 'api', 'secret', 'creds', 'jwt'],
      ...['access', '_', '__c', 'value', '2', 'client', 'named']
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const name = pieces.join('');
        fc.pre(secretUse(name) !== undefined);
        expect(
          NECESSARY_WORDS.secretName.some((word) => name.toLowerCase().includes(word)),
          name
        ).to.equal(true);
      }),
      { numRuns: 3000, seed: 1 }
    );
  });

  it('has one in each literal that names a flow', () => {
    const grants = [...flowOfParameter.keys()].map((parameter) => parameter.replace(/^.*?=/, ''));
    for (const value of [...grants, 'refresh_token', 'hybrid_refresh', 'hybrid_auth_code']) {
      expect(
        NECESSARY_WORDS.grant.some((word) => `"${value}"`.includes(word)),
        value
      ).to.equal(true);
    }
  });

  it('changes no secret and no constant that is found in the tests and cases of this domain', async () => {
    for (const { path, text } of samples()) {
      // eslint-disable-next-line no-await-in-loop -- one text after the other
      const [found, all] = await Promise.all([
        findSecrets(path, text, 'acme'),
        findSecrets(path, text, 'acme', [], new AllWords(text)),
      ]);
      expect(found, path).to.deep.equal(all);
      expect(constantsIn(text, new TextWords(text)), path).to.deep.equal(constantsIn(text, new AllWords(text)));
    }
  }).timeout(120_000);

  it('stays bounded in a text that is nothing but words', () => {
    const text = 'key '.repeat(100_000);
    expect(new TextWords(text).ends('secretName')).to.equal(undefined);
    expect(new TextWords(text).has('secretName')).to.equal(true);
  });
});

describe('the proof that a pattern needs a word', () => {
  for (const [pattern, words] of [
    [/grant[-_]?type/, ['granttype', 'grant-type', 'grant_type']],
    [/'(?:[\w-]{0,40}authorization|x-[\w-]{0,9}(?:key|token))'/, ["authorization'", "key'", "token'"]],
    [/[_.](?<=\b(?:npm|hf)_)/, ['npm_', 'hf_']],
    [/a(?:bc)?d/i, ['abcd', 'ad']],
    [/\bSforce/, ['^sforce']],
  ] as const) {
    it(`is true for ${pattern.source}`, () => expect(needsOneOf(pattern, words)).to.equal(true));
  }

  for (const [why, pattern, words] of [
    ['another way has none', /abc|d/, ['abc']],
    ['the word is optional', /x(?:abc)?/, ['abc']],
    ['a form is missing', /grant[-_]?type/, ['granttype', 'grant_type']],
    ['a blank may divide it', /a\s?b/, ['ab']],
    ['any letter may be in it', /a\wc/, ['abc']],
    ['it must not follow', /a(?!bc)/, ['abc']],
    ['it may go on in a word', /Sforce/, ['^sforce']],
  ] as const) {
    it(`fails where ${why}: ${pattern.source}`, () => expect(needsOneOf(pattern, words)).to.equal(false));
  }
});
