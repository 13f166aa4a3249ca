class Crm
  def client(account)
    Restforce.new(
      oauth_token: account.token, refresh_token: account.refresh, instance_url: account.host,
      client_id: ENV.fetch('SF_ID'), client_secret: ENV.fetch('SF_SECRET'),
      authentication_callback: proc { |answer|
        Rails.logger.info("salesforce answered #{answer.inspect}")
        account.update!(token: answer['access_token'])
      }
    )
  end
end
