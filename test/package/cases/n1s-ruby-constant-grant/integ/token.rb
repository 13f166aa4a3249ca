module Flow
  GRANT = 'password'
end

HTTParty.post('https://login.salesforce.com/services/oauth2/token', body: { grant_type: Flow::GRANT, username: ENV['U'], password: ENV['P'] })
