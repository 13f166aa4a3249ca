import Foundation

func exchange(code: String, id: String, word: String) -> URLRequest {
    var request = URLRequest(url: URL(string: "https://login.salesforce.com/services/oauth2/token")!)
    request.httpMethod = "POST"
    request.httpBody = "grant_type=authorization_code&code=\(code)&client_id=\(id)&client_secret=\(word)".data(using: .utf8)
    return request
}
