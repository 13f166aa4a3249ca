<?php
namespace App;
use Illuminate\Support\Facades\Http;
final class Own
{
    public function token(string $user, string $pass): array
    {
        return Http::asForm()->post('https://api.acme.example/oauth/token', ['grant_type' => 'password', 'client_id' => config('own.id'), 'username' => $user, 'password' => $pass, 'scope' => ''])->json();
    }
}
