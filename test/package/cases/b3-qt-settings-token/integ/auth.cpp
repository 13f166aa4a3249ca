#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSettings>

static const char *kTokenUrl = "https://login.salesforce.com/services/oauth2/token";

void Auth::finished(QNetworkReply *reply) {
    const auto answer = QJsonDocument::fromJson(reply->readAll()).object();
    QSettings settings("Acme", "Sync");
    settings.setValue("salesforce/refreshToken", answer.value("refresh_token").toString());
}
