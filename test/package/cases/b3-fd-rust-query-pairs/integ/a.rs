fn sid(frontdoor_uri: &str) -> Option<String> {
    let url = url::Url::parse(frontdoor_uri).ok()?;
    url.query_pairs().find(|(key, _)| key == "sid").map(|(_, value)| value.into_owned())
}
