// What a practice server is asked and what it answers, whichever version of HTTP carries it.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace cockpit {

// One part of a form with files (RFC 7578).
struct FormPart
{
    QByteArray name;
    QByteArray fileName; // as it was sent; empty when it is no file
    QByteArray contentType;
    QByteArray bytes;
};

struct PageRequest
{
    QByteArray method;
    QByteArray target;                        // path and query
    QByteArray authority;                     // the host with its port, as it was sent
    std::map<QByteArray, QByteArray> headers; // by their names in lower case
    QByteArray body = {};                     // empty when it is a form with files
    std::vector<FormPart> parts = {};         // of a form with files
    QByteArray peer = {};                     // the address that the connection comes from

    QByteArray path() const { return target.split('?').constFirst(); }
    QByteArray host() const { return authority.split(':').constFirst().toLower(); } // without the port
    QByteArray header(const QByteArray &name) const;                                // empty when there is none
    // What makes it another question: two with the same line ask the same. scheme: "http" or "https".
    QString question(QLatin1StringView scheme) const;
};

// A connection that speaks another protocol after status 101 (RFC 9110 section 15.2.2). Blocking, in the connection's
// own thread.
class Talk
{
public:
    virtual ~Talk() = default;
    // What came; empty when nothing did in that time. Look at isOpen() then.
    virtual QByteArray hear(std::chrono::milliseconds atMost) = 0;
    virtual void say(const QByteArray &bytes) = 0;
    virtual bool isOpen() const = 0; // neither has closed, and the server goes on
};

struct PageReply
{
    int status = 200;
    QByteArray contentType = "text/html; charset=utf-8";
    std::vector<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
    // Carried on after this answer, over HTTP/1.1 with TLS alone: nobody else's answers change protocols.
    std::function<void(Talk &)> talk = {};

    // The last value of that name, whatever its case; empty when there is none.
    QByteArray header(const QByteArray &name) const;
    void add(const QByteArray &name, const QByteArray &value) { headers.emplace_back(name, value); }
};

// The parts of a body of type multipart/form-data; none when it is not one. The type: of the Content-Type field.
std::vector<FormPart> formParts(const QByteArray &contentType, const QByteArray &body);

// Called from several threads at once.
using PageMaker = std::function<PageReply(const PageRequest &)>;

} // namespace cockpit
