<?php
return [
    'salesforce' => [
        'client_id' => env('SF_ID'),
        'client_secret' => '{CONSUMER_SECRET}',
        'redirect' => '/cb',
    ],
];
