// The lists that a project keeps come back from its file: routes, monitors with their samples, notes, redirects,
// sources.
#include "storetest.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using test::kNoon;

namespace {

Sample sampleOf(qint64 monitorId, const QDateTime &at)
{
    Sample sample;
    sample.monitorId = monitorId;
    sample.at = at;
    return sample;
}

} // namespace

class TestProjectLists : public test::StoreTest
{
    Q_OBJECT

private slots:
    void init() { create(); }
    void cleanup() { m_store.reset(); }
    void keepsListsInOrder();
    void givesMonitorsTheirIds();
    void readsSamplesByTime();
    void keepsNotesOnIncidents();
    void keepsTheRedirectMap();
    void keepsWhatLiesHere();
    void keepsTheProofOfDelivery();
};

void TestProjectLists::keepsListsInOrder()
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

void TestProjectLists::givesMonitorsTheirIds()
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

void TestProjectLists::readsSamplesByTime()
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

void TestProjectLists::keepsNotesOnIncidents()
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

void TestProjectLists::keepsTheRedirectMap()
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

void TestProjectLists::keepsWhatLiesHere()
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

void TestProjectLists::keepsTheProofOfDelivery()
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

QTEST_GUILESS_MAIN(TestProjectLists)
#include "tst_projectlists.moc"
