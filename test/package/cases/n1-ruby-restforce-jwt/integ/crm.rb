require 'restforce'

CRM = Restforce.new(
  username: ENV.fetch('SF_USER'), client_id: ENV.fetch('SF_KEY'), instance_url: ENV.fetch('SF_HOST'),
  jwt_key: File.read(ENV.fetch('SF_JWT_KEY_FILE')), api_version: '62.0'
)
CRM.query('SELECT Id FROM Account').each { |row| puts row.Id }
