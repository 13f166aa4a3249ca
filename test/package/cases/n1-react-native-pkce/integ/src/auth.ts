import { authorize } from 'react-native-app-auth';
import * as Keychain from 'react-native-keychain';

export async function signIn(): Promise<void> {
  const tokens = await authorize({
    issuer: 'https://login.salesforce.com',
    clientId: '{CONSUMER_KEY}',
    redirectUrl: 'acme://cb',
    scopes: ['api', 'refresh_token'],
    usePKCE: true,
  });
  await Keychain.setGenericPassword('salesforce', tokens.refreshToken);
}
