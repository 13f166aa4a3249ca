require 'faraday'

class SalesforceSession
  HOST = 'https://login.salesforce.com'.freeze

  def open
    connection = Faraday.new(url: HOST) { |f| f.request :url_encoded }
    connection.post('/services/oauth2/token') do |request|
      request.body = {
        grant_type: 'password',
        client_id: ENV.fetch('SF_CLIENT_ID'),
        client_secret: ENV.fetch('SF_CLIENT_SECRET'),
        username: ENV.fetch('SF_USER'),
        password: ENV.fetch('SF_PASSWORD')
      }
    end
  end
end
