require 'oauth2'

CLIENT = OAuth2::Client.new(ENV['I'], ENV['S'], site: 'https://login.salesforce.com', token_url: '/services/oauth2/token')

def old
  CLIENT.password.get_token(ENV['U'], ENV['P'])
end

def now
  CLIENT.client_credentials.get_token
end

def raw
  post('https://login.salesforce.com/services/oauth2/token', grant_type: 'client_credentials')
end
