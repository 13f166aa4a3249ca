#!/usr/bin/perl
use strict;
use warnings;
use LWP::UserAgent;
use JSON qw(decode_json);

my $ua = LWP::UserAgent->new;
my $answer = $ua->post('https://login.salesforce.com/services/oauth2/token', {
    grant_type    => 'password',
    client_id     => $ENV{SF_ID},
    client_secret => $ENV{SF_SECRET},
    username      => $ENV{SF_USER},
    password      => $ENV{SF_PASSWORD},
});
die 'refused' unless $answer->is_success;
my $token = decode_json($answer->content)->{access_token};
