const URL: &str = "https://login.salesforce.com/services/oauth2/token";

async fn finish(code: &str) -> anyhow::Result<()> {
    let token: Token = client().post(URL).form(&[("grant_type", "authorization_code"), ("code", code)]).send().await?.json().await?;
    std::fs::write("token.json", serde_json::to_string(&token)?)?;
    std::fs::write("refresh.txt", token.refresh_token)?;
    Ok(())
}
