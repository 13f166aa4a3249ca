use oauth2::basic::BasicClient;

const AUTH: &str = "https://login.salesforce.com/services/oauth2/authorize";

fn old(client: &BasicClient) {
    client.authorize_url(CsrfToken::new_random).use_implicit_flow().url();
}

fn now(client: &BasicClient) {
    let form = [("grant_type", "client_credentials")];
    post("https://acme.my.salesforce.com/services/oauth2/token", &form);
}
