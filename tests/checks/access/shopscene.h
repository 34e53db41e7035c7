// A run against one of the practice company's products: its routes and accounts as a project would have them, and leave
// to attack it.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "tests/checks/announced.h"
#include "tests/lab/shoplab.h"

#include <QJsonDocument>

#include <memory>

namespace cockpit::lab {

// What a project knows of the shop. Records may be written where `safe` says so: "POST /api/notes".
template<typename Lab>
ProjectFacts factsOf(Lab &lab, const std::function<bool(const ShopRouteLine &)> &safe)
{
    ProjectFacts facts;
    const QString host = QString::fromLatin1(lab.shop().apiHost());
    for (const ShopRouteLine &line : lab.shop().routes()) {
        Route route;
        route.method = QString::fromLatin1(line.method);
        route.path = QString::fromLatin1(line.path);
        route.host = host;
        route.access = fromWord<AccessClass>(QString::fromLatin1(line.access)).value_or(AccessClass::SignedIn);
        route.safeToWrite = line.writes && safe(line);
        facts.routes.push_back(route);
        if (const QJsonObject example = lab.shop().exampleOf(line.method, line.path); !example.isEmpty())
            facts.samples.push_back({route.method,
                                     route.path,
                                     host,
                                     "application/json",
                                     QJsonDocument(example).toJson(QJsonDocument::Compact),
                                     {}});
    }
    return facts;
}

// Two customers with an admin and a member each.
template<typename Product>
std::vector<TestActor> actorsOf(const Product &product, const SignIn &signIn, const QString &whoAmI,
                                const QString &whoPointer)
{
    std::vector<TestActor> actors;
    for (const PracticeAccount &account : product.accounts()) {
        if (account.role == QLatin1String("viewer") || account.isThrowAway)
            continue;
        TestActor actor;
        actor.id = u'a' + account.id;
        actor.name = account.name;
        actor.role = account.role;
        actor.tenant = account.tenant;
        actor.userName = account.email;
        actor.signIn = signIn;
        actor.whoAmIUrl = whoAmI;
        actor.whoAmIPointer = whoPointer;
        actors.push_back(actor);
    }
    return actors;
}

inline SignIn jsonSignIn(const QUrl &url)
{
    SignIn signIn;
    signIn.kind = SignInKind::Json;
    signIn.url = url.toString();
    signIn.contentType = "application/json";
    signIn.bodyTemplate = QStringLiteral(R"({"email":"{{user}}","password":"{{password}}"})");
    signIn.tokenPointer = QStringLiteral("/access_token");
    return signIn;
}

template<typename Product>
std::map<QString, Secret> secretsOf(const Product &product)
{
    std::map<QString, Secret> secrets;
    for (const PracticeAccount &account : product.accounts())
        secrets.emplace(u'a' + account.id, Secret(account.password));
    return secrets;
}

// Of a run that is there before a test says where it writes down what it makes; while it has not, nothing is written
// and nothing refused, as in a run without a project file.
class ChosenJournal final : public UndoJournal
{
public:
    std::shared_ptr<UndoJournal> to; // set before the run begins

    Result<void> write(const JournalEntry &entry) override { return to ? to->write(entry) : Result<void>(); }
    Result<void> strike(const QString &entryId) override { return to ? to->strike(entryId) : Result<void>(); }
};

// One run with leave to attack those hosts.
struct AttackRun
{
    std::shared_ptr<ChosenJournal> journal = std::make_shared<ChosenJournal>();
    std::shared_ptr<std::atomic_bool> killed = std::make_shared<std::atomic_bool>(false);
    CancelToken token;
    std::shared_ptr<ActiveGate> gate;
    Observations seen;
    Policy policy = {};

    // throwAway: accounts (TestActor::id) that may be locked.
    AttackRun(const NetOptions &net, const QStringList &hosts, std::map<QString, Secret> secrets, int requests = 400,
              const QStringList &throwAway = {})
        : gate(std::make_shared<ActiveGate>(ActiveTerms{.budget = {.requests = requests, .perSecond = 2000},
                                                        .hosts = hosts,
                                                        .secrets = std::move(secrets),
                                                        .killed = killed,
                                                        .throwAway = throwAway,
                                                        .journal = journal})),
          seen(net, token, Deadline::in(std::chrono::seconds(120)), nullptr, passiveBudget(1), gate)
    {
    }

    Judged run(const Check &check, const Target &target, const ProjectFacts &facts)
    {
        return lookWithinForecast(check, {.seen = seen,
                                          .target = target,
                                          .policy = policy,
                                          .facts = facts,
                                          .startedAt = QDateTime::currentDateTimeUtc()});
    }
};

inline Target targetOf(const QStringList &hosts)
{
    Target target{.domain = QStringLiteral("harbor-ledger.example"), .hosts = {}};
    for (const QString &host : hosts)
        target.hosts.push_back({roleFromName(host, target.domain), host, kHttpsPort});
    return target;
}

} // namespace cockpit::lab
