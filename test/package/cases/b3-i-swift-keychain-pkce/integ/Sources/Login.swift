import AuthenticationServices
import CryptoKit
import KeychainAccess

final class Login {
    private let keychain = Keychain(service: "example.acme").accessibility(.whenUnlockedThisDeviceOnly)
    private let verifier = Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64URLEncoded()

    func authorizeURL(clientID: String) -> URL {
        let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64URLEncoded()
        var parts = URLComponents(string: "https://login.salesforce.com/services/oauth2/authorize")!
        parts.queryItems = [
            .init(name: "response_type", value: "code"),
            .init(name: "client_id", value: clientID),
            .init(name: "redirect_uri", value: "acme://oauth"),
            .init(name: "code_challenge", value: challenge),
            .init(name: "code_challenge_method", value: "S256"),
        ]
        return parts.url!
    }

    func remember(_ answer: TokenAnswer) throws {
        try keychain.set(answer.refreshToken, key: "refreshToken")
        try keychain.set(answer.accessToken, key: "accessToken")
    }
}
