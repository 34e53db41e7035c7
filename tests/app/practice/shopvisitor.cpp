#include "tests/app/practice/shopvisitor.h"

#include <QElapsedTimer>

namespace cockpit::lab {

Visitor::Visitor(const PageMaker &pages, QByteArray host) : m_host(std::move(host))
{
    auto server = WebServer::startPlain(pages, {});
    if (!server)
        return;
    m_server = std::move(*server);
    const SocketAddress address = m_server->address();
    m_client = std::make_unique<httplib::Client>(address.ip.toStdString(), address.port);
    m_client->set_keep_alive(true);
    m_client->set_tcp_nodelay(true); // else a body waits 40 ms for the acknowledgement of its head, now and then
    m_client->set_url_encode(false); // the path is sent as it stands
    m_client->set_read_timeout(20);
}

Heard Visitor::ask(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                   const QByteArray &contentType, Fields fields)
{
    httplib::Request request;
    request.method = method.toStdString();
    request.path = target.toStdString();
    request.body = body.toStdString();
    request.headers.emplace("Host", m_host.toStdString());
    if (!contentType.isEmpty())
        request.headers.emplace("Content-Type", contentType.toStdString());
    for (const auto &[name, value] : fields)
        request.headers.emplace(name.toStdString(), value.toStdString());
    QElapsedTimer timer;
    timer.start();
    const auto answer = m_client->send(request);
    Heard heard;
    heard.seconds = double(timer.nsecsElapsed()) / 1e9;
    if (!answer)
        return heard;
    heard.status = answer->status;
    heard.body = QByteArray::fromStdString(answer->body);
    heard.contentType = QByteArray::fromStdString(answer->get_header_value("Content-Type"));
    heard.header = [headers = answer->headers](const char *name) {
        const auto found = headers.find(name);
        return found == headers.end() ? QByteArray() : QByteArray::fromStdString(found->second);
    };
    return heard;
}

Heard Visitor::get(const QByteArray &target, const QByteArray &token, Fields fields)
{
    if (!token.isEmpty())
        fields.emplace_back("Authorization", "Bearer " + token);
    return ask("GET", target, {}, {}, std::move(fields));
}

Heard Visitor::send(const QByteArray &method, const QByteArray &target, const QJsonObject &body,
                    const QByteArray &token, Fields fields)
{
    if (!token.isEmpty())
        fields.emplace_back("Authorization", "Bearer " + token);
    return ask(method, target, QJsonDocument(body).toJson(QJsonDocument::Compact), "application/json",
               std::move(fields));
}

Heard Visitor::form(const QByteArray &target, const std::vector<std::pair<QByteArray, QByteArray>> &values,
                    const QByteArray &cookie, Fields fields)
{
    QByteArray body;
    for (const auto &[name, value] : values)
        body += (body.isEmpty() ? "" : "&") + name + '=' + value.toPercentEncoding();
    if (!cookie.isEmpty())
        fields.emplace_back("Cookie", cookie);
    return ask("POST", target, body, "application/x-www-form-urlencoded", std::move(fields));
}

} // namespace cockpit::lab
