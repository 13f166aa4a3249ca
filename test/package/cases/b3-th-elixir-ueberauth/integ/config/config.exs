import Config
config :ueberauth, Ueberauth, providers: [salesforce: {Ueberauth.Strategy.Salesforce, []}]
