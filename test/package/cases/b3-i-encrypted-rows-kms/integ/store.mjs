import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
import { pool } from './pool.mjs';

const kms = new KMSClient({});

export async function keep(tenant, refreshToken) {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: process.env.KEY_ID, Plaintext: Buffer.from(refreshToken) }));
  await pool.query('UPDATE tenants SET sf_refresh = $1 WHERE id = $2', [CiphertextBlob, tenant]);
}
