defmodule A.MixProject do
  use Mix.Project
  defp deps, do: [{:ueberauth_salesforce, "~> 0.1"}]
end
