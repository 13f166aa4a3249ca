import { createHash, generateKeyPairSync } from 'node:crypto';

/** Secrets that open nothing, made when the tests run: none of them stands in a file of this repository. */
const digits = (seed: string): string => createHash('sha512').update(`canary ${seed}`).digest('hex');
const letters = (seed: string): string =>
  createHash('sha512').update(`canary ${seed}`).digest('base64').replace(/\W/g, '');

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');
const pem = (type: 'pkcs1' | 'pkcs8'): string => rsa.privateKey.export({ type, format: 'pem' }).toString();
const bare = (text: string): string => text.replace(/-----.*-----|\s/g, '');

export const canary = {
  pkcs1: pem('pkcs1'),
  pkcs8: pem('pkcs8'),
  sec1: ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
  ed25519: edwards.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  encrypted: rsa.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' })
    .toString(),
  barePkcs1: bare(pem('pkcs1')),
  barePkcs8: bare(pem('pkcs8')),
  bareSec1: bare(ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString()),
  bareEd25519: bare(edwards.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  encoded: Buffer.from(pem('pkcs8')).toString('base64'),
  publicKey: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  accessToken: `00D5g000004abcd!AQ${letters('access')}`,
  refreshToken: `5Aep861${letters('refresh')}`,
  consumerSecret: digits('consumer').slice(0, 64).toUpperCase(),
  apiKey: digits('api').slice(0, 32),
  token: letters('token').slice(0, 40),
  password: 'Kq7!vn2#Wz',
  github: `ghp_${letters('github').slice(0, 36)}`,
};

/** Of an app; not a secret, and looks like one. */
export const consumerKey = `3MVG9${letters('consumer key').slice(0, 80)}`;

export const canaries: readonly string[] = Object.entries(canary).flatMap(([name, value]) =>
  name === 'publicKey' ? [] : value.split('\n').filter((line) => line.length >= 8 && !line.startsWith('-----'))
);
