use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken};

pub fn url(id: &str) -> anyhow::Result<String> {
    let client = BasicClient::new(ClientId::new(id.into()), None,
        AuthUrl::new("https://login.salesforce.com/services/oauth2/authorize".into())?, None);
    let (url, _state) = client.authorize_url(CsrfToken::new_random).use_implicit_flow().url();
    Ok(url.to_string())
}
