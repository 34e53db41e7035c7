#include "tests/lab/weblab.h"

#include <httplib.h>

#include <QList>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace cockpit::lab {

namespace {

// A kept connection holds a worker; races open twenty.
constexpr size_t kWorkers = 32;
// Idle connections end soon, so that stopping does not wait for them.
constexpr time_t kIdleSeconds = 1;

struct Rule
{
    QByteArray method;
    QByteArray path;
    WebHandler handler;

    bool fits(const WebRequest &request) const
    {
        if (!method.isEmpty() && method != request.method)
            return false;
        return path.endsWith('*') ? request.path.startsWith(path.chopped(1)) : path == request.path;
    }
};

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

WebRequest read(const httplib::Request &from)
{
    WebRequest request{.method = bytes(from.method),
                       .path = bytes(from.path),
                       .target = bytes(from.target),
                       .body = bytes(from.body),
                       .at = std::chrono::steady_clock::now(),
                       .peerPort = from.remote_port};
    for (const auto &[name, value] : from.params)
        request.query[bytes(name)] = bytes(value);
    for (const auto &[name, value] : from.headers) {
        // The library adds the ends of the connection as headers.
        if (!name.starts_with("REMOTE_") && !name.starts_with("LOCAL_"))
            request.headers.emplace_back(bytes(name), bytes(value));
    }
    return request;
}

// Every number under "id" moves on with each answer.
QByteArray withOtherIds(const QByteArray &body, int turn)
{
    QByteArray changed;
    qsizetype at = 0;
    const QByteArray mark = "\"id\":";
    for (qsizetype found = body.indexOf(mark); found >= 0; found = body.indexOf(mark, at)) {
        qsizetype end = found + mark.size();
        while (end < body.size() && (body[end] == ' ' || (body[end] >= '0' && body[end] <= '9')))
            ++end;
        const auto number = body.mid(found + mark.size(), end - found - mark.size()).trimmed();
        changed += body.mid(at, found + mark.size() - at);
        changed += number.isEmpty() ? QByteArray() : QByteArray::number(number.toLongLong() + 1000LL * turn);
        at = end;
    }
    return changed + body.mid(at);
}

} // namespace

QByteArray WebRequest::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool WebRequest::hasHeader(const QByteArray &name) const
{
    return std::ranges::any_of(headers,
                               [&](const auto &one) { return one.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QByteArray WebRequest::cookie(const QByteArray &name) const
{
    for (const QByteArray &part : header("Cookie").split(';')) {
        const QByteArray pair = part.trimmed();
        if (pair.startsWith(name + '='))
            return pair.sliced(name.size() + 1);
    }
    return {};
}

std::map<QByteArray, QByteArray> WebRequest::form() const
{
    std::map<QByteArray, QByteArray> fields;
    for (QByteArray part : body.split('&')) {
        part.replace('+', ' ');
        const qsizetype equals = part.indexOf('=');
        if (equals > 0)
            fields[QByteArray::fromPercentEncoding(part.first(equals))] =
                QByteArray::fromPercentEncoding(part.sliced(equals + 1));
    }
    return fields;
}

WebAnswer page(const QByteArray &html)
{
    return {.body = html, .type = "text/html"};
}

WebAnswer redirectTo(const QByteArray &where, int status)
{
    return {.status = status, .headers = {{"Location", where}}};
}

struct WebLab::Inside
{
    httplib::Server server;
    std::thread thread;
    int port = 0;
    std::atomic_bool isParallel = false;
    std::atomic_bool isEnding = false;
    mutable std::mutex mutex; // of all below
    std::mutex oneByOne;      // held by the handler that runs
    std::vector<Rule> rules;
    std::vector<WebRequest> requests;
    Manners manners;
    int countedFrom = 0; // requests before the manners were set

    void serve(const httplib::Request &from, httplib::Response &to);
    std::optional<WebAnswer> badManners(const WebRequest &request, int turn, const Manners &how) const;
    WebAnswer answer(const WebRequest &request);
    static void write(const WebAnswer &answer, httplib::Response &to);
};

std::optional<WebAnswer> WebLab::Inside::badManners(const WebRequest &request, int turn, const Manners &how) const
{
    if (how.limitAfter >= 0 && turn > how.limitAfter)
        return WebAnswer{.status = 429, .body = R"({"error":"slow down"})", .headers = {{"Retry-After", "60"}}};
    if (how.logOutAfter >= 0 && turn > how.logOutAfter)
        return WebAnswer{.status = 401, .body = R"({"error":"unauthenticated"})"};
    if (!how.loginPath.isEmpty() && request.path != how.loginPath)
        return redirectTo(how.loginPath);
    return std::nullopt;
}

WebAnswer WebLab::Inside::answer(const WebRequest &request)
{
    WebHandler handler;
    {
        const std::lock_guard lock(mutex);
        const auto rule = std::find_if(rules.rbegin(), rules.rend(), [&](const Rule &r) { return r.fits(request); });
        if (rule == rules.rend())
            return {.status = 404, .body = R"({"error":"not found"})"};
        handler = rule->handler;
    }
    if (isParallel)
        return handler(request);
    const std::lock_guard lock(oneByOne);
    return handler(request);
}

void WebLab::Inside::write(const WebAnswer &answer, httplib::Response &to)
{
    to.status = answer.status;
    for (const auto &[name, value] : answer.headers)
        to.headers.emplace(name.toStdString(), value.toStdString());
    to.set_content(answer.body.toStdString(), answer.type.toStdString());
}

void WebLab::Inside::serve(const httplib::Request &from, httplib::Response &to)
{
    const WebRequest request = read(from);
    Manners how;
    int turn = 0;
    {
        const std::lock_guard lock(mutex);
        requests.push_back(request);
        how = manners;
        turn = static_cast<int>(requests.size()) - countedFrom;
    }
    const auto until = std::chrono::steady_clock::now() + how.slowness;
    while (!isEnding && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (how.hangUpAfter >= 0 && turn > how.hangUpAfter) {
        to.set_content_provider(16, "text/plain", [](size_t, size_t, httplib::DataSink &) { return false; });
        return;
    }
    WebAnswer made = badManners(request, turn, how).value_or(WebAnswer{.status = 0});
    if (made.status == 0)
        made = answer(request);
    if (how.alwaysStatus != 0) {
        made.status = how.alwaysStatus;
        if (!how.alwaysBody.isEmpty())
            made.body = how.alwaysBody;
    }
    if (how.changesIds)
        made.body = withOtherIds(made.body, turn);
    write(made, to);
}

WebLab::WebLab(Manners manners) : m_inside(std::make_unique<Inside>())
{
    m_inside->manners = std::move(manners);
    m_inside->server.new_task_queue = [] { return new httplib::ThreadPool(kWorkers); }; // the server deletes it
    m_inside->server.set_tcp_nodelay(true); // head and body are written apart, which would wait for an acknowledgement
    m_inside->server.set_keep_alive_max_count(100000);
    m_inside->server.set_keep_alive_timeout(kIdleSeconds);
    // Before the routing, which waits for the body of a DELETE that has none.
    m_inside->server.set_pre_routing_handler([this](const httplib::Request &request, httplib::Response &response) {
        if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
            return httplib::Server::HandlerResponse::Unhandled; // the body is read first
        m_inside->serve(request, response);
        return httplib::Server::HandlerResponse::Handled;
    });
    const auto serve = [this](const httplib::Request &request, httplib::Response &response) {
        m_inside->serve(request, response);
    };
    m_inside->server.Get(".*", serve);
    m_inside->server.Post(".*", serve);
    m_inside->server.Put(".*", serve);
    m_inside->server.Patch(".*", serve);
    m_inside->server.Delete(".*", serve);
    m_inside->server.Options(".*", serve);
    m_inside->port = m_inside->server.bind_to_any_port("127.0.0.1");
    m_inside->thread = std::thread([this] { m_inside->server.listen_after_bind(); });
    while (!m_inside->server.is_running()) // or it could not be stopped
        std::this_thread::yield();
}

WebLab::~WebLab()
{
    m_inside->isEnding = true;
    m_inside->server.stop();
    m_inside->thread.join();
}

void WebLab::on(const QByteArray &method, const QByteArray &path, WebHandler handler)
{
    const std::lock_guard lock(m_inside->mutex);
    m_inside->rules.push_back({method, path, std::move(handler)});
}

void WebLab::on(const QByteArray &method, const QByteArray &path, const WebAnswer &answer)
{
    on(method, path, [answer](const WebRequest &) { return answer; });
}

void WebLab::setManners(Manners manners)
{
    const std::lock_guard lock(m_inside->mutex);
    m_inside->manners = std::move(manners);
    m_inside->countedFrom = static_cast<int>(m_inside->requests.size());
}

void WebLab::parallel()
{
    m_inside->isParallel = true;
}

quint16 WebLab::port() const
{
    return static_cast<quint16>(m_inside->port);
}

QUrl WebLab::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port()).arg(path));
}

int WebLab::count() const
{
    const std::lock_guard lock(m_inside->mutex);
    return static_cast<int>(m_inside->requests.size());
}

int WebLab::count(const QByteArray &path) const
{
    const std::lock_guard lock(m_inside->mutex);
    return static_cast<int>(std::ranges::count(m_inside->requests, path, &WebRequest::path));
}

std::vector<WebRequest> WebLab::requests() const
{
    const std::lock_guard lock(m_inside->mutex);
    return m_inside->requests;
}

int WebLab::connections() const
{
    const std::lock_guard lock(m_inside->mutex);
    std::set<int> ports;
    for (const WebRequest &request : m_inside->requests)
        ports.insert(request.peerPort);
    return static_cast<int>(ports.size());
}

} // namespace cockpit::lab
