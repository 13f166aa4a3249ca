use std::collections::HashMap;
#[tokio::main]
async fn main() -> Result<(), reqwest::Error> {
    let mut form = HashMap::new();
    form.insert("grant_type", "password".to_string());
    form.insert("username", std::env::var("U").unwrap());
    form.insert("password", std::env::var("P").unwrap());
    let text = reqwest::Client::new().post("https://login.salesforce.com/services/oauth2/token").form(&form).send().await?.text().await?;
    println!("{}", text.len());
    Ok(())
}
