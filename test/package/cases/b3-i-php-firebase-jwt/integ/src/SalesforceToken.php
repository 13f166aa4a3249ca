<?php

namespace Acme;

use Firebase\JWT\JWT;
use GuzzleHttp\Client;

final class SalesforceToken
{
    public function __construct(private Client $http, private KeyVault $vault) {}

    public function fetch(string $clientId, string $user): string
    {
        $assertion = JWT::encode(
            ['iss' => $clientId, 'sub' => $user, 'aud' => 'https://login.salesforce.com', 'exp' => time() + 120],
            $this->vault->read('salesforce-jwt-key'),
            'RS256'
        );
        $response = $this->http->post('https://login.salesforce.com/services/oauth2/token', [
            'form_params' => ['grant_type' => 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'assertion' => $assertion],
        ]);
        return json_decode((string) $response->getBody(), true)['access_token'];
    }
}
