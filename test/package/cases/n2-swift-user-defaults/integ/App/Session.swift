import Foundation
final class Session {
    func redeem(code: String, verifier: String) async throws {
        var request = URLRequest(url: URL(string: "https://login.salesforce.com/services/oauth2/token")!)
        request.httpMethod = "POST"
        request.httpBody = "grant_type=authorization_code&code=\(code)&client_id=\(Config.key)&code_verifier=\(verifier)".data(using: .utf8)
        let (data, _) = try await URLSession.shared.data(for: request)
        let tokens = try JSONDecoder().decode(Tokens.self, from: data)
        UserDefaults.standard.set(tokens.refreshToken, forKey: "sf.refresh")
    }
}
