my ($sid) = $answer->{frontdoor_uri} =~ /[?&]sid=([^&]+)/;
