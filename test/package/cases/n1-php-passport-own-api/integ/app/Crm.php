<?php
namespace App;
use Illuminate\Support\Facades\Http;
final class Crm
{
    public function token(): array
    {
        return Http::asForm()->post(config('crm.host') . '/services/oauth2/token', ['grant_type' => 'client_credentials', 'client_id' => config('crm.id'), 'client_secret' => config('crm.secret')])->json();
    }
}
