require 'restforce'

module Sync
  def self.client
    Restforce.new(username: ENV['SF_USER'], password: ENV['SF_WORD'], security_token: ENV['SF_TOKEN'],
                  client_id: ENV['SF_ID'], client_secret: ENV['SF_KEY'])
  end
end
