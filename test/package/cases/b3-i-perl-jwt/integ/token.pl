use strict;
use warnings;
use LWP::UserAgent;

my $answer = LWP::UserAgent->new->post('https://login.salesforce.com/services/oauth2/token', {
    grant_type => 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion  => $assertion,
});
