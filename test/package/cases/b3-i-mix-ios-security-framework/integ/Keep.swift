import Foundation
import Security

func exchange(code: String, verifier: String, id: String) async throws -> TokenAnswer {
    var request = URLRequest(url: URL(string: "https://login.salesforce.com/services/oauth2/token")!)
    request.httpMethod = "POST"
    request.httpBody = "grant_type=authorization_code&code=\(code)&code_verifier=\(verifier)&client_id=\(id)".data(using: .utf8)
    let (data, _) = try await URLSession.shared.data(for: request)
    return try JSONDecoder().decode(TokenAnswer.self, from: data)
}

func keep(_ answer: TokenAnswer) {
    let item: [String: Any] = [kSecClass as String: kSecClassGenericPassword, kSecAttrAccount as String: "salesforce", kSecValueData as String: Data(answer.refreshToken.utf8)]
    SecItemAdd(item as CFDictionary, nil)
}
