require 'savon'

client = Savon.client(wsdl: 'partner.wsdl', endpoint: 'https://login.salesforce.com/services/Soap/u/60.0')
answer = client.call(:login, message: { username: ENV['SF_USER'], password: ENV['SF_PW'] })
session_id = answer.body[:login_response][:result][:session_id]
