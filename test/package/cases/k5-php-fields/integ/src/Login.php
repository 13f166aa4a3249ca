<?php
class Login {
    public function open(string $base, string $user, string $word) {
        $ch = curl_init($base . '/services/oauth2/token');
        curl_setopt_array($ch, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => http_build_query(['grant_type' => 'password', 'username' => $user, 'password' => $word]),
        ]);
        return curl_exec($ch);
    }
}
