fn url(id: &str) -> String {
    format!("https://login.salesforce.com/services/oauth2/authorize?response_type=code&client_id={id}&redirect_uri=acme://cb")
}
