require 'savon'

client = Savon.client(wsdl: 'https://erp.partner.example/soap?wsdl')
client.call(:login, message: { username: ENV['ERP_USER'], password: ENV['ERP_PW'] })
