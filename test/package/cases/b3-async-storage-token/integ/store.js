import AsyncStorage from '@react-native-async-storage/async-storage';
import { token } from './sf.mjs';

export async function finish(code, verifier) {
  const answer = await token(code, verifier);
  await AsyncStorage.setItem('@acme/refresh', answer.refresh_token);
}
