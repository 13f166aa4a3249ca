require 'restforce'
require 'yaml'

client = Restforce.new(oauth_token: token, refresh_token: refresh, authentication_callback: lambda { |answer|
  File.write('token.yml', { access: answer['access_token'], refresh: answer['refresh_token'] }.to_yaml)
})
