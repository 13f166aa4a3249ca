function getService_() {
  return OAuth2.createService('salesforce')
    .setAuthorizationBaseUrl('https://login.salesforce.com/services/oauth2/authorize')
    .setTokenUrl('https://login.salesforce.com/services/oauth2/token')
    .setClientId(PropertiesService.getScriptProperties().getProperty('SF_CLIENT_ID'))
    .setClientSecret(PropertiesService.getScriptProperties().getProperty('SF_CLIENT_SECRET'))
    .setCallbackFunction('authCallback')
    .generateCodeVerifier()
    .setScope('api refresh_token')
    .setPropertyStore(PropertiesService.getUserProperties());
}
