use oauth2::basic::BasicClient;

const TOKEN: &str = "https://login.salesforce.com/services/oauth2/token";

fn old(client: &BasicClient, user: &ResourceOwnerUsername, word: &ResourceOwnerPassword) {
    client.exchange_password(user, word).request(http_client);
}

fn now(client: &BasicClient) {
    client.exchange_client_credentials().request(http_client);
}
