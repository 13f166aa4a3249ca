function getService_() {
  var props = PropertiesService.getScriptProperties();
  return OAuth2.createService('salesforce')
    .setTokenUrl('https://login.salesforce.com/services/oauth2/token')
    .setClientId(props.getProperty('SF_CLIENT_ID'))
    .setClientSecret(props.getProperty('SF_CLIENT_SECRET'))
    .setGrantType('password')
    .setParam('username', props.getProperty('SF_USER'))
    .setParam('password', props.getProperty('SF_PASSWORD'))
    .setPropertyStore(props);
}
