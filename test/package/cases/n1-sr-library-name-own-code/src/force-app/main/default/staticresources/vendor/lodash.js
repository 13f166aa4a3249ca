import jsforce from './jsforce';
export async function go(u, p) {
  const c = new jsforce.Connection({ loginUrl: 'https://test.salesforce.com' });
  await c.login(u, p);
  return c.query('SELECT Id FROM Account');
}
