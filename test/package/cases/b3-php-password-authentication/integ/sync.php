<?php
use bjsmasth\Salesforce\Authentication\PasswordAuthentication;

$salesforce = new PasswordAuthentication([
    'grant_type' => getenv('SF_GRANT'),
    'client_id' => getenv('SF_ID'),
    'client_secret' => getenv('SF_SECRET'),
    'username' => getenv('SF_USER'),
    'password' => getenv('SF_PW'),
]);
$salesforce->authenticate();
