import { tokens } from './db.mjs';
import { token } from './sf.mjs';

export async function finish(tenant, code, verifier) {
  const { access_token, refresh_token } = await token(code, verifier);
  await tokens.updateOne({ tenant }, { $set: { access_token, refresh_token } }, { upsert: true });
}
