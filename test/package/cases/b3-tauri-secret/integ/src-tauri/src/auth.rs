pub async fn finish(code: String) -> reqwest::Result<reqwest::Response> {
    reqwest::Client::new()
        .post("https://login.salesforce.com/services/oauth2/token")
        .form(&[("grant_type", "authorization_code"), ("code", &code), ("client_secret", env!("SF_CLIENT_SECRET"))])
        .send()
        .await
}
