import Foundation

func sid(_ answer: SingleAccess) -> String? {
    URLComponents(string: answer.frontdoorUri)?.queryItems?.first { $0.name == "sid" }?.value
}
