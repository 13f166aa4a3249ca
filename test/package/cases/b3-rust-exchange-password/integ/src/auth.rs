use oauth2::basic::BasicClient;
use oauth2::reqwest::async_http_client;
use oauth2::{AuthUrl, ClientId, ClientSecret, ResourceOwnerPassword, ResourceOwnerUsername, TokenUrl};

pub async fn token(cfg: &Config) -> anyhow::Result<String> {
    let client = BasicClient::new(
        ClientId::new(cfg.client_id.clone()),
        Some(ClientSecret::new(cfg.client_secret.clone())),
        AuthUrl::new("https://login.salesforce.com/services/oauth2/authorize".into())?,
        Some(TokenUrl::new("https://login.salesforce.com/services/oauth2/token".into())?),
    );
    let answer = client
        .exchange_password(
            &ResourceOwnerUsername::new(cfg.user.clone()),
            &ResourceOwnerPassword::new(cfg.password.clone()),
        )
        .request_async(async_http_client)
        .await?;
    Ok(answer.access_token().secret().clone())
}
