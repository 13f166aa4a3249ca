import SalesforceProvider from 'next-auth/providers/salesforce';

export const options = { providers: [SalesforceProvider({ clientId: process.env.ID!, clientSecret: process.env.SECRET!, authorization: { params: { scope: 'full refresh_token' } } })] };
