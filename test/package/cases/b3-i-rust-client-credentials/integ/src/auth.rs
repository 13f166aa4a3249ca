use serde::Deserialize;

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

pub async fn token(host: &str) -> reqwest::Result<String> {
    let form = [
        ("grant_type", "client_credentials".to_string()),
        ("client_id", std::env::var("SF_CLIENT_ID").expect("SF_CLIENT_ID")),
        ("client_secret", std::env::var("SF_CLIENT_SECRET").expect("SF_CLIENT_SECRET")),
    ];
    let answer: Token = reqwest::Client::new()
        .post(format!("https://{host}.my.salesforce.com/services/oauth2/token"))
        .form(&form)
        .send()
        .await?
        .json()
        .await?;
    Ok(answer.access_token)
}
