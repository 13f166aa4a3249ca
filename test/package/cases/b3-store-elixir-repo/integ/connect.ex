defmodule Acme.Connect do
  def finish(tenant, code) do
    {:ok, %{body: body}} = Tesla.post("https://login.salesforce.com/services/oauth2/token", grant_type: "authorization_code", code: code)
    tenant |> Tenant.changeset(%{refresh_token: body["refresh_token"]}) |> Repo.update!()
  end
end
