defmodule A do
  @token "https://login.salesforce.com/services/oauth2/token"

  def old, do: OAuth2.Client.new(strategy: OAuth2.Strategy.Password, site: @token) |> OAuth2.Client.get_token!(username: u(), password: p())

  def now, do: HTTPoison.post(@token, {:form, [grant_type: "client_credentials", client_id: id()]})
end
