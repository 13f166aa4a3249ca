sf_client_id     = "{CONSUMER_KEY}"
sf_client_secret = "{CONSUMER_SECRET}"
