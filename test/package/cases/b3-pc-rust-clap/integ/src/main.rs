use clap::Parser;

const SECRET: &str = env!("SF_CLIENT_SECRET");

async fn finish(code: &str) {
    reqwest::Client::new().post("https://login.salesforce.com/services/oauth2/token")
        .form(&[("grant_type", "authorization_code"), ("code", code), ("client_secret", SECRET), ("redirect_uri", "http://localhost:1717/cb")])
        .send().await.unwrap();
}
