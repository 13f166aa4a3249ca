import axios from 'axios';
import { Grant } from './grants';
export const token = (user: string, pass: string) =>
  axios.post('https://login.salesforce.com/services/oauth2/token', new URLSearchParams({ grant_type: Grant.Password, username: user, password: pass }));
