// The practice company's letters as a person would read them: links are handed in beside the password of the throw-away
// account.
#pragma once

#include "tests/checks/abuse/hostilelogin.h"

#include <QJsonObject>

#include <atomic>
#include <functional>

namespace cockpit::lab {

using PastedLinks = std::vector<std::pair<QString, QByteArray>>;

// The keychain entry with links in it.
inline Secret entryWith(const QByteArray &password, const PastedLinks &links)
{
    QJsonObject entry{{QStringLiteral("password"), QString::fromUtf8(password)}};
    for (const auto &[name, link] : links)
        entry.insert(name, QString::fromUtf8(link));
    return Secret(QJsonDocument(entry).toJson(QJsonDocument::Compact));
}

// A run with leave to use those links.
template<typename Scene, typename Product>
AttackRun runWith(Scene &scene, Product &product, const PastedLinks &links)
{
    auto secrets = secretsOf(product);
    secrets.insert_or_assign(scene.facts.actors.front().id,
                             entryWith(throwAwayOf(product.accounts(), kBirch).password, links));
    return AttackRun(scene.lab.netOptions(), {scene.host}, std::move(secrets), 400, {scene.facts.actors.front().id});
}

inline QByteArray linkOf(Outbox &outbox, LetterKind kind, std::size_t fromTheEnd = 0)
{
    std::vector<Letter> letters = outbox.letters();
    std::erase_if(letters, [kind](const Letter &letter) { return letter.kind != kind; });
    return letters.size() > fromTheEnd ? letters.at(letters.size() - 1 - fromTheEnd).link : QByteArray();
}

// The route's sample with that body.
inline void putSample(ProjectFacts &facts, const QString &path, const QString &host, const QByteArray &type,
                      const QByteArray &body)
{
    std::erase_if(facts.samples, [&](const RouteSample &sample) {
        return sample.path == path && sample.method == QLatin1String("POST");
    });
    facts.samples.push_back({QStringLiteral("POST"), path, host, type, body, {}});
}

// What a hostile server says instead of what its routes would; turn: how many came before.
using Manner = std::function<std::optional<PageReply>(const PageRequest &request, int turn)>;

inline PageReply saying(int status, const QByteArray &body, const QByteArray &location = {})
{
    PageReply reply{.status = status, .contentType = "application/json", .body = body};
    if (!location.isEmpty())
        reply.add("Location", location);
    return reply;
}

inline const std::vector<std::pair<const char *, Manner>> &hostileManners()
{
    static const std::vector<std::pair<const char *, Manner>> all{
        {"always 200", [](const PageRequest &, int) { return saying(200, R"({"status":"fine"})"); }},
        {"always 403", [](const PageRequest &, int) { return saying(403, "no"); }},
        {"always broken", [](const PageRequest &, int) { return saying(500, "oops"); }},
        {"sends everybody to the login", [](const PageRequest &, int) { return saying(302, {}, "/sign-in"); }},
        {"limits us",
         [](const PageRequest &, int turn) {
             return turn > 0 ? std::optional(saying(429, R"({"error":"too_many"})")) : std::nullopt;
         }},
        {"logs us out", [](const PageRequest &, int) { return saying(401, R"({"error":"sign_in_first"})"); }},
        {"says something else each time",
         [](const PageRequest &, int turn) {
             return saying(turn % 2 == 0 ? 200 : 404, "garbage " + QByteArray(turn, 'x') + "\x01\xff");
         }},
    };
    return all;
}

// An interface of a few routes behind TLS.
struct HostileSite
{
    explicit HostileSite(Manner given)
        : manner(std::move(given)),
          server([this](const PageRequest &request) { return answer(request); }, {host.toLatin1()})
    {
        target.domain = QStringLiteral("hostile.example");
        target.hosts = {{HostRole::Api, host, kHttpsPort}};
        TestActor actor;
        actor.id = QStringLiteral("a1");
        actor.name = QStringLiteral("Sam");
        actor.role = QStringLiteral("admin");
        actor.tenant = QStringLiteral("acme");
        actor.userName = QStringLiteral("sam@acme.test");
        actor.signIn = jsonSignIn(PageLab::url(host.toLatin1(), "/login"));
        actor.isThrowAway = true;
        facts.actors = {actor};
        for (const char *path : {"/forgot", "/reset", "/invitations", "/invitations/accept", "/sign-up"}) {
            Route route;
            route.method = QStringLiteral("POST");
            route.path = QString::fromLatin1(path);
            route.host = host;
            route.access = route.path == QLatin1String("/invitations") ? AccessClass::Admin : AccessClass::Public;
            route.safeToWrite = true;
            facts.routes.push_back(route);
            putSample(
                facts, route.path, host, "application/json",
                R"({"email":"person@example.com","name":"Alex","password":"<value>","role":"member","token":"<value>"})");
        }
    }

    AttackRun newRun(const PastedLinks &links = {}) const
    {
        return AttackRun(server.netOptions(), {host}, {{QStringLiteral("a1"), entryWith("the-right-password", links)}},
                         300, {QStringLiteral("a1")});
    }
    Judged judged(const Check &check, AttackRun &run) const { return run.run(check, target, facts); }

    // As a product without faults would have it.
    static PageReply usual(const PageRequest &request)
    {
        const QByteArray path = request.path();
        const bool isRight = request.body.contains("the-right-password");
        if (path == "/login")
            return isRight ? saying(200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz"})")
                           : saying(401, R"({"error":"sign_in_failed"})");
        if (path == "/forgot" || path == "/sign-up")
            return saying(202, R"({"status":"check_your_mail"})");
        if (path == "/reset" || path == "/invitations/accept")
            return saying(410, R"({"error":"link_is_used_or_old"})");
        return path == "/invitations" ? saying(201, R"({"id":7})") : saying(404, R"({"error":"not_found"})");
    }

    PageReply answer(const PageRequest &request)
    {
        const int turn = count++;
        count.notify_all();
        const auto instead = manner ? manner(request, turn) : std::nullopt;
        return instead ? *instead : usual(request);
    }

    const QString host = QStringLiteral("api.hostile.example");
    Manner manner;
    std::atomic_int count = 0;
    PageLab server;
    Target target;
    ProjectFacts facts;
};

} // namespace cockpit::lab
