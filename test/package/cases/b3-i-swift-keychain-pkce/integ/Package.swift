// swift-tools-version:5.9
import PackageDescription
let package = Package(name: "Acme", dependencies: [.package(url: "https://github.com/kishikawakatsumi/KeychainAccess", from: "4.2.2")])
