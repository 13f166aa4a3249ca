require 'oauth2'

client = OAuth2::Client.new(ENV['SF_ID'], ENV['SF_SECRET'], site: 'https://login.salesforce.com', token_url: '/services/oauth2/token')
token = client.password.get_token(ENV['SF_USER'], ENV['SF_PW'])
