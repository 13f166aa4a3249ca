<?php
final class T {
  private $grant = 'refresh_token';
  public function run($http, $host, $store) {
    $a = $http->post($host . '/services/oauth2/token', ['form_params' => ['grant_type' => $this->grant, 'refresh_token' => $store->token()]]);
    $store->save(json_decode($a->getBody(), true)['refresh_token']);
  }
}
