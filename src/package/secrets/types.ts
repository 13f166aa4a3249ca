/** A secret in clear. It never leaves the modules that look for some. */
export type SecretHit = { kind: string; value: string; index: number };
