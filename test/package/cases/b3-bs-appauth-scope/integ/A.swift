import AppAuth

let request = OIDAuthorizationRequest(configuration: OIDServiceConfiguration(authorizationEndpoint: URL(string: "https://login.salesforce.com/services/oauth2/authorize")!, tokenEndpoint: URL(string: "https://login.salesforce.com/services/oauth2/token")!), clientId: id, scopes: ["web", "refresh_token"], redirectURL: url, responseType: OIDResponseTypeCode, additionalParameters: nil)
