<?php
require 'vendor/autoload.php';
$sf = new SforcePartnerClient();
$sf->createConnection(__DIR__ . '/partner.wsdl.xml');
$sf->login(getenv('SF_USER'), getenv('SF_PASS') . getenv('SF_TOKEN'));
