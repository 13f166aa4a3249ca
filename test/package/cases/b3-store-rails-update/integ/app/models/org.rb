class Org < ApplicationRecord
  def connect(code)
    answer = Faraday.post('https://login.salesforce.com/services/oauth2/token', grant_type: 'authorization_code', code: code)
    tokens = JSON.parse(answer.body)
    update!(access_token: tokens['access_token'], refresh_token: tokens['refresh_token'])
  end
end
