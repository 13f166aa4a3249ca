import { refresh } from './tokens.js';

/** Calls the REST API of the tenant's org; an access token that expired is refreshed once. */
export async function query(connection, soql) {
  const url = `${connection.instanceUrl}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`;
  const call = (token) => fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  let response = await call(connection.accessToken);
  if (response.status === 401) response = await call(await refresh(connection.tenant));
  if (!response.ok) throw new Error(`The query failed with status ${response.status}`);
  return response.json();
}
