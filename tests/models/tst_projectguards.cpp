// What a project's file must not hold, and what is not taken from one that somebody else wrote.
#include "storetest.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using test::kNoon;

class TestProjectGuards : public test::StoreTest
{
    Q_OBJECT

private slots:
    void init() { create(); }
    void cleanup() { m_store.reset(); }
    void leavesOutForeignRedirects();
    void leavesOutForeignSources();
    void storesNoSecret();
    void storesNoSecretThatAPersonTyped();
    void refusesWordsThatItDoesNotKnow_data();
    void refusesWordsThatItDoesNotKnow();
};

// A file may come by mail: an address of the reader's own network is not asked for.
void TestProjectGuards::leavesOutForeignRedirects()
{
    writeByHand(u"INSERT INTO redirect (old_address, wanted_address) VALUES"
                " ('http://192.168.1.1/reboot', ''), ('file:///etc/passwd', ''), ('/good', '/new')"_s);
    QVERIFY(m_store);
    const std::vector<RedirectEntry> kept{{u"/good"_s, u"/new"_s}};
    QCOMPARE(m_store->load()->redirects, kept);
}

void TestProjectGuards::leavesOutForeignSources()
{
    writeByHand(u"INSERT INTO local_source (kind, path, environment) VALUES ('code', 'here/../there', NULL),"
                " ('code', '', NULL), ('log', '/a' || char(10) || 'b', NULL), ('log', '/good', 'production')"_s);
    QVERIFY(m_store);
    QCOMPARE(m_store->load()->sources,
             (std::vector{LocalSource{SourceKind::Log, u"/good"_s, Environment::Production}}));
}

void TestProjectGuards::storesNoSecret()
{
    const QString secret = u"sk_live_4eC39HqLyjWDarjtT1zdp7dc"_s;
    Finding leaky = test::finding();
    leaky.subject = secret;
    leaky.whatWeSaw = u"The page holds %1."_s.arg(secret);
    leaky.evidence = {{u"GET /"_s, u"Authorization: Bearer %1"_s.arg(secret)}};
    Run run = test::runWith({leaky});
    run.results.front().observed = {{u"headers"_s, QJsonObject{{u"x"_s, secret}}}};
    run.results.front().summary = secret;
    QVERIFY(m_store->saveRun(run));
    QVERIFY(m_store->saveAnswer(test::answer(u"a"_s, u"the key is %1"_s.arg(secret))));
    m_store.reset();
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(secret.toUtf8()));
}

// The dialogs refuse most of these; a file that somebody else wrote did not pass them.
void TestProjectGuards::storesNoSecretThatAPersonTyped()
{
    const QString secret = u"sk_live_4eC39HqLyjWDarjtT1zdp7dc"_s;
    ProjectSettings settings = test::settings();
    settings.name = secret;
    QVERIFY(m_store->saveSettings(settings));
    QVERIFY(m_store->saveDecision({u"f1"_s, DecisionKind::Accepted, {}, secret, secret, kNoon}));
    Answer answer = test::answer(u"a"_s, secret);
    answer.by = secret;
    answer.attachments = {{AttachmentKind::Link, u"https://wiki.example.com/?token="_s + secret, {}}};
    QVERIFY(m_store->saveAnswer(answer));
    QVERIFY(m_store->saveRoutes({{u"GET"_s, u"/a?key="_s + secret, AccessClass::Public, {}, false, secret}}));
    QVERIFY(m_store->saveCredentials({{secret, secret, u"cockpit/1"_s, kNoon, {}}}));
    QVERIFY(m_store->saveOwnership({{secret, secret, secret, secret, secret}}));
    Monitor monitor;
    monitor.name = secret;
    monitor.url = u"https://%1@example.com/?api_key=%1"_s.arg(secret);
    const Result<std::vector<Monitor>> stored = m_store->saveMonitors({monitor});
    QVERIFY(stored);
    QCOMPARE(reloaded().monitors, *stored); // what is watched is what the file says
    m_store.reset();
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(secret.toUtf8()));
}

void TestProjectGuards::refusesWordsThatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("a decision") << u"UPDATE decision SET kind = 'some_day'"_s;
    QTest::newRow("an answer") << u"UPDATE answer SET value = 'perhaps'"_s;
    QTest::newRow("an attachment") << u"UPDATE attachment SET kind = 'film'"_s;
    QTest::newRow("who may ask for a route") << u"UPDATE route SET access = 'partners'"_s;
    QTest::newRow("what a host is for") << u"UPDATE host SET role = 'shop'"_s;
    QTest::newRow("what a message proved") << u"INSERT INTO delivery (id, proof) VALUES (1, '{\"dmarc\":\"maybe\"}')"_s;
    QTest::newRow("what a monitor watches") << u"UPDATE monitor SET kind = 'smell'"_s;
}

// A word of a newer program must not become another meaning: "accept until May" is not "fix now".
void TestProjectGuards::refusesWordsThatItDoesNotKnow()
{
    QFETCH(QString, statement);
    QVERIFY(m_store->saveDecision({u"f1"_s, DecisionKind::FixNow, {}, {}, u"Sam"_s, kNoon}));
    QVERIFY(m_store->saveAnswer(test::answer(u"a"_s)));
    QVERIFY(m_store->saveRoutes({Route{}}));
    QVERIFY(m_store->saveMonitors({Monitor{}}));
    QVERIFY(m_store->load());
    writeByHand(statement);
    QVERIFY(m_store);
    const Result<ProjectState> state = m_store->load();
    QVERIFY(!state);
    QCOMPARE(state.error().kind, ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestProjectGuards)
#include "tst_projectguards.moc"
