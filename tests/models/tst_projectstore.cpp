#include "models/store/projectfile.h"
#include "models/store/rows.h"
#include "models/store/schema.h"
#include "storefixtures.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using test::kNoon;

// What is saved comes back, one kind of value after the other.
class TestProjectStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keepsSettings();
    void foldsARunIntoFindings();
    void closesAFindingWhenAReCheckPasses();
    void keepsALookWhenACheckDidNotRun();
    void replacesWhatWasSaidForAllHosts();
    void followsARunThatGoesOn();
    void keepsTheLastRunOverRecordLooks();
    void forgetsHostsThatAreGone();
    void keepsDecisions();
    void refusesAnIncompleteDecision();
    void keepsAnswersWithAttachments();
    void keepsListsInOrder();
    void givesMonitorsTheirIds();
    void readsSamplesByTime();
    void keepsNotesOnIncidents();
    void keepsTheRedirectMap();
    void leavesOutForeignRedirects();
    void keepsWhatLiesHere();
    void leavesOutForeignSources();
    void keepsTheProofOfDelivery();
    void storesNoSecret();
    void forgetsWhatIsNoLongerAsked();
    void storesNoSecretThatAPersonTyped();
    void refusesWordsThatItDoesNotKnow_data();
    void refusesWordsThatItDoesNotKnow();

private:
    std::unique_ptr<ProjectStore> reopened();
    ProjectState reloaded();
    int countOf(const QString &table) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<ProjectStore> m_store;
};

namespace {

Sample sampleOf(qint64 monitorId, const QDateTime &at)
{
    Sample sample;
    sample.monitorId = monitorId;
    sample.at = at;
    return sample;
}

} // namespace

void TestProjectStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"example ops #1?.cockpit"_s);
    auto created = ProjectStore::create(m_path, test::settings());
    QVERIFY2(created.has_value(), created ? "" : qPrintable(created.error().message + created.error().detail));
    m_store = std::move(*created);
}

void TestProjectStore::cleanup()
{
    m_store.reset();
}

std::unique_ptr<ProjectStore> TestProjectStore::reopened()
{
    m_store.reset();
    auto opened = ProjectStore::open(m_path, OpenMode::ReadWrite);
    return opened ? std::move(*opened) : nullptr;
}

int TestProjectStore::countOf(const QString &table) const
{
    auto connection = store::Connection::openToRead(m_store->path());
    if (!connection)
        return -1;
    store::Statements statements = (*connection)->statements();
    return statements.value(u"SELECT count(*) FROM %1"_s.arg(table)).toInt();
}

ProjectState TestProjectStore::reloaded()
{
    m_store = reopened();
    const Result<ProjectState> state = m_store ? m_store->load() : ProjectState();
    return state.value_or(ProjectState());
}

void TestProjectStore::keepsSettings()
{
    QCOMPARE(reloaded().settings, test::settings());
    ProjectSettings changed = test::settings();
    changed.name = u"Renamed"_s;
    changed.roadmapId = u"ai-marketplace"_s;
    changed.target.hosts.pop_back();
    QVERIFY(m_store->saveSettings(changed));
    QCOMPARE(reloaded().settings, changed);
}

void TestProjectStore::foldsARunIntoFindings()
{
    const Result<ProjectState> saved = m_store->saveRun(test::runWith({test::finding()}));
    QVERIFY(saved);
    QCOMPARE(saved->findings.size(), 1u);
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.findings, saved->findings);
    QCOMPARE(loaded.latest, saved->latest);
    QCOMPARE(loaded.history, saved->history);
    QVERIFY(loaded.lastRun);
    QCOMPARE(loaded.lastRun, saved->lastRun);
    QCOMPARE(loaded.lastRun->finished, kNoon);
    QVERIFY(loaded.lastRun->results.empty());
}

void TestProjectStore::closesAFindingWhenAReCheckPasses()
{
    QVERIFY(m_store->saveRun(test::runWith({test::finding()})));
    QVERIFY(m_store->saveRun(test::runWith({}, kNoon.addSecs(60))));
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.findings.size(), 1u);
    QVERIFY(!loaded.findings.begin()->second.isOpen());
    QCOMPARE(loaded.findings.begin()->second.firstSeen, kNoon);
    QCOMPARE(loaded.history.size(), 2u);
}

void TestProjectStore::keepsALookWhenACheckDidNotRun()
{
    QVERIFY(m_store->saveRun(test::runWith({})));
    Run offline = test::runWith({}, kNoon.addSecs(60));
    offline.results.front().outcome = Outcome::NotRun;
    const Result<ProjectState> saved = m_store->saveRun(offline);
    QVERIFY(saved);
    QCOMPARE(saved->latest.at(u"mail.dmarc"_s).outcome, Outcome::Pass);
    QCOMPARE(reloaded().latest, saved->latest);
}

void TestProjectStore::replacesWhatWasSaidForAllHosts()
{
    Run notBuilt = test::runWith({});
    notBuilt.results.front().outcome = Outcome::NotRun;
    QVERIFY(m_store->saveRun(notBuilt));
    Run onHost = test::runWith({}, kNoon.addSecs(60));
    onHost.results.front().host = u"app.example.com"_s;
    const Result<ProjectState> saved = m_store->saveRun(onHost);
    QVERIFY(saved);
    QCOMPARE(saved->latest.size(), 1u);
    QCOMPARE(reloaded().latest, saved->latest);
}

void TestProjectStore::followsARunThatGoesOn()
{
    Run run = test::runWith({test::finding()});
    run.stopped = true; // until it has ended
    const Result<ProjectState> begun = m_store->saveRun(run);
    QVERIFY(begun);
    run.id = begun->lastRun->id;
    run.stopped = false;
    run.finished = kNoon.addSecs(60);
    const Result<ProjectState> ended = m_store->saveRun(run);
    QVERIFY(ended);
    QCOMPARE(ended->lastRun->id, begun->lastRun->id);
    QCOMPARE(ended->history, begun->history); // the same finding is found once
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.lastRun, ended->lastRun);
    QCOMPARE(loaded.lastRun->finished, kNoon.addSecs(60));
    QVERIFY(!loaded.lastRun->stopped);
}

// The program looks for changed records by itself, up to every quarter of an hour: neither the date of the last look at
// the product nor the size of the file follows that.
void TestProjectStore::keepsTheLastRunOverRecordLooks()
{
    Run whole = test::runWith({});
    CheckResult drift = whole.results.front();
    drift.checkId = u"dns.drift"_s;
    whole.results.push_back(drift);
    const qint64 wholeId = m_store->saveRun(whole).value().lastRun->id;
    for (int hour = 1; hour <= 50; ++hour) { // every second one sees what the one before saw
        Run look = test::runWith({}, kNoon.addSecs(hour * 3600));
        look.results = {drift};
        look.results.front().duration = std::chrono::milliseconds(hour / 2);
        QVERIFY(m_store->saveRun(look));
    }
    const ProjectState loaded = reloaded();
    QVERIFY(loaded.lastRun);
    QCOMPARE(loaded.lastRun->id, wholeId);
    QCOMPARE(loaded.lastRun->finished, kNoon);
    QCOMPARE(loaded.latest.at(u"dns.drift"_s).duration, std::chrono::milliseconds(25));
    QCOMPARE(countOf(u"run"_s), 2);

    const Run again = test::runWith({}, kNoon.addDays(3)); // it says the same as the first
    QVERIFY(m_store->saveRun(again));
    QCOMPARE(reloaded().lastRun->finished, again.finished);
    QCOMPARE(countOf(u"run"_s), 2);
}

void TestProjectStore::forgetsHostsThatAreGone()
{
    ProjectSettings settings = test::settings();
    settings.target.hosts.push_back({HostRole::Other, u"gone.example.com"_s});
    QVERIFY(m_store->saveSettings(settings));
    Finding there = test::finding();
    there.host = u"gone.example.com"_s;
    Run run = test::runWith({there});
    run.results.front().host = there.host;
    QVERIFY(m_store->saveRun(run));
    QVERIFY(m_store->saveDecision({there.id(), DecisionKind::FixNow, {}, {}, u"Sam"_s, kNoon}));
    QVERIFY(m_store->saveSettings(settings)); // the same hosts: nothing goes
    QCOMPARE(reloaded().findings.size(), 1u);
    settings.target.hosts.pop_back();
    QVERIFY(m_store->saveSettings(settings));
    const ProjectState loaded = reloaded();
    QVERIFY(loaded.findings.empty());
    QVERIFY(loaded.latest.empty());
    QVERIFY(loaded.decisions.empty());
    QCOMPARE(loaded.history.size(), 2u);
}

void TestProjectStore::keepsDecisions()
{
    const Decision later{u"f1"_s, DecisionKind::FixLater, QDate(2026, 4, 1), u"after launch"_s, u"Sam"_s, kNoon};
    const Decision now{u"f2"_s, DecisionKind::FixNow, {}, u""_s, u"Sam"_s, kNoon};
    QVERIFY(m_store->saveDecision(later));
    QVERIFY(m_store->saveDecision(now));
    QCOMPARE(reloaded().decisions.at(u"f1"_s), later);
    QCOMPARE(reloaded().decisions.at(u"f2"_s), now);
    QVERIFY(m_store->removeDecision(u"f1"_s, kNoon.addSecs(1)));
    const ProjectState loaded = reloaded();
    QVERIFY(!loaded.decisions.contains(u"f1"_s));
    QCOMPARE(loaded.history.size(), 3u);
    QCOMPARE(loaded.history.back().at, kNoon.addSecs(1));
}

void TestProjectStore::refusesAnIncompleteDecision()
{
    const Result<void> saved = m_store->saveDecision({u"f1"_s, DecisionKind::Accepted, {}, {}, {}, kNoon});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::BadInput);
    QVERIFY(reloaded().decisions.empty());
}

void TestProjectStore::keepsAnswersWithAttachments()
{
    QVERIFY(m_store->saveAnswer(test::answer(u"a"_s)));
    Answer changed = test::answer(u"a"_s, u"Second thought"_s);
    changed.attachments.pop_back();
    QVERIFY(m_store->saveAnswer(changed));
    QVERIFY(m_store->saveAnswer(test::answer(u"b"_s)));
    QCOMPARE(reloaded().answers, (std::map<QString, Answer>{{u"a"_s, changed}, {u"b"_s, test::answer(u"b"_s)}}));
    QVERIFY(m_store->removeAnswer(u"a"_s));
    QCOMPARE(reloaded().answers.size(), 1u);
}

void TestProjectStore::keepsListsInOrder()
{
    const std::vector<Route> routes{
        {u"GET"_s, u"/b"_s, AccessClass::Admin, u""_s, false, u"typed"_s},
        {u"POST"_s, u"/a/{id}"_s, AccessClass::Public, u"api.example.com"_s, true, u"HAR"_s, true, u"/a/7"_s}};
    std::vector<Credential> credentials{{u"Test user"_s, u"customer A"_s, u"cockpit/1"_s, kNoon, {}}};
    const std::vector<Ownership> ownership{{u"DNS"_s, u"Registrar One"_s, u"Dana"_s, u"Sam"_s, u""_s},
                                           {u"Domain"_s, u"Registrar One"_s, u"Dana"_s, u""_s, u"renews in May"_s}};
    QVERIFY(m_store->saveRoutes(routes));
    QVERIFY(m_store->saveRoutes(routes)); // replaces
    QVERIFY(m_store->saveCredentials(credentials));
    QVERIFY(m_store->noteCredentialUse({credentials.front().keychainEntry, u"of-nobody"_s}, kNoon.addDays(1)));
    credentials.front().lastUsedAt = kNoon.addDays(1);
    QVERIFY(m_store->saveOwnership(ownership));
    const std::vector<ListedName> names{{u"z.example.com"_s, u"Our blog"_s, u""_s},
                                        {u"a.example.com"_s, u""_s, u"mine.csv"_s}};
    QVERIFY(m_store->saveNames(names));
    QVERIFY(m_store->saveNames(names));
    const ProjectState loaded = reloaded();
    QCOMPARE(loaded.names, names);
    QCOMPARE(loaded.routes, routes);
    QCOMPARE(loaded.credentials, credentials);
    QCOMPARE(loaded.ownership, ownership);
}

void TestProjectStore::givesMonitorsTheirIds()
{
    const Monitor home{0,   MonitorKind::Uptime, u"Homepage"_s, u"https://example.com/"_s, std::chrono::seconds(60),
                       true};
    const Monitor login{0,    MonitorKind::Latency, u"Login"_s, u"https://app.example.com/"_s, std::chrono::seconds(30),
                        false};
    Result<std::vector<Monitor>> stored = m_store->saveMonitors({home, login});
    QVERIFY(stored);
    QVERIFY(stored->at(0).id > 0 && stored->at(1).id > stored->at(0).id);
    QCOMPARE(reloaded().monitors, *stored);

    const qint64 homeId = stored->at(0).id;
    QVERIFY(m_store->appendSamples({sampleOf(homeId, kNoon), sampleOf(stored->at(1).id, kNoon)}));
    QVERIFY(m_store->saveMonitors({stored->at(1)}));
    QCOMPARE(m_store->samples(homeId, kNoon, kNoon)->size(), 0u);
    QCOMPARE(m_store->samples(stored->at(1).id, kNoon, kNoon)->size(), 1u);
    // One that was measured while its monitor went away does not spoil the rest.
    QVERIFY(m_store->appendSamples({sampleOf(homeId, kNoon)}));
}

void TestProjectStore::readsSamplesByTime()
{
    const qint64 id = m_store->saveMonitors({Monitor{}})->front().id;
    Sample full = sampleOf(id, kNoon);
    full.state = SampleState::Up;
    full.httpStatus = 200;
    full.total = std::chrono::milliseconds(120);
    full.dns = std::chrono::milliseconds(10);
    full.connect = std::chrono::milliseconds(20);
    full.tls = std::chrono::milliseconds(30);
    full.firstByte = std::chrono::milliseconds(100);
    full.certificateDaysLeft = 0;
    full.message = u""_s;
    Sample earlier = sampleOf(id, kNoon.addSecs(-1));
    earlier.state = SampleState::Down;
    earlier.message = u"refused"_s;
    QVERIFY(m_store->appendSamples({full, earlier, sampleOf(id, kNoon.addSecs(10))}));
    QCOMPARE(*m_store->samples(id, kNoon.addSecs(-1), kNoon), (std::vector<Sample>{earlier, full}));
    QCOMPARE(m_store->samples(id, kNoon.addMSecs(1), kNoon.addSecs(9))->size(), 0u);
}

void TestProjectStore::keepsNotesOnIncidents()
{
    const qint64 id = m_store->saveMonitors({Monitor{}})->front().id;
    QVERIFY(m_store->saveIncidentNote({id, kNoon, u"Restarted the app"_s}));
    QVERIFY(m_store->saveIncidentNote({id, kNoon.addSecs(60), u"Told the customers"_s}));
    QVERIFY(m_store->saveIncidentNote({id, kNoon, u"Moved to a larger machine"_s}));
    const std::vector<IncidentNote> notes = reloaded().incidentNotes;
    QCOMPARE(notes.size(), 2u);
    QCOMPARE(noteAbout({.monitorId = id, .started = kNoon}, notes), u"Moved to a larger machine"_s);
    QCOMPARE(noteAbout({.monitorId = id + 1, .started = kNoon}, notes), QString());
    QVERIFY(m_store->saveIncidentNote({id, kNoon, {}}));
    QCOMPARE(reloaded().incidentNotes.size(), 1u);
    QVERIFY(m_store->saveMonitors({})); // what is no longer watched takes its notes along
    QCOMPARE(reloaded().incidentNotes.size(), 0u);
}

void TestProjectStore::keepsTheRedirectMap()
{
    const std::vector<RedirectEntry> redirects{{u"/z"_s, u"/y"_s}, {u"https://old.example.com/a?b=1"_s, {}}};
    QVERIFY(m_store->saveRedirects(redirects));
    QVERIFY(m_store->saveRedirects(redirects)); // replaces the list
    QCOMPARE(m_store->load()->redirects, redirects);
    QVERIFY(!m_store->saveRedirects({{u"/reset?token=4f9d2c7ab81e45d09c3367aa12"_s, {}}})); // no key in the file
    QVERIFY(!m_store->saveRedirects({{u"javascript:alert(1)"_s, {}}}));
    QCOMPARE(m_store->load()->redirects, redirects);
    QVERIFY(m_store->saveRedirects({}));
    QVERIFY(m_store->load()->redirects.empty());
}

// A file may come by mail: an address of the reader's own network is not asked for.
void TestProjectStore::leavesOutForeignRedirects()
{
    m_store.reset();
    {
        const auto connection = store::Connection::open(m_path, store::Access::Write);
        QVERIFY(connection);
        store::Statements statements = (*connection)->statements();
        statements.run(u"INSERT INTO redirect (old_address, wanted_address) VALUES"
                       " ('http://192.168.1.1/reboot', ''), ('file:///etc/passwd', ''), ('/good', '/new')"_s);
        QVERIFY(statements.result());
    }
    m_store = reopened();
    QVERIFY(m_store);
    const std::vector<RedirectEntry> kept{{u"/good"_s, u"/new"_s}};
    QCOMPARE(m_store->load()->redirects, kept);
}

void TestProjectStore::keepsWhatLiesHere()
{
    const std::vector<LocalSource> sources{{SourceKind::Code, u"/srv/shop"_s, {}},
                                           {SourceKind::Settings, u"/srv/.env"_s, Environment::Staging}};
    QVERIFY(m_store->saveSources(sources));
    QVERIFY(m_store->saveSources(sources)); // replaces the list
    QCOMPARE(m_store->load()->sources, sources);
    QVERIFY(!m_store->saveSources({{SourceKind::Code, u" "_s, {}}}));
    QCOMPARE(m_store->load()->sources, sources);
    QVERIFY(m_store->saveSources({}));
    QVERIFY(m_store->load()->sources.empty());
}

void TestProjectStore::leavesOutForeignSources()
{
    m_store.reset();
    {
        const auto connection = store::Connection::open(m_path, store::Access::Write);
        QVERIFY(connection);
        store::Statements statements = (*connection)->statements();
        statements.run(u"INSERT INTO local_source (kind, path, environment) VALUES ('code', 'here/../there', NULL),"
                       " ('code', '', NULL), ('log', '/a' || char(10) || 'b', NULL), ('log', '/good', 'production')"_s);
        QVERIFY(statements.result());
    }
    m_store = reopened();
    QVERIFY(m_store);
    QCOMPARE(m_store->load()->sources,
             (std::vector{LocalSource{SourceKind::Log, u"/good"_s, Environment::Production}}));
}

void TestProjectStore::keepsTheProofOfDelivery()
{
    Delivery delivery;
    delivery.setup =
        DeliverySetup{u"smtp.example.com"_s, 587, SmtpSecurity::StartTls, u"user"_s, u"entry"_s, u"a@example.com"_s,
                      u"b@example.net"_s};
    delivery.sent = SentMessage{kNoon, u"0123456789abcdef0123456789abcdef"_s, u"250 2.0.0 Ok: queued"_s};
    delivery.proof = DeliveryProof{};
    delivery.proof->at = kNoon;
    delivery.proof->domain = u"example.com"_s;
    delivery.proof->signatures = {{u"example.com"_s, u"s1"_s, ProofState::Pass, true}};
    QVERIFY(m_store->saveDelivery(delivery));
    QCOMPARE(reloaded().delivery, delivery);
    delivery.proof.reset();
    QVERIFY(m_store->saveDelivery(delivery));
    QCOMPARE(reloaded().delivery, delivery);
}

// The host has another role now: the next run, whatever else it looks at, does away with what the old role said.
void TestProjectStore::forgetsWhatIsNoLongerAsked()
{
    Finding finding = test::finding();
    finding.host = u"app.example.com"_s;
    Run before = test::runWith({finding});
    before.results.front().host = finding.host;
    QVERIFY(m_store->saveRun(before));

    Run after = test::runWith({}, test::kNoon.addDays(1));
    after.results.clear();
    after.askedHosts = {{finding.checkId, {u"api.example.com"_s}}};
    QVERIFY(m_store->saveRun(after));
    const auto loaded = m_store->load();
    QVERIFY(loaded);
    QVERIFY(loaded->latest.empty());
    QVERIFY(!loaded->findings.at(finding.id()).isOpen());
    QCOMPARE(loaded->history.back().event, u"closed"_s);
}

void TestProjectStore::storesNoSecret()
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
void TestProjectStore::storesNoSecretThatAPersonTyped()
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

void TestProjectStore::refusesWordsThatItDoesNotKnow_data()
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
void TestProjectStore::refusesWordsThatItDoesNotKnow()
{
    QFETCH(QString, statement);
    QVERIFY(m_store->saveDecision({u"f1"_s, DecisionKind::FixNow, {}, {}, u"Sam"_s, kNoon}));
    QVERIFY(m_store->saveAnswer(test::answer(u"a"_s)));
    QVERIFY(m_store->saveRoutes({Route{}}));
    QVERIFY(m_store->saveMonitors({Monitor{}}));
    QVERIFY(m_store->load());
    m_store.reset();
    {
        const auto connection = store::Connection::open(m_path, store::Access::Write);
        QVERIFY(connection);
        store::Statements statements = (*connection)->statements();
        statements.run(statement);
        QVERIFY(statements.result());
    }
    m_store = reopened();
    QVERIFY(m_store);
    const Result<ProjectState> state = m_store->load();
    QVERIFY(!state);
    QCOMPARE(state.error().kind, ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestProjectStore)
#include "tst_projectstore.moc"
