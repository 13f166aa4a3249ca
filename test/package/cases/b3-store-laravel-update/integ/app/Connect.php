<?php
class Connect
{
    public function finish(Tenant $tenant, string $code): void
    {
        $tokens = Http::asForm()->post('https://login.salesforce.com/services/oauth2/token', ['grant_type' => 'authorization_code', 'code' => $code])->json();
        $tenant->update(['sf_refresh' => $tokens['refresh_token']]);
    }
}
