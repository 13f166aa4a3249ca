async fn start(key: &str) -> reqwest::Result<String> {
    let form = [("response_type", "device_code"), ("client_id", key), ("scope", "api")];
    reqwest::Client::new()
        .post("https://login.salesforce.com/services/oauth2/token")
        .form(&form)
        .send()
        .await?
        .text()
        .await
}
