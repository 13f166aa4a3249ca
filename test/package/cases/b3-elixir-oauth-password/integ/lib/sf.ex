defmodule Acme.Salesforce do
  def token do
    client =
      OAuth2.Client.new(
        strategy: OAuth2.Strategy.Password,
        client_id: System.fetch_env!("SF_ID"),
        client_secret: System.fetch_env!("SF_SECRET"),
        site: "https://login.salesforce.com",
        token_url: "/services/oauth2/token"
      )

    OAuth2.Client.get_token!(client, username: System.fetch_env!("SF_USER"), password: System.fetch_env!("SF_PW"))
  end
end
