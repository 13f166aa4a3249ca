<?php
use Stevenmaguire\OAuth2\Client\Provider\Salesforce;

$provider = new Salesforce(['clientId' => getenv('I'), 'clientSecret' => getenv('S')]);
$token = $provider->getAccessToken('refresh_token', ['refresh_token' => $row['refresh']]);
save_access($row['id'], $token->getToken());
