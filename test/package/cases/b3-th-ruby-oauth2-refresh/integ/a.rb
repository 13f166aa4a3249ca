require 'oauth2'

CLIENT = OAuth2::Client.new(ENV['I'], ENV['S'], site: 'https://login.salesforce.com', token_url: '/services/oauth2/token')

def fresh(account)
  token = OAuth2::AccessToken.new(CLIENT, account.access, refresh_token: account.refresh)
  token.refresh!.token
end
