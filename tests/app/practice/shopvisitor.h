// Somebody who asks a practice server by plain HTTP, for the tests that show that each of its faults is one.
#pragma once

#include "app/practice/shop/cachingproxy.h"
#include "app/practice/shop/practiceaccount.h"
#include "app/practice/webserver.h"

#include <httplib.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace cockpit::lab {

using Fields = std::vector<std::pair<QByteArray, QByteArray>>;

struct Heard
{
    int status = 0; // 0: no answer
    QByteArray body;
    QByteArray contentType;
    std::function<QByteArray(const char *)> header = [](const char *) { return QByteArray(); };
    double seconds = 0;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString text(const char *name) const { return json()[QLatin1StringView(name)].toString(); }
    bool isGood() const { return status >= 200 && status < 300; }
};

class Visitor
{
public:
    Visitor(const PageMaker &pages, QByteArray host);

    Heard ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
              const QByteArray &contentType = {}, Fields fields = {});
    Heard get(const QByteArray &target, const QByteArray &token = {}, Fields fields = {});
    Heard send(const QByteArray &method, const QByteArray &target, const QJsonObject &body,
               const QByteArray &token = {}, Fields fields = {});
    Heard form(const QByteArray &target, const std::vector<std::pair<QByteArray, QByteArray>> &values,
               const QByteArray &cookie, Fields fields = {});
    bool isReady() const { return m_server != nullptr; }
    void setHost(const QByteArray &host) { m_host = host; }

private:
    QByteArray m_host;
    std::unique_ptr<WebServer> m_server;
    std::unique_ptr<httplib::Client> m_client;
};

} // namespace cockpit::lab
