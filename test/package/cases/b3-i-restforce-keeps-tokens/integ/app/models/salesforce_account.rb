class SalesforceAccount < ApplicationRecord
  encrypts :access_token, :refresh_token

  def client
    Restforce.new(
      oauth_token: access_token,
      refresh_token: refresh_token,
      instance_url: instance_url,
      client_id: ENV.fetch('SF_CLIENT_ID'),
      client_secret: ENV.fetch('SF_CLIENT_SECRET'),
      authentication_callback: ->(answer) { keep(answer) }
    )
  end

  def keep(answer)
    with_lock do
      update!(access_token: answer['access_token'], refresh_token: answer['refresh_token'] || refresh_token)
    end
  end
end
