#include <QApplication>
#include <QUrlQuery>
QByteArray form(const QString &code) {
    QUrlQuery q;
    q.addQueryItem("grant_type", "authorization_code");
    q.addQueryItem("code", code);
    q.addQueryItem("client_secret", ACME_SECRET);
    return q.toString().toUtf8(); // to https://login.salesforce.com/services/oauth2/token
}
static const char *url = "https://login.salesforce.com/services/oauth2/token";
