// Leave to send hostile requests: the permission of the project, and where its addresses lead.
#include "checks/engine/activeleave.h"
#include "checks/engine/actorsecrets.h"
#include "tests/checks/access/memoryjournal.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

Permission given(const QString &domain)
{
    Permission permission;
    permission.token = newControlToken();
    permission.proof = ControlProof{ControlMethod::TxtRecord, domain, kNow.addDays(-1)};
    permission.agreedBy = u"Anna"_s;
    permission.agreedAt = kNow.addDays(-1);
    permission.agreedFor = domain;
    return permission;
}

ProjectState projectFor(const QString &address, std::vector<Host> more = {})
{
    ProjectState project;
    project.settings.target = parseAddress(address).value();
    auto &hosts = project.settings.target.hosts;
    hosts.insert(hosts.end(), more.begin(), more.end());
    project.permission = given(project.settings.target.domain);
    return project;
}

NetOptions led(const QStringList &connects)
{
    NetOptions net;
    for (const QString &connect : connects)
        net.connects.push_back(parseConnectOverride(connect).value());
    return net;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Permission &)>)

class ActiveLeaveTest : public QObject
{
    Q_OBJECT

private slots:
    void followsThePermission_data();
    void followsThePermission();
    void sendsToWhatIsCoveredAlone();
    void knowsThisComputer_data();
    void knowsThisComputer();
    void thisComputerNeedsAgreementAlone();
    void aFileCannotSayThatItIsHere();
    void readsSecrets();
    void asksAnAbsentKeychainOnce();
    void isNotCalledByTheDead();
};

void ActiveLeaveTest::followsThePermission_data()
{
    QTest::addColumn<std::function<void(Permission &)>>("change");
    QTest::addColumn<PermissionState>("state");
    const auto row = [](const char *name, PermissionState state, std::function<void(Permission &)> change) {
        QTest::newRow(name) << std::move(change) << state;
    };
    row("given", PermissionState::Given, [](Permission &) {});
    row("never shown", PermissionState::NotProven, [](Permission &p) { p.proof.reset(); });
    row("shown 7 days ago", PermissionState::Expired, [](Permission &p) { p.proof->provenAt = kNow.addDays(-7); });
    row("shown a second less ago", PermissionState::Given,
        [](Permission &p) { p.proof->provenAt = kNow.addDays(-7).addSecs(1); });
    row("shown for another", PermissionState::OtherTarget, [](Permission &p) { p.proof->domain = u"other.com"_s; });
    row("not agreed", PermissionState::NotAgreed, [](Permission &p) { p.agreedBy.clear(); });
    row("agreed for another", PermissionState::NotAgreed, [](Permission &p) { p.agreedFor = u"other.com"_s; });
    row("stopped", PermissionState::Stopped, [](Permission &p) { p.stopped = true; });
}

void ActiveLeaveTest::followsThePermission()
{
    QFETCH(std::function<void(Permission &)>, change);
    QFETCH(PermissionState, state);
    ProjectState project = projectFor(u"example.com"_s);
    change(project.permission);
    const ActiveLeave leave = activeLeave(project, {}, kNow);
    QCOMPARE(leave.state, state);
    QCOMPARE(leave.isGiven(), state == PermissionState::Given);
    PlanRequest request;
    const auto journal = std::make_shared<MemoryJournal>();
    give(leave, journal, request);
    QCOMPARE(request.permission, state);
    QCOMPARE(request.active.has_value(), state == PermissionState::Given);
    if (request.active) // who may send has what it makes written down
        QCOMPARE(ActiveGate(*request.active).journal(), journal);
}

void ActiveLeaveTest::sendsToWhatIsCoveredAlone()
{
    const ProjectState project = projectFor(u"example.com"_s, {{HostRole::Api, u"api.example.com"_s},
                                                               {HostRole::App, u"acme.hosting.test"_s},
                                                               {HostRole::Mail, u"mx.example.com"_s}});
    const ActiveLeave leave = activeLeave(project, {}, kNow);
    QVERIFY(leave.isGiven());
    QCOMPARE(leave.terms->hosts, QStringList({u"example.com"_s, u"www.example.com"_s, u"api.example.com"_s}));
    QCOMPARE(leave.terms->budget, project.permission.budget);
    QVERIFY(leave.terms->secrets.empty());
    QVERIFY(!leave.terms->isHere);
}

void ActiveLeaveTest::knowsThisComputer_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QStringList>("connects");
    QTest::addColumn<bool>("here");
    const auto row = [](const char *name, const QString &address, const QStringList &connects, bool here) {
        QTest::newRow(name) << address << connects << here;
    };
    row("a stranger", u"example.com"_s, {}, false);
    row("this computer", u"127.0.0.1:8443"_s, {}, true);
    row("this computer by its name", u"localhost"_s, {}, true);
    row("every host and port led here", u"example.com"_s, {u"::127.0.0.1:8443"_s}, true);
    row("every host and port led away", u"example.com"_s, {u"::192.0.2.1:443"_s}, false);
    row("this computer led away", u"127.0.0.1"_s, {u":80:192.0.2.1:80"_s}, false);
    row("only the HTTPS port led here", u"example.com"_s, {u":443:127.0.0.1:8443"_s}, true);
    row("only the HTTP port led here", u"example.com"_s, {u":80:127.0.0.1:8080"_s}, false);
    row("one host of two led here", u"example.com"_s, {u"example.com::127.0.0.1:8443"_s}, false);
    row("both hosts led here", u"example.com"_s,
        {u"example.com::127.0.0.1:8443"_s, u"www.example.com::127.0.0.1:8443"_s}, true);
}

void ActiveLeaveTest::knowsThisComputer()
{
    QFETCH(QString, address);
    QFETCH(QStringList, connects);
    QFETCH(bool, here);
    QCOMPARE(leadsToThisComputer(parseAddress(address).value(), led(connects)), here);
}

void ActiveLeaveTest::thisComputerNeedsAgreementAlone()
{
    ProjectState project = projectFor(u"example.com"_s);
    const NetOptions here = led({u"::127.0.0.1:8443"_s});
    project.permission.proof.reset();
    const ActiveLeave leave = activeLeave(project, here, kNow);
    QVERIFY(leave.isGiven());
    QCOMPARE(leave.terms->hosts, QStringList({u"example.com"_s, u"www.example.com"_s}));
    QVERIFY(leave.terms->isHere);                                               // and nowhere else
    QCOMPARE(activeLeave(project, {}, kNow).state, PermissionState::NotProven); // the same without the overrides
    project.permission.agreedBy.clear();
    QCOMPARE(activeLeave(project, here, kNow).state, PermissionState::NotAgreed);
}

void ActiveLeaveTest::aFileCannotSayThatItIsHere()
{
    ProjectState project = projectFor(u"example.com"_s);
    project.permission.proof->method = ControlMethod::Loopback;
    QVERIFY(!activeLeave(project, {}, kNow).isGiven());
    NetOptions home;
    home.homeDomain = u"example.com"_s;
    QVERIFY(activeLeave(project, home, kNow).isGiven());
    project.settings.target.hosts.push_back({HostRole::Other, u"notexample.com"_s});
    QVERIFY(!activeLeave(project, home, kNow).isGiven());
}

namespace {

// Answers what it has, or not at all.
class Keychain : public CredentialStore
{
public:
    void write(const QString &, const Secret &, std::function<void(Result<void>)>) override {}
    void read(const QString &entry, std::function<void(Result<Secret>)> done) override
    {
        ++reads;
        if (isMute)
            return late.push_back(std::move(done));
        if (entry == "entry 1"_L1)
            return done(Secret("one"));
        done(failure(ErrorKind::NotFound, u"There is no such entry."_s));
    }
    void remove(const QString &, std::function<void(Result<void>)>) override {}
    bool isSessionOnly() const override { return false; }

    bool isMute = false;
    int reads = 0;
    std::vector<std::function<void(Result<Secret>)>> late;
};

std::vector<TestActor> actorsWith(const QStringList &credentials)
{
    std::vector<TestActor> actors;
    for (const QString &credential : credentials) {
        TestActor actor;
        actor.id = u"id %1"_s.arg(actors.size() + 1);
        actor.name = u"Actor %1"_s.arg(actors.size() + 1);
        actor.credential = credential;
        actors.push_back(actor);
    }
    return actors;
}

const std::vector<Credential> kCredentials{{u"first"_s, {}, u"entry 1"_s, {}, {}},
                                           {u"second"_s, {}, u"entry 2"_s, {}, {}}};

} // namespace

void ActiveLeaveTest::readsSecrets()
{
    Keychain keychain;
    std::optional<ActorSecrets> read;
    readActorSecrets(keychain, actorsWith({u"first"_s, u"second"_s, u"third"_s}), kCredentials, std::chrono::seconds(5),
                     this, [&](const ActorSecrets &secrets) { read = secrets; });
    QVERIFY(read);
    QCOMPARE(keychain.reads, 2);
    QCOMPARE(read->entries, QStringList({u"entry 1"_s})); // what was not there was not used
    QCOMPARE(read->values.size(), size_t(1));
    QVERIFY(read->values.at(u"id 1"_s) == Secret("one"));
    QCOMPARE(read->missing.at(u"id 2"_s), u"The test account \"Actor 2\" cannot sign in: There is no such entry."_s);
    QCOMPARE(read->missing.at(u"id 3"_s),
             u"The test account \"Actor 3\" cannot sign in: No credential is chosen for it."_s);
    ActiveTerms terms;
    read->addTo(terms);
    QCOMPARE(terms.missingSecrets.size(), size_t(2));
}

void ActiveLeaveTest::asksAnAbsentKeychainOnce()
{
    Keychain keychain;
    keychain.isMute = true;
    std::optional<ActorSecrets> read;
    readActorSecrets(keychain, actorsWith({u"first"_s, u"second"_s}), kCredentials, std::chrono::milliseconds(20), this,
                     [&](const ActorSecrets &secrets) { read = secrets; });
    QTRY_VERIFY(read);
    QCOMPARE(keychain.reads, 1);
    QCOMPARE(read->missing.size(), size_t(2));
    const auto before = read;
    keychain.late.front()(Secret("one")); // too late
    QVERIFY(before->missing == read->missing && read->values.empty());
}

void ActiveLeaveTest::isNotCalledByTheDead()
{
    Keychain keychain;
    keychain.isMute = true;
    bool called = false;
    {
        QObject context;
        readActorSecrets(keychain, actorsWith({u"first"_s}), kCredentials, std::chrono::seconds(5), &context,
                         [&](const ActorSecrets &) { called = true; });
    }
    keychain.late.front()(Secret("one"));
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(ActiveLeaveTest)
#include "tst_activeleave.moc"
