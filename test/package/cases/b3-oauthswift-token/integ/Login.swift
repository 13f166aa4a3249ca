import OAuthSwift

let oauth = OAuth2Swift(
    consumerKey: Settings.clientId,
    consumerSecret: "",
    authorizeUrl: "https://login.salesforce.com/services/oauth2/authorize",
    responseType: "token"
)
