// A whole run of what may attack, as the program does it: what the product received is what the list of requests says,
// as it is exported. Checks that need no permission are not in these runs; so whatever arrives is theirs.
#include "checks/abuse/burst.h"
#include "checks/abuse/callback.h"
#include "checks/abuse/errorleak.h"
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/upload.h"
#include "checks/abuse/webhook.h"
#include "checks/access/family.h"
#include "checks/deploy/smoke.h"
#include "checks/edge/cacheleak.h"
#include "checks/engine/runner.h"
#include "tests/checks/abuse/abusescene.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/access/requestcount.h"
#include "tests/checks/engine/fakechecks.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

// All but the one whose requests do not end (abuse.timeouts), which no product tells of: tst_abuse_slowcount.
CheckRegistry registryOf(const BlockPatience &patience)
{
    CheckRegistry registry;
    registry.add(accessChecks());
    registry.add({abuseSchemaCheck(), burstCheck(), callbackUrlCheck(), errorLeakCheck(), lockoutCheck(patience),
                  rateLimitCheck(patience), uploadCheck(), webhookSignatureCheck(), smokeCheck(), cacheLeakCheck()});
    return registry;
}

bool needsLeave(const Check &check, const CheckCatalog &catalog)
{
    const auto needs = [&](Need need) { return std::ranges::find(check.needs, need) != check.needs.end(); };
    return catalog.find(check.id)->kind == CheckKind::Active || needs(Need::Consent) || needs(Need::TestAccounts);
}

struct Product
{
    Target target;
    ProjectFacts facts;
    std::map<QString, Secret> secrets;
    NetOptions net;
    BlockPatience patience;
};

struct Ran
{
    QByteArray csv;
    Run run;
    int sent = 0;
    int foretold = 0;
};

Product shopAt(ShopLab &lab)
{
    const QString api = QString::fromLatin1(lab.shop().apiHost());
    const auto isSafe = [](const ShopRouteLine &line) {
        return line.path.startsWith("/api/notes") || line.path.startsWith("/api/projects") ||
               line.path.startsWith("/api/invoices");
    };
    Product product{.target = targetOf(
                        {api, QString::fromLatin1(lab.shop().appHost()), QString::fromLatin1(lab.shop().betaHost())}),
                    .facts = factsOf(lab, isSafe),
                    .secrets = secretsOf(lab.shop()),
                    .net = lab.netOptions(),
                    .patience = patienceOf(lab.shop())};
    const SignIn signIn = jsonSignIn(lab.url("/api/login"));
    product.facts.actors = actorsOf(lab.shop(), signIn, lab.url("/api/me").toString(), u"/email"_s);
    product.facts.actors.push_back(actorOf(throwAwayOf(lab.shop().accounts(), kBirch), signIn));
    return product;
}

Product deskAt(DeskLab &lab)
{
    return {.target = targetOf({QString::fromLatin1(lab.desk().host())}),
            .facts = factsOf(lab),
            .secrets = secretsOf(lab.desk()),
            .net = lab.netOptions(),
            .patience = patienceOf(lab.desk())};
}

Ran runAt(const Product &product)
{
    const CheckCatalog catalog = shippedCatalog();
    const CheckRegistry registry = registryOf(product.patience);
    RunRequest request;
    request.net = product.net;
    request.language = u"en"_s;
    request.plan.target = product.target;
    request.plan.facts = product.facts;
    for (const Check &check : registry.checks()) {
        if (needsLeave(check, catalog))
            request.plan.only << check.id;
    }
    ActiveTerms terms{.budget = {.requests = 6000, .perSecond = 1000}, .hosts = {}, .secrets = product.secrets};
    for (const Host &host : product.target.hosts)
        terms.hosts << host.name;
    for (const TestActor &actor : product.facts.actors) {
        if (actor.isThrowAway)
            terms.throwAway << actor.id;
    }
    request.plan.active = terms;
    Runner runner({.catalog = &catalog, .registry = &registry, .detectProviders = {}});
    QSignalSpy finished(&runner, &Runner::finished);
    std::vector<LoggedRequest> log;
    QObject::connect(&runner, &Runner::requestsSent, &runner,
                     [&](const std::vector<LoggedRequest> &news) { log.insert(log.end(), news.begin(), news.end()); });
    const auto signsOfLife = [&, results = std::make_shared<QSignalSpy>(&runner, &Runner::resultsReady)] {
        return log.size() + static_cast<std::size_t>(results->size());
    };
    if (!runner.start(request))
        return {};
    // A busy machine takes longer for the same run: it is given up when nothing comes of it any more.
    for (std::size_t before = 0; finished.isEmpty() && !finished.wait(100'000); before = signsOfLife()) {
        if (signsOfLife() == before)
            return {};
    }
    return {.csv = toCsv(log),
            .run = finished.front().front().value<Run>(),
            .sent = static_cast<int>(log.size()),
            .foretold = requestForecast(request.plan, catalog, registry).sum()};
}

Route readOf(const QString &path, AccessClass access, const QString &host = {})
{
    Route route;
    route.path = path;
    route.host = host;
    route.access = access;
    return route;
}

// How many requests that check says that it sends at most.
int foretoldBy(const QString &id, const Target &target, const ProjectFacts &facts)
{
    const CheckRegistry registry = registryOf({});
    int most = 0;
    for (const RequestNeed &need : registry.find(id)->requests({target, facts}))
        most += need.most;
    return most;
}

// All of them, as a message of a failed test holds few.
QString said(const QStringList &differences)
{
    for (const QString &line : differences)
        qInfo("%s", qPrintable(line));
    return QString::number(differences.size());
}

// What each of them sent, for the message of a failed test.
QString tallyOf(const std::vector<ExportedRequest> &requests)
{
    std::map<QString, int> tally;
    for (const ExportedRequest &one : requests)
        ++tally[one.check];
    QStringList lines;
    for (const auto &[check, count] : tally)
        lines << u"%1 %2"_s.arg(check).arg(count);
    return lines.join(u", "_s);
}

} // namespace

class RequestCountTest : public QObject
{
    Q_OBJECT

private slots:
    void visitsAreForetold_data();
    void visitsAreForetold();
    void theListIsWhatTheShopReceived();
    void whatRaisesARoleIsSentAlone();
    void theListIsWhatTheDeskReceived();
    void thisTestWouldNotice();

private:
    std::vector<JournalLine> m_received;
    std::vector<ExportedRequest> m_listed;
};

void RequestCountTest::visitsAreForetold_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<Route>("route"); // without a path: none more
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("more"); // than for one host and one route; accounts: two
    const QString other = u"beta.harbor-ledger.example"_s;
    const Route pub = readOf(u"/plans"_s, AccessClass::Public);
    const Route admin = readOf(u"/admin/logs"_s, AccessClass::Admin);
    // What goes beyond a rule is read a second time by each of the two accounts.
    QTest::newRow("roles: a read by each account and a visitor") << u"access.roles"_s << pub << QString() << 3 + 2;
    QTest::newRow("roles: a record, with another customer's")
        << u"access.roles"_s << readOf(u"/orders/{id}"_s, AccessClass::SignedIn) << QString() << 2 * 2 + 1 + 2;
    QTest::newRow("roles: and what another host answers at invented addresses")
        << u"access.roles"_s << readOf(u"/plans"_s, AccessClass::Public, other) << other << 3 + 2 + 2;
    QTest::newRow("administration: no route of its own") << u"access.admin-separation"_s << pub << QString() << 0;
    QTest::newRow("administration: one by each account and a visitor")
        << u"access.admin-separation"_s << readOf(u"/backstage"_s, AccessClass::Admin) << QString() << 3 + 2 + 2;
    QTest::newRow("other methods: invented addresses of a host")
        << u"access.method-tampering"_s << Route() << other << 2;
    QTest::newRow("sign-in: however many routes") << u"access.login-flow"_s << admin << QString() << 0;
}

void RequestCountTest::visitsAreForetold()
{
    QFETCH(QString, id);
    QFETCH(Route, route);
    QFETCH(QString, host);
    QFETCH(int, more);
    Target target = targetOf({u"app.harbor-ledger.example"_s});
    ProjectFacts facts;
    facts.routes = {readOf(u"/account"_s, AccessClass::SignedIn)};
    for (const QString &role : {u"admin"_s, u"member"_s}) {
        TestActor actor;
        actor.id = actor.name = actor.role = role;
        actor.signIn = jsonSignIn(QUrl(u"https://app.harbor-ledger.example/login"_s));
        facts.actors.push_back(actor);
    }
    const int before = foretoldBy(id, target, facts);
    QVERIFY(before > 0);
    if (!route.path.isEmpty())
        facts.routes.push_back(route);
    if (!host.isEmpty())
        target = targetOf({u"app.harbor-ledger.example"_s, host});
    QCOMPARE(foretoldBy(id, target, facts) - before, more);
}

void RequestCountTest::theListIsWhatTheShopReceived()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const Ran ran = runAt(shopAt(lab));
    m_received = lab.shop().journal().lines();
    m_listed = exportedFrom(ran.csv);
    QCOMPARE(m_listed.size(), static_cast<std::size_t>(ran.sent));
    const QStringList differences = differencesOf(m_received, m_listed);
    QVERIFY2(differences.isEmpty(), qPrintable(said(differences)));
    QVERIFY2(ran.sent <= ran.foretold, qPrintable(u"%1 > %2"_s.arg(ran.sent).arg(ran.foretold)));
    std::set<QString> visiting; // as a visitor
    for (const ExportedRequest &one : m_listed) {
        if (one.account.isEmpty() && one.method == "GET"_L1)
            visiting.insert(one.check);
    }
    for (const char *id : {"access.roles", "access.admin-separation", "access.forged-token", "access.login-flow"})
        QVERIFY2(visiting.contains(QString::fromLatin1(id)), qPrintable(tallyOf(m_listed)));
    qInfo("%d requests of %d foretold: %s", ran.sent, ran.foretold, qPrintable(tallyOf(m_listed)));
}

// While access.mass-assignment has made a member an administrator nobody asks what a member may do.
void RequestCountTest::whatRaisesARoleIsSentAlone()
{
    const auto isIts = [](const ExportedRequest &one) { return one.check == "access.mass-assignment"_L1; };
    const auto first = std::ranges::find_if(m_listed, isIts);
    const auto last = std::find_if(m_listed.rbegin(), m_listed.rend(), isIts).base();
    QVERIFY(first != m_listed.end());
    QStringList beside;
    for (auto one = first; one != last; ++one) {
        if (!isIts(*one) && one->check != kSignInCheck)
            beside.append(one->check + u' ' + one->route);
    }
    QVERIFY2(beside.isEmpty(), qPrintable(said(beside)));
}

void RequestCountTest::theListIsWhatTheDeskReceived()
{
    DeskLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const Ran ran = runAt(deskAt(lab));
    const auto listed = exportedFrom(ran.csv);
    const QStringList differences = differencesOf(lab.desk().journal().lines(), listed);
    QVERIFY2(differences.isEmpty(), qPrintable(said(differences)));
    QVERIFY(ran.sent > 0 && ran.sent <= ran.foretold);
    qInfo("%d requests of %d foretold: %s", ran.sent, ran.foretold, qPrintable(tallyOf(listed)));
}

// Whichever line is left out of the list, or added to it.
void RequestCountTest::thisTestWouldNotice()
{
    QVERIFY(!m_listed.empty());
    for (std::size_t i = 0; i < m_listed.size(); i += m_listed.size() / 20 + 1) {
        std::vector<ExportedRequest> shorter = m_listed;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        QCOMPARE(differencesOf(m_received, shorter).size(), isOnSocket(m_listed[i]) ? 0 : 1);
        std::vector<ExportedRequest> longer = m_listed;
        longer.push_back(m_listed[i]);
        QCOMPARE(differencesOf(m_received, longer).size(), isOnSocket(m_listed[i]) ? 0 : 1);
    }
}

QTEST_GUILESS_MAIN(RequestCountTest)
#include "tst_requestcount.moc"
