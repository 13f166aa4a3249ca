require 'cgi'
require 'uri'

def session_of(answer)
  CGI.parse(URI(answer['frontdoor_uri']).query)['sid'].first
end
