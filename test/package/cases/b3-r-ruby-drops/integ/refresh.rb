require 'net/http'

def refresh(account)
  answer = Net::HTTP.post_form(URI('https://login.salesforce.com/services/oauth2/token'),
    'grant_type' => 'refresh_token', 'refresh_token' => account.refresh_token, 'client_id' => ENV['ID'], 'client_secret' => ENV['SECRET'])
  account.update!(access_token: JSON.parse(answer.body)['access_token'])
end
