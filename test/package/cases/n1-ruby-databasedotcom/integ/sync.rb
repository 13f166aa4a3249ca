require 'databasedotcom'

config = YAML.load_file('config/databasedotcom.yml')
hub = Databasedotcom::Client.new(config)
hub.authenticate username: config['user'], password: config['pass']
hub.query('SELECT Id FROM Account')
