import open from 'open';

export async function openRecord(instanceUrl, accessToken, recordId) {
  const answer = await fetch(`${instanceUrl}/services/oauth2/singleaccess?redirect_uri=/lightning/r/${recordId}/view`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  const { frontdoor_uri: uri } = await answer.json();
  await open(uri);
}
