<?php

namespace Acme;

use GuzzleHttp\Client;

final class Hub
{
    private const GRANT = 'password';
    private const TOKEN = '/services/oauth2/token';

    public function __construct(private Client $http, private array $config)
    {
    }

    public function token(): string
    {
        $answer = $this->http->post($this->config['login_url'] . self::TOKEN, [
            'form_params' => [
                'grant_type' => self::GRANT,
                'client_id' => $this->config['id'],
                'client_secret' => $this->config['secret'],
                'username' => $this->config['user'],
                'password' => $this->config['pass'],
            ],
        ]);
        return json_decode((string) $answer->getBody(), true)['access_token'];
    }
}
