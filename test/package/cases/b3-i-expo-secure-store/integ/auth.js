import * as AuthSession from 'expo-auth-session';
import * as SecureStore from 'expo-secure-store';

const discovery = {
  authorizationEndpoint: 'https://login.salesforce.com/services/oauth2/authorize',
  tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token',
};

export async function login(clientId) {
  const redirectUri = AuthSession.makeRedirectUri({ scheme: 'acme' });
  const request = new AuthSession.AuthRequest({ clientId, redirectUri, scopes: ['api', 'refresh_token'], usePKCE: true, responseType: 'code' });
  const result = await request.promptAsync(discovery);
  const token = await AuthSession.exchangeCodeAsync({ clientId, redirectUri, code: result.params.code, extraParams: { code_verifier: request.codeVerifier } }, discovery);
  await SecureStore.setItemAsync('sf.refresh', token.refreshToken);
}
