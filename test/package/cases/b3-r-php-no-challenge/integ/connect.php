<?php
$query = http_build_query(['response_type' => 'code', 'client_id' => getenv('SF_ID'), 'redirect_uri' => 'https://app.acme.example/cb', 'scope' => 'api refresh_token']);
header('Location: https://login.salesforce.com/services/oauth2/authorize?' . $query);
