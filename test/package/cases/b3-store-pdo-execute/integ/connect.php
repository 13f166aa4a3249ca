<?php
$curl = curl_init('https://login.salesforce.com/services/oauth2/token');
$tokens = json_decode(curl_exec($curl), true);
$statement = $pdo->prepare('UPDATE tenants SET refresh_token = ? WHERE id = ?');
$statement->execute([$tokens['refresh_token'], $tenant]);
