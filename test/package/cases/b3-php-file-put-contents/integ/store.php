<?php
$curl = curl_init('https://login.salesforce.com/services/oauth2/token');
$token = json_decode(curl_exec($curl), true);
file_put_contents(__DIR__ . '/token.json', json_encode(['access' => $token['access_token'], 'refresh' => $token['refresh_token']]));
