<?php
session_start();
$answer = json_decode(file_get_contents('https://login.salesforce.com/services/oauth2/token', false, $context), true);
$_SESSION['sf'] = $answer['access_token'];
header('Location: /');
