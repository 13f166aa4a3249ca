<?php
function sid(array $answer): string {
    parse_str(parse_url($answer['frontdoor_uri'], PHP_URL_QUERY), $query);
    return $query['sid'];
}
