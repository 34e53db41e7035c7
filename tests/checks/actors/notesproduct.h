// A product of notes, as the end of a test record is tried on it: in memory, asked by hand.
#pragma once

#include "checks/actors/canary.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/wire.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <map>
#include <optional>

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline const QByteArray kJson = "Content-Type: application/json";
inline const QByteArray kHtml = "Content-Type: text/html";
inline const QByteArray kLoginPage =
    "<html><title>Sign in</title><form><input type=\"password\" name=\"p\"></form></html>";

inline HttpResponse said(int status, const QByteArray &body, const QByteArray &head = kJson)
{
    return answer(status, head, body, u"https://api.example.com/notes/41"_s);
}

class Notes;
// What a product does with a request of the undoing; empty: what a good one does.
using Manner = std::function<std::optional<Result<HttpResponse>>(const ActiveRequest &, Notes &)>;

// A product of notes that is good until something is to be undone.
class Notes
{
public:
    explicit Notes(Manner manner) : m_manner(std::move(manner)) {}

    Result<HttpResponse> operator()(const ActiveRequest &request)
    {
        if (request.errand == ActiveErrand::Undo) {
            undone.append(request.method + ' ' + request.url.path().toUtf8());
            if (auto bent = m_manner(request, *this))
                return *bent;
            if (isSignedOut)
                return said(404, R"({"error":"not found"})"); // as it says to strangers
        }
        return honest(request);
    }

    Result<HttpResponse> honest(const ActiveRequest &request)
    {
        const QString id = request.url.path().section(u'/', 2, 2);
        if (request.method == "POST") {
            notes[u"41"_s] = QJsonDocument::fromJson(request.body).object().value("title"_L1).toString();
            return said(201, R"({"id":41})");
        }
        if (request.method == "DELETE") {
            notes.erase(id);
            return said(204, {});
        }
        return id.isEmpty() ? listed() : shown(id);
    }

    RecordOwner owner()
    {
        RecordOwner owner{.send = std::ref(*this), .name = u"Anna"_s};
        owner.wasSignedIn = [this](const EmptyRead &, Deadline) -> Result<bool> {
            if (slowWho > 0) {
                --slowWho;
                return failure(ErrorKind::TimedOut, u"No answer in time."_s);
            }
            if (!tellsWho)
                return failure(ErrorKind::NotFound, u"Name the address that says who is signed in."_s);
            return !isSignedOut;
        };
        owner.asStranger = [this](const ActiveRequest &, Deadline) -> Result<HttpResponse> {
            ++strangers;
            return stranger;
        };
        owner.signInAgain = [this](const ActiveRequest &, Clock::time_point, Deadline) -> Result<void> {
            ++signIns;
            if (!letsIn)
                return failure(ErrorKind::NotPermitted, u"Nobody is let in."_s);
            isSignedOut = false;
            return {};
        };
        owner.pause = [this](std::chrono::milliseconds time) { waited += time; };
        return owner;
    }

    std::map<QString, QString> notes{{u"7"_s, u"somebody's own note"_s}};
    QByteArrayList undone;
    bool isSignedOut = false;
    bool letsIn = true;
    bool tellsWho = true;
    int slowWho = 0;                                      // so many questions who that is get no answer
    HttpResponse stranger = said(200, R"({"items":[]})"); // what one gets at any address
    int strangers = 0;
    int signIns = 0;
    std::chrono::milliseconds waited{0};

private:
    HttpResponse shown(const QString &id) const
    {
        const auto it = notes.find(id);
        if (it == notes.end())
            return said(404, R"({"error":"not found"})");
        return said(200, QJsonDocument(QJsonObject{{u"id"_s, id.toInt()}, {u"title"_s, it->second}}).toJson());
    }

    HttpResponse listed() const
    {
        QJsonArray rows;
        for (const auto &[id, title] : notes)
            rows.append(QJsonObject{{u"id"_s, id.toInt()}, {u"title"_s, title}});
        return said(200, QJsonDocument(QJsonObject{{u"items"_s, rows}}).toJson());
    }

    Manner m_manner;
};

inline Route route(const QString &method, const QString &path)
{
    Route one;
    one.method = method;
    one.path = path;
    one.safeToWrite = method != "GET"_L1;
    return one;
}

inline Target target()
{
    return {u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
}

inline CanaryPlan planOf(bool hasItems)
{
    std::vector<Route> routes{route(u"GET"_s, u"/notes"_s), route(u"POST"_s, u"/notes"_s),
                              route(u"DELETE"_s, u"/notes/{id}"_s)};
    if (hasItems)
        routes.push_back(route(u"GET"_s, u"/notes/{id}"_s));
    return canaryPlans(routes, {}).front();
}

inline Manner always(const HttpResponse &answer)
{
    return [answer](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(answer); };
}

// To the removal alone.
inline Manner toRemoval(const HttpResponse &answer)
{
    return [answer](const ActiveRequest &request, Notes &) {
        return request.method == "DELETE" ? std::optional<Result<HttpResponse>>(answer) : std::nullopt;
    };
}

inline Manner toReads(const HttpResponse &answer)
{
    return [answer](const ActiveRequest &request, Notes &) {
        return request.method == "GET" ? std::optional<Result<HttpResponse>>(answer) : std::nullopt;
    };
}

// Until somebody signs in again.
inline Manner untilSignedIn(const HttpResponse &answer)
{
    return [answer](const ActiveRequest &, Notes &notes) {
        return notes.signIns == 0 ? std::optional<Result<HttpResponse>>(answer) : std::nullopt;
    };
}

// The removal signs the account out; what it does beside that is up to `does`.
inline Manner signsOutAtRemoval(bool does)
{
    return [does](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
        if (request.method != "DELETE" || notes.signIns > 0 || notes.isSignedOut)
            return std::nullopt;
        if (does)
            std::ignore = notes.honest(request);
        notes.isSignedOut = true;
        return said(204, {});
    };
}

} // namespace cockpit::test

Q_DECLARE_METATYPE(cockpit::test::Manner)
