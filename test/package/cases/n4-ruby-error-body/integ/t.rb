res = HTTParty.post('https://login.salesforce.com/services/oauth2/token', body: { grant_type: 'refresh_token', refresh_token: old })
unless res.success?
  logger.warn "refresh refused: #{res.body}"
  raise 'refused'
end
vault.write(res.parsed_response['refresh_token'])
