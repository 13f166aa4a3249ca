export async function exchange(code: string): Promise<Response> {
  return fetch('https://login.salesforce.com/services/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: KEY, client_secret: WORD }),
  });
}
declare const KEY: string;
declare const WORD: string;
