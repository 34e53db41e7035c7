// Two products of a few lines that take one-time codes: one with a second factor after the password (a challenge in the
// answer, and a cookie), and one where the code of a letter is all. The code is "482913", or what the test says.
#pragma once

#include "tests/checks/access/mailscene.h"

#include <QJsonDocument>
#include <QUuid>

#include <algorithm>
#include <mutex>
#include <set>

namespace cockpit::lab {

enum class CodeFault {
    None,
    Reusable,      // taken again
    OpenToAll,     // who is signed in is not asked for
    NamesStranger, // the code signs somebody else in
    SaysYesAlone,  // the second time in the words of the first, and nobody is signed in
    Limits,        // from the second time on
    NeverTakes,    // refuses the good code, too
};

// The server of a test answers from several threads.
class CodeProduct
{
public:
    explicit CodeProduct(CodeFault fault, QByteArray code = "482913") : m_fault(fault), m_code(std::move(code)) {}

    std::optional<PageReply> answer(const PageRequest &request)
    {
        const std::lock_guard lock(m_lock);
        if (request.path() == "/login")
            return request.body.contains("the-right-password") ? std::optional(challenge()) : std::nullopt;
        if (request.path() == "/mfa/verify")
            return verify(request, isPending(request));
        if (request.path() == "/otp/verify")
            return verify(request, request.body.contains("sam@acme.test"));
        if (request.path() == "/otp/send")
            return saying(202, R"({"status":"sent"})");
        if (request.path() == "/me")
            return me(request);
        return std::nullopt;
    }

    // What came as codes; "" among them is none.
    std::set<QByteArray> codesSeen() const
    {
        const std::lock_guard lock(m_lock);
        return m_seen;
    }
    // What was handed out to go on with: as good as half a session.
    std::set<QByteArray> challenges() const
    {
        const std::lock_guard lock(m_lock);
        return m_pending;
    }
    int timesTaken() const
    {
        const std::lock_guard lock(m_lock);
        return m_taken;
    }

private:
    static QByteArray json(const char *name, const QByteArray &value)
    {
        const QJsonObject object{{QLatin1String(name), QString::fromLatin1(value)}};
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    // Of the same visit, and another text.
    static QByteArray cookieOf(QByteArray id)
    {
        std::ranges::reverse(id);
        return id;
    }
    static QByteArray newId() { return QUuid::createUuid().toByteArray(QUuid::Id128); }

    PageReply challenge()
    {
        const QByteArray id = newId();
        m_pending.insert(id);
        PageReply reply = saying(200, json("challenge_id", id));
        reply.add("Set-Cookie", "pending=" + cookieOf(id) + "; Path=/; HttpOnly; Secure");
        return reply;
    }

    // The challenge of this very visit, in the body and in the cookie.
    bool isPending(const PageRequest &request) const
    {
        const QByteArray id =
            QJsonDocument::fromJson(request.body)[QLatin1String("challenge_id")].toString().toLatin1();
        return m_pending.contains(id) && request.header("cookie").contains("pending=" + cookieOf(id));
    }

    PageReply verify(const PageRequest &request, bool isKnown)
    {
        const QByteArray code = QJsonDocument::fromJson(request.body)[QLatin1String("code")].toString().toLatin1();
        m_seen.insert(code);
        const bool isRight = isKnown && code == m_code && m_fault != CodeFault::NeverTakes;
        const bool isAgain = isRight && m_taken++ > 0;
        const bool takesAgain = m_fault == CodeFault::Reusable || m_fault == CodeFault::NamesStranger;
        if (isAgain && m_fault == CodeFault::Limits)
            return saying(429, R"({"error":"slow_down"})");
        if (isAgain && m_fault == CodeFault::SaysYesAlone)
            return saying(200, R"({"access_token":"not-good-for-anything-at-all-1234"})");
        if (!isRight || (isAgain && !takesAgain))
            return saying(401, R"({"error":"code_is_wrong_or_used"})");
        const QByteArray token = newId();
        m_tokens.insert(token);
        return saying(200, json("access_token", token));
    }

    PageReply me(const PageRequest &request) const
    {
        const QByteArray token = request.header("authorization").mid(7);
        const bool isIn = m_fault == CodeFault::OpenToAll || m_tokens.contains(token);
        const QByteArray name = m_fault == CodeFault::NamesStranger ? "kim@acme.test" : "sam@acme.test";
        return isIn ? saying(200, json("email", name)) : saying(401, R"({"error":"sign_in_first"})");
    }

    const CodeFault m_fault;
    const QByteArray m_code;
    mutable std::mutex m_lock;
    std::set<QByteArray> m_pending, m_tokens, m_seen;
    int m_taken = 0;
};

// The same in pages: a form for the password, a form for the code with an anti-forgery token, cookies.
class CodePages
{
public:
    explicit CodePages(bool isReusable) : m_isReusable(isReusable) {}

    std::optional<PageReply> answer(const PageRequest &request)
    {
        const std::lock_guard lock(m_lock);
        const bool isPost = request.method == "POST";
        if (request.path() == "/login")
            return isPost ? signIn(request) : page("<input name=email><input type=password name=password>");
        if (request.path() == "/two-factor")
            return isPost ? verify(request) : page("<input type=hidden name=_csrf value=proof-1><input name=code>");
        if (request.path() == "/me" && request.header("cookie").contains("sid=in-"))
            return saying(200, R"({"email":"sam@acme.test"})");
        if (request.path() == "/me")
            return saying(302, {}, "/login");
        return std::nullopt;
    }

private:
    static PageReply page(const QByteArray &fields)
    {
        PageReply reply;
        reply.body = "<!doctype html><form method=post>" + fields + "</form>";
        return reply;
    }

    static PageReply signIn(const PageRequest &request)
    {
        if (!request.body.contains("the-right-password"))
            return saying(302, {}, "/login");
        PageReply reply = saying(302, {}, "/two-factor");
        reply.add("Set-Cookie", "sid=half; Path=/; Secure; HttpOnly");
        return reply;
    }

    PageReply verify(const PageRequest &request)
    {
        const bool isRight = request.header("cookie").contains("sid=half") && request.body.contains("_csrf=proof-1") &&
                             request.body.contains("code=482913") && (m_isReusable || m_taken == 0);
        if (!isRight)
            return saying(302, {}, "/two-factor");
        PageReply reply = saying(302, {}, "/home");
        reply.add("Set-Cookie", "sid=in-" + QByteArray::number(++m_taken) + "; Path=/; Secure; HttpOnly");
        return reply;
    }

    const bool m_isReusable;
    std::mutex m_lock;
    int m_taken = 0;
};

inline void addRoute(ProjectFacts &facts, const QString &path, const QString &host, const QByteArray &body)
{
    Route route;
    route.method = QStringLiteral("POST");
    route.path = path;
    route.host = host;
    route.access = AccessClass::Public;
    facts.routes.push_back(route);
    putSample(facts, path, host, "application/json", body);
}

// The project as a person has it: the routes of codes alone. hasWhoAmI: the account has an address that says who is
// signed in.
inline void useCodeRoutes(HostileSite &site, bool isSecondFactor, bool hasWhoAmI)
{
    site.facts.routes.clear();
    if (isSecondFactor) {
        addRoute(site.facts, QStringLiteral("/mfa/verify"), site.host, R"({"challenge_id":"<value>","code":"123456"})");
    } else {
        addRoute(site.facts, QStringLiteral("/otp/send"), site.host, R"({"email":"person@example.com"})");
        addRoute(site.facts, QStringLiteral("/otp/verify"), site.host,
                 R"({"code":"123456","email":"person@example.com"})");
    }
    TestActor &actor = site.facts.actors.front();
    actor.whoAmIUrl = hasWhoAmI ? PageLab::url(site.host.toLatin1(), "/me").toString() : QString();
    actor.whoAmIPointer = QStringLiteral("/email");
}

} // namespace cockpit::lab
