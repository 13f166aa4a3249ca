export const GRANTS = Object.freeze({ ropc: 'password', cc: 'client_credentials' });
