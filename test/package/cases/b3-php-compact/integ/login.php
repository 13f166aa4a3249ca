<?php
$grant_type = 'password';
$client_id = getenv('SF_CLIENT_ID');
$client_secret = getenv('SF_CLIENT_SECRET');
$username = getenv('SF_USER');
$password = getenv('SF_PASSWORD');

$curl = curl_init(getenv('SF_LOGIN_URL') ?: 'https://login.salesforce.com/services/oauth2/token');
curl_setopt($curl, CURLOPT_POST, true);
curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
curl_setopt($curl, CURLOPT_POSTFIELDS, http_build_query(compact('grant_type', 'client_id', 'client_secret', 'username', 'password')));
$answer = json_decode(curl_exec($curl), true);
