// A product on loopback that a test writes in a few lines (cpp-httplib): routes answer what they are told, hostile
// manners lie over all of them, and every request is kept for counting. Port 0; the destructor stops it. What the
// library does not do (a GET with a body, no answer at all) is for HostileServer.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace cockpit::lab {

struct WebRequest
{
    QByteArray method;
    QByteArray path;   // decoded, without the query
    QByteArray target; // as it came: path and query
    std::map<QByteArray, QByteArray> query;
    std::vector<std::pair<QByteArray, QByteArray>> headers; // as they came
    QByteArray body;
    std::chrono::steady_clock::time_point at;
    int peerPort = 0; // tells connections apart

    QByteArray header(const QByteArray &name) const; // any case; empty when absent
    bool hasHeader(const QByteArray &name) const;
    QByteArray cookie(const QByteArray &name) const; // of the Cookie header
    std::map<QByteArray, QByteArray> form() const;   // of a form-encoded body
};

struct WebAnswer
{
    int status = 200;
    QByteArray body = {};
    QByteArray type = "application/json";
    std::vector<std::pair<QByteArray, QByteArray>> headers = {};
};
WebAnswer page(const QByteArray &html); // 200, text/html
WebAnswer redirectTo(const QByteArray &where, int status = 302);

// How it misbehaves, whatever its routes say. Any of them together; those that count begin to count when they are set.
struct Manners
{
    int alwaysStatus = 0;                  // 0: as the route says; else that status, with the route's body
    QByteArray alwaysBody = {};            // with alwaysStatus: this body; empty: the route's
    QByteArray loginPath = {};             // everything but it is sent there by a redirect
    int limitAfter = -1;                   // 429 with Retry-After: 60 after so many; -1: never
    int logOutAfter = -1;                  // 401 after so many, as if the session were gone; -1: never
    bool changesIds = false;               // numbers under "id" in JSON answers differ in each answer
    std::chrono::milliseconds slowness{0}; // before each answer
    int hangUpAfter = -1;                  // the answer is cut off after its head, after so many; -1: never
};

using WebHandler = std::function<WebAnswer(const WebRequest &)>;

// Handlers run on the server's threads; those of one server never at the same time, so that a test's state needs no
// lock, except where parallel() was called.
class WebLab
{
public:
    explicit WebLab(Manners manners = {});
    ~WebLab();
    WebLab(const WebLab &) = delete;
    WebLab &operator=(const WebLab &) = delete;

    // Any method where it is empty. The path is compared as it is; one that ends with * stands for all that begin so.
    // The route that was added last wins.
    void on(const QByteArray &method, const QByteArray &path, WebHandler handler);
    void on(const QByteArray &method, const QByteArray &path, const WebAnswer &answer);
    void setManners(Manners manners);
    void parallel(); // handlers side by side: for races that the product loses

    quint16 port() const;
    QString host() const { return QStringLiteral("127.0.0.1"); }
    QUrl url(const QString &path = QStringLiteral("/")) const;

    int count() const; // requests so far
    int count(const QByteArray &path) const;
    std::vector<WebRequest> requests() const;
    int connections() const; // different ones that requests came by

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

} // namespace cockpit::lab
