// A small product without faults on WebLab, for hostile manners: signs in by JSON with a token and a refresh token,
// tells who one is, renews, signs out.
#pragma once

#include "tests/checks/access/shopscene.h"
#include "tests/checks/stoppedlook.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/weblab.h"

#include <QJsonArray>
#include <QLocale>
#include <QMessageAuthenticationCode>
#include <QTest>

#include <optional>
#include <set>

namespace cockpit::lab {

class SoundProduct
{
public:
    explicit SoundProduct(const Manners &manners = {})
    {
        m_lab.on("POST", "/login", [this](const WebRequest &request) { return signIn(request); });
        m_lab.on("GET", "/me", [this](const WebRequest &request) { return dated(me(request)); });
        m_lab.on("POST", "/refresh", [this](const WebRequest &request) { return renew(request); });
        m_lab.on("POST", "/logout", [this](const WebRequest &request) { return signOut(request); });
        m_lab.on("GET", "/", page("<h1>Welcome to the product</h1><p>Sign in to go on.</p>"));
        m_lab.setManners(manners);
    }

    WebLab &lab() { return m_lab; }
    // What its tokens say of their end, which it does not look at itself: seconds from now.
    void setTokenLife(int seconds) { m_tokenLife = seconds; }

    // Its answers tell the time (Date), so many seconds before that of this computer.
    void setClockBehind(int seconds) { m_behind = seconds; }
    // What whoever brings a token that is none of ours is shown at "/me", with 200; empty: refused.
    void setGuestPage(const QByteArray &json) { m_guestPage = json; }
    // What makes a token differ from the one before: an id, the second in which it was made, or nothing.
    enum class Differs { ById, BySecond, Never };
    void setTokensDiffer(Differs by) { m_differs = by; }

    TestActor actor() const
    {
        TestActor actor;
        actor.id = QStringLiteral("a1");
        actor.name = QStringLiteral("Mia Lund");
        actor.role = QStringLiteral("member");
        actor.tenant = QStringLiteral("Acme");
        actor.userName = QStringLiteral("mia.lund@acme.example");
        actor.signIn = jsonSignIn(m_lab.url(QStringLiteral("/login")));
        actor.signIn.refreshUrl = m_lab.url(QStringLiteral("/refresh")).toString();
        actor.signIn.refreshPointer = QStringLiteral("/refresh_token");
        actor.signIn.logoutUrl = m_lab.url(QStringLiteral("/logout")).toString();
        actor.whoAmIUrl = m_lab.url(QStringLiteral("/me")).toString();
        actor.whoAmIPointer = QStringLiteral("/email");
        return actor;
    }

    ProjectFacts facts() const
    {
        ProjectFacts facts;
        facts.actors = {actor()};
        return facts;
    }
    AttackRun run(int requests = 400) const
    {
        return AttackRun({}, {m_lab.host()}, {{QStringLiteral("a1"), Secret("correct-horse-battery")}}, requests);
    }
    Target target() const { return targetOf({m_lab.host()}); }

private:
    static QByteArray encoded(const QByteArray &text)
    {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    }
    QByteArray tokenFor(const QByteArray &session) const
    {
        const qint64 now = m_differs == Differs::Never ? m_began : QDateTime::currentSecsSinceEpoch();
        const QByteArray id = m_differs == Differs::ById ? ",\"sid\":\"" + session + '"' : QByteArray();
        const QByteArray claims = "{\"sub\":\"7\"" + id + ",\"iat\":" + QByteArray::number(now) +
                                  ",\"exp\":" + QByteArray::number(now + m_tokenLife) + "}";
        const QByteArray text = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + encoded(claims);
        return text + '.' + encoded(QMessageAuthenticationCode::hash(text, m_secret, QCryptographicHash::Sha256));
    }
    // The session of the token in the request; empty when it is none of ours.
    QByteArray sessionOf(const WebRequest &request) const
    {
        const auto known = m_tokens.find(request.header("authorization").mid(7));
        const bool isAlive = known != m_tokens.end() && m_sessions.count(known->second) > 0;
        return isAlive ? known->second : QByteArray();
    }
    WebAnswer tokens(const QByteArray &session)
    {
        const QByteArray token = tokenFor(session);
        const QByteArray refresh = "refresh-" + QByteArray::number(++m_count) + "-5d0c1e99a7";
        m_tokens[token] = session;
        m_refreshes[refresh] = session;
        return {.body = "{\"access_token\":\"" + token + "\",\"refresh_token\":\"" + refresh +
                        "\",\"token_type\":\"Bearer\",\"expires_in\":600}"};
    }
    WebAnswer dated(WebAnswer answer) const
    {
        const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(-m_behind.value_or(0));
        const QString text = QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        if (m_behind)
            answer.headers.push_back({"Date", text.toLatin1()});
        return answer;
    }
    static WebAnswer refused() { return {.status = 401, .body = "{\"error\":\"unauthorized\"}"}; }

    WebAnswer signIn(const WebRequest &request)
    {
        if (!request.body.contains("correct-horse-battery"))
            return refused();
        const QByteArray session = "session-" + QByteArray::number(++m_count) + "-8c1f2a77";
        m_sessions.insert(session);
        return tokens(session);
    }
    WebAnswer me(const WebRequest &request) const
    {
        const bool isGuest = sessionOf(request).isEmpty() && !request.header("authorization").isEmpty();
        if (isGuest && !m_guestPage.isEmpty())
            return {.body = m_guestPage};
        if (sessionOf(request).isEmpty())
            return refused();
        return {.body = "{\"id\":71,\"email\":\"mia.lund@acme.example\",\"name\":\"Mia Lund\"}"};
    }
    WebAnswer renew(const WebRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        const auto found = m_refreshes.find(body[QLatin1String("refresh_token")].toString().toLatin1());
        if (found == m_refreshes.end() || m_sessions.count(found->second) == 0)
            return refused();
        const QByteArray session = found->second;
        if (m_used.count(found->first) > 0) {
            m_sessions.erase(session);
            return refused();
        }
        m_used.insert(found->first);
        return tokens(session);
    }
    WebAnswer signOut(const WebRequest &request)
    {
        const QByteArray session = sessionOf(request);
        m_sessions.erase(session);
        return session.isEmpty() ? refused() : WebAnswer{.status = 204, .body = {}};
    }

    const QByteArray m_secret = QByteArray("k9Jd7aLw2PqEfG4hTzYvUbNcMkRsX1q0");
    std::set<QByteArray> m_sessions, m_used;
    std::map<QByteArray, QByteArray> m_tokens, m_refreshes; // to sessions
    int m_count = 0;
    int m_tokenLife = 600;
    std::optional<int> m_behind;
    QByteArray m_guestPage;
    Differs m_differs = Differs::ById;
    const qint64 m_began = QDateTime::currentSecsSinceEpoch();
    WebLab m_lab; // the last: it ends first, and its threads use all the others
};

// Another account, with a token of the product's kind that ended an hour ago.
inline TestActor endedActor(const TestActor &like)
{
    TestActor actor = like;
    actor.id = QStringLiteral("ended");
    actor.name = QStringLiteral("Otto Berg");
    actor.userName = QStringLiteral("otto.berg@acme.example");
    actor.signIn = {};
    actor.signIn.kind = SignInKind::BearerToken;
    return actor;
}

inline Secret endedToken()
{
    const auto encoded = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const qint64 ended = QDateTime::currentSecsSinceEpoch() - 3600;
    return Secret(encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' +
                  encoded("{\"sub\":\"8\",\"exp\":" + QByteArray::number(ended) + "}") + '.' +
                  encoded("not-a-signature-of-this-product!"));
}

// What is shown to whoever brings such a token, and whether that proves that it was taken.
inline void addGuestPages()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QString>("codes");
    QTest::newRow("texts that strangers do not get")
        << QByteArray(R"({"notice":"Your visit is over since Tuesday 9","room":"Harbor Hall 12"})") << QString();
    QTest::newRow("the account itself") << QByteArray(R"({"id":72,"email":"otto.berg@acme.example"})")
                                        << QStringLiteral("expired_accepted");
}

// With that account beside the product's own.
inline Judged judgedWithEnded(const Check &check, const QByteArray &page)
{
    SoundProduct product;
    product.setGuestPage(page);
    ProjectFacts facts = product.facts();
    facts.actors.push_back(endedActor(product.actor()));
    AttackRun run({}, {product.lab().host()},
                  {{QStringLiteral("a1"), Secret("correct-horse-battery")}, {QStringLiteral("ended"), endedToken()}});
    return run.run(check, product.target(), facts);
}

// What a server that does not play along is like, and whether the product behind can still be judged.
struct HostileRow
{
    const char *name;
    Manners manners;
    bool mayPass;
};

inline std::vector<HostileRow> hostileRows(int after)
{
    return {
        {"always 200 with the same page",
         {.alwaysStatus = 200, .alwaysBody = "<html><body><h1>Hello</h1></body></html>"},
         false},
        {"always 200 with an empty object", {.alwaysStatus = 200, .alwaysBody = "{}"}, false},
        {"always 403", {.alwaysStatus = 403, .alwaysBody = "Forbidden"}, false},
        {"always 500", {.alwaysStatus = 500, .alwaysBody = "oops"}, false},
        {"redirects to the login", {.loginPath = "/login"}, false},
        {"garbage", {.alwaysStatus = 200, .alwaysBody = QByteArray("\x00\xff\x01{{", 5)}, false},
        {"limits us", {.limitAfter = after}, false},
        {"logs us out", {.logOutAfter = after}, false},
        {"hangs up", {.hangUpAfter = after}, false},
        {"changes ids", {.changesIds = true}, true},
        {"answers slowly", {.slowness = std::chrono::milliseconds(15)}, true},
    };
}

inline void addHostileRows(int after)
{
    QTest::addColumn<int>("row");
    int number = 0;
    for (const HostileRow &row : hostileRows(after))
        QTest::newRow(row.name) << number++;
}

// Never a false pass, never a false finding; what could not be judged says why. Empty when that holds.
inline QString wrongUnder(const HostileRow &row, const Check &check)
{
    SoundProduct product(row.manners);
    AttackRun run = product.run();
    const Judged judged = run.run(check, product.target(), product.facts());
    const QString told = test::said(judged) + QStringLiteral(" | ") + judged.reason;
    if (!judged.findings.empty())
        return QStringLiteral("a finding: ") + told;
    if (judged.outcome == Outcome::Pass && !row.mayPass)
        return QStringLiteral("a pass: ") + told;
    const bool couldNot = judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error;
    if (couldNot && judged.reason.isEmpty())
        return QStringLiteral("no reason: ") + told;
    if (row.mayPass && couldNot)
        return QStringLiteral("not judged: ") + told;
    return {};
}

// Stopped while it is under way: at an end within a second. Empty when that holds.
inline QString wrongWhenStopped(const Check &check)
{
    SoundProduct product({.slowness = std::chrono::milliseconds(100)});
    AttackRun run = product.run();
    const StoppedLook stopped = stoppedLook([&] { return product.lab().count() >= 3; }, [&] { run.token.cancel(); },
                                            [&] { return run.run(check, product.target(), product.facts()); });
    if (const QString problem = stopped.problem(); !problem.isEmpty())
        return problem;
    const Judged &judged = stopped.judged;
    return judged.outcome == Outcome::NotRun && judged.findings.empty() ? QString() : test::said(judged);
}

inline QStringList codesIn(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

inline QString toldIn(const Judged &judged)
{
    return test::said(judged) + QStringLiteral(" | ") + judged.reason + QStringLiteral(" | ") +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

// No secret of the run stands in what leaves it.
inline bool isFreeOfSecrets(const Judged &judged, const ActiveGate &gate)
{
    QString all = toldIn(judged) + judged.summary;
    for (const Finding &finding : judged.findings) {
        all += finding.whatWeSaw + finding.title;
        for (const Evidence &evidence : finding.evidence)
            all += evidence.title + evidence.body;
    }
    for (const Secret &secret : gate.knownSecrets()) {
        if (secret.reveal().size() > 7 && all.contains(QString::fromUtf8(secret.reveal())))
            return false;
    }
    return true;
}

} // namespace cockpit::lab
