// access.session-expiry: the change of a password and the way back, at a product that ends every session with it.
#include "checks/access/sessionexpiry.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// A product whose change of the password ends every session, also the one that changed it.
class EndingProduct
{
public:
    explicit EndingProduct(const WebAnswer &toTheChange = {.status = 204}) : m_toTheChange(toTheChange)
    {
        m_lab.on("POST", "/login", [this](const WebRequest &request) { return signIn(request); });
        m_lab.on("GET", "/me", [this](const WebRequest &request) {
            return isIn(request) ? WebAnswer{.body = "{\"email\":\"mia.lund@acme.example\"}"} : refused();
        });
        m_lab.on("POST", "/password", [this](const WebRequest &request) { return change(request); });
    }

    void refuseSignIns() { m_refusesSignIns = true; }
    QByteArray password() const { return m_password; }
    QUrl url(const QString &path) const { return m_lab.url(path); }
    PasswordChangePlan plan() const
    {
        TestActor actor;
        actor.id = u"a1"_s;
        actor.name = u"Mia Lund"_s;
        actor.userName = u"mia.lund@acme.example"_s;
        actor.signIn = jsonSignIn(url(u"/login"_s));
        actor.whoAmIUrl = url(u"/me"_s).toString();
        actor.whoAmIPointer = u"/email"_s;
        actor.isThrowAway = true;
        Route route;
        route.method = u"POST"_s;
        route.path = u"/password"_s;
        route.host = m_lab.host();
        return {actor,
                route,
                {u"POST"_s,
                 route.path,
                 route.host,
                 "application/json",
                 "{\"old_password\":\"\",\"new_password\":\"\"}",
                 {}},
                url(route.path)};
    }
    AttackRun run() const { return AttackRun({}, {m_lab.host()}, {{u"a1"_s, Secret(m_password)}}); }

private:
    static WebAnswer refused() { return {.status = 401, .body = "{\"error\":\"unauthorized\"}"}; }
    bool isIn(const WebRequest &request) const { return m_tokens.count(request.header("authorization").mid(7)) > 0; }
    WebAnswer signIn(const WebRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (m_refusesSignIns || body["password"_L1].toString().toLatin1() != m_password)
            return refused();
        const QByteArray token = "opaque-" + QByteArray::number(++m_count) + "-5d0c1e99a7";
        m_tokens.insert(token);
        return {.body = "{\"access_token\":\"" + token + "\"}"};
    }
    WebAnswer change(const WebRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (!isIn(request) || body["old_password"_L1].toString().toLatin1() != m_password)
            return refused();
        m_password = body["new_password"_L1].toString().toLatin1();
        m_tokens.clear();
        return m_toTheChange;
    }

    WebLab m_lab;
    const WebAnswer m_toTheChange;
    QByteArray m_password = "correct-horse-battery";
    std::set<QByteArray> m_tokens;
    bool m_refusesSignIns = false;
    int m_count = 0;
};

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::WebAnswer)

class TestPasswordChange : public QObject
{
    Q_OBJECT

private slots:
    void changesBackWhereAllSessionsEnd_data();
    void changesBackWhereAllSessionsEnd();
    void saysThatThePasswordIsLeft();
};

void TestPasswordChange::changesBackWhereAllSessionsEnd_data()
{
    QTest::addColumn<WebAnswer>("toTheChange");
    QTest::addColumn<bool>("isStopped");
    const WebAnswer done{.status = 204, .body = {}};
    QTest::newRow("says that it is done") << done << false;
    QTest::newRow("leads to the login") << redirectTo("/login") << false;
    QTest::newRow("stopped before it is undone") << done << true;
}

void TestPasswordChange::changesBackWhereAllSessionsEnd()
{
    QFETCH(WebAnswer, toTheChange);
    QFETCH(bool, isStopped);
    EndingProduct product(toTheChange);
    const QByteArray before = product.password();
    AttackRun run = product.run();
    const ProjectFacts facts;
    const Target target = targetOf({u"127.0.0.1"_s});
    const Look look{.seen = run.seen,
                    .target = target,
                    .policy = run.policy,
                    .facts = facts,
                    .startedAt = QDateTime::currentDateTimeUtc()};
    Wire wire(look, sessionExpiryCheck().id, kPasswordChangeRequests);
    UndoList undo([&] { return run.seen.isOver(); });
    const auto journal = std::make_shared<MemoryJournal>();
    run.journal->to = journal;
    const auto seen = tryPasswordChange(look, product.plan(), wire, undo);
    QCOMPARE(journal->entries().size(), 1U);
    QVERIFY2(seen, seen ? "" : qPrintable(seen.error().message));
    QVERIFY(product.password() != before);
    if (isStopped)
        run.token.cancel();
    const UndoReport report = undo.run();
    QVERIFY2(report.isClean(), qPrintable(report.left.join(u' ')));
    QVERIFY(journal->entries().empty());
    QCOMPARE(product.password(), before);
    QVERIFY(wire.sent() <= kPasswordChangeRequests);
}

void TestPasswordChange::saysThatThePasswordIsLeft()
{
    EndingProduct product;
    AttackRun run = product.run();
    const ProjectFacts facts;
    const Target target = targetOf({u"127.0.0.1"_s});
    const Look look{.seen = run.seen,
                    .target = target,
                    .policy = run.policy,
                    .facts = facts,
                    .startedAt = QDateTime::currentDateTimeUtc()};
    Wire wire(look, sessionExpiryCheck().id, kPasswordChangeRequests);
    UndoList undo([&] { return run.seen.isOver(); });
    const auto journal = std::make_shared<MemoryJournal>();
    run.journal->to = journal;
    const QByteArray before = product.password();
    QVERIFY(tryPasswordChange(look, product.plan(), wire, undo));
    product.refuseSignIns();
    const UndoReport report = undo.run();
    // That it was changed, and neither password.
    QCOMPARE(journal->entries().size(), 1U);
    const QByteArray stored = QJsonDocument(toJson(journal->entries().front())).toJson();
    QVERIFY2(stored.contains("may_be_secret") && !stored.contains(before) && !stored.contains(product.password()),
             stored.constData());
    QCOMPARE(report.left.size(), 1);
    QVERIFY2(report.left.front().contains(u"by hand"_s), qPrintable(report.left.front()));
    QVERIFY(!report.left.front().contains(QString::fromLatin1(product.password())));
}

QTEST_GUILESS_MAIN(TestPasswordChange)
#include "tst_passwordchange.moc"
