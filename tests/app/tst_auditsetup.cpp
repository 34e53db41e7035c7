#include "app/cli/accountsecrets.h"
#include "app/cli/attackleave.h"
#include "app/cli/auditsetup.h"
#include "app/cli/edgetoken.h"
#include "app/cli/parse.h"
#include "app/keychain.h"
#include "models/credentialkind.h"
#include "ui/access/forecastwords.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace Qt::StringLiterals;

// From the words of the command line to what is asked, and of whom.
class TestAuditSetup : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void addsHosts_data();
    void addsHosts();
    void usesTheProjectsOldAddresses();
    void attacksOwnTargetsOnly_data();
    void attacksOwnTargetsOnly();
    void saysWhatIsTooMuch_data();
    void saysWhatIsTooMuch();
    void listsEachCheckWithWhatItMaySend();
    void nobodyIsAttackedUnasked();
    void provesControlWithAToken_data();
    void provesControlWithAToken();
    void keepsTheProofInTheProject();
    void namesTheVariableOfAnAccount_data();
    void namesTheVariableOfAnAccount();
    void takesSecretsFromWhereTheyAre();
    void thePracticeCompanyBringsItsSecrets();
    void takesTheTokenFromWhereItIs_data();
    void takesTheTokenFromWhereItIs();

private:
    Result<AuditSetup> prepared(const QString &line) const;

    std::optional<Composition> m_composition;
};

namespace {

// "site example.com 443, app app.example.com 8443"
QString hostsOf(const Target &target)
{
    QStringList hosts;
    for (const Host &host : target.hosts)
        hosts << u"%1 %2 %3"_s.arg(toWord(host.role), host.name).arg(host.httpsPort);
    return hosts.join(u", "_s);
}

// The program's own, with one check that attacks and one that signs in, so that these rows do not hang on which are
// built.
Composition composedWithAttack()
{
    Composition composition = compose(u"en"_s).value();
    composition.registry = {};
    for (const auto &[id, needs] : {std::pair{u"access.forged-token"_s, std::vector<Need>{}},
                                    std::pair{u"access.roles"_s, std::vector<Need>{Need::TestAccounts}}}) {
        Check check;
        check.id = id;
        check.needs = needs;
        check.look = [](const Look &) { return Judged(); };
        if (id == "access.forged-token"_L1)
            check.requests = [id = id](const Outlook &) {
                return std::vector{RequestNeed{.account = id, .most = 400}};
            };
        composition.registry.add(std::move(check));
    }
    composition.machineKey = [] { return QByteArray("key of this machine"); };
    return composition;
}

} // namespace

void TestAuditSetup::initTestCase()
{
    auto composition = compose(u"en"_s);
    QVERIFY(composition);
    m_composition = std::move(*composition);
}

Result<AuditSetup> TestAuditSetup::prepared(const QString &line) const
{
    const auto options = parseOptions(line.split(u' '));
    return options ? prepareAudit(*options, *m_composition) : tl::unexpected(options.error());
}

void TestAuditSetup::addsHosts_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("hosts"); // empty: refused
    const QString site = u"site example.com 443, www www.example.com 443"_s;
    QTest::newRow("a new one") << u"--host app=app.example.com:8443"_s << site + u", app app.example.com 8443"_s;
    QTest::newRow("a mail host of its own") << u"--host mail=mx.example.com"_s << site + u", mail mx.example.com 443"_s;
    QTest::newRow("another role for the address that was typed")
        << u"--host app=example.com"_s << u"app example.com 443, www www.example.com 443"_s;
    QTest::newRow("another port for it") << u"--host site=example.com:8443"_s
                                         << u"site example.com 8443, www www.example.com 443"_s;
    QTest::newRow("the address that was typed as a mail host") << u"--host mail=example.com"_s << QString();
    QTest::newRow("a host that was just added as a mail host")
        << u"--host app=x.example.com --host mail=x.example.com"_s << QString();
}

void TestAuditSetup::addsHosts()
{
    QFETCH(QString, options);
    QFETCH(QString, hosts);
    const auto setup = prepared(u"audit example.com "_s + options);
    if (hosts.isEmpty()) {
        QVERIFY(!setup);
        QCOMPARE(setup.error().kind, ErrorKind::BadInput);
        QVERIFY2(setup.error().message.contains(u"--host mail="_s), qPrintable(setup.error().message));
        return;
    }
    QVERIFY2(setup, setup ? "" : qPrintable(setup.error().message));
    QCOMPARE(hostsOf(setup->request.plan.target), hosts);
}

void TestAuditSetup::usesTheProjectsOldAddresses()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.cockpit"_s);
    const std::vector<RedirectEntry> redirects{{u"/old"_s, u"/new"_s}};
    {
        ProjectSettings settings;
        settings.target = parseAddress(u"example.com"_s).value();
        settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
        const auto store = ProjectStore::create(path, settings);
        QVERIFY(store);
        QVERIFY((*store)->saveRedirects(redirects));
    }
    const auto setup = prepared(u"audit --project %1 --only http.redirect-map"_s.arg(path));
    QVERIFY2(setup, setup ? "" : qPrintable(setup.error().message));
    QCOMPARE(setup->request.plan.facts.redirects, redirects);
    const auto services = m_composition->runServices();
    const auto plan = makePlan(setup->request.plan, *services.catalog, *services.registry);
    QVERIFY(plan);
    QCOMPARE(plan->runCount(), 1);
    const auto without = prepared(u"audit example.com --only http.redirect-map"_s);
    QVERIFY(without);
    const auto blocked = makePlan(without->request.plan, *services.catalog, *services.registry);
    QVERIFY(blocked);
    QCOMPARE(blocked->runCount(), 0);
    QCOMPARE(blocked->checks.front().reason, labelOf(Need::Redirects));
}

void TestAuditSetup::attacksOwnTargetsOnly_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const QString &options, bool allowed) {
        QTest::newRow(name) << options << allowed;
    };
    row("a stranger", u"example.com"_s, false);
    row("this computer", u"127.0.0.1:8443"_s, true);
    row("this computer by its name", u"localhost"_s, true);
    row("the practice company", u"--demo"_s, true);
    row("the practice company and a stranger", u"--demo --host other=example.com"_s, false);
    row("every host and port led here", u"example.com --connect ::127.0.0.1:8443"_s, true);
    row("led here in another form", u"example.com --connect ::[::1]:8443"_s, true);
    row("every host and port led away", u"example.com --connect ::192.0.2.1:443"_s, false);
    row("this computer led away", u"127.0.0.1 --connect :80:192.0.2.1:80"_s, false);
    row("only the HTTPS port led here", u"example.com --connect :443:127.0.0.1:8443"_s, true);
    row("only the HTTP port led here", u"example.com --connect :80:127.0.0.1:8080"_s, false);
    row("both ports of the web led here", u"example.com --connect :443:127.0.0.1:8443 --connect :80:127.0.0.1:8080"_s,
        true);
    row("the HTTP port led away", u"example.com --connect :443:127.0.0.1:8443 --connect :80:192.0.2.1:80"_s, false);
    row("one port led away before the rest is led here",
        u"example.com --connect :80:192.0.2.1:80 --connect ::127.0.0.1:8443"_s, false);
    row("one port led away, but never reached", u"example.com --connect ::127.0.0.1:8443 --connect :80:192.0.2.1:80"_s,
        true);
    row("one host of two led here",
        u"example.com --connect example.com::127.0.0.1:8443 --connect www.example.com:80:127.0.0.1:8443"_s, false);
    row("both hosts led here",
        u"example.com --connect example.com::127.0.0.1:8443 --connect www.example.com::127.0.0.1:8443"_s, true);
    row("a mail host, which is sent nothing", u"localhost --host mail=mx.example.com"_s, true);
}

void TestAuditSetup::attacksOwnTargetsOnly()
{
    QFETCH(QString, options);
    QFETCH(bool, allowed);
    const auto parsed = parseOptions((u"audit --active "_s + options).split(u' '));
    QVERIFY(parsed);
    Composition composition = composedWithAttack();
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY2(setup, setup ? "" : qPrintable(setup.error().message)); // without leave the rest is looked at all the same
    QVERIFY(!setup->request.plan.active);
    AttackNotice notice;
    seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
    QVERIFY2(notice.sentence.startsWith("--active"_L1), qPrintable(notice.sentence));
    QCOMPARE(notice.isGiven, allowed);
    QCOMPARE(setup->request.plan.active.has_value(), allowed);
    const bool isPractice = options.startsWith("--demo"_L1); // nobody else is there, so it is fast
    if (allowed)
        QVERIFY2(notice.sentence.contains(isPractice ? u"at most 6000 requests in all and 50 a second"_s
                                                     : u"at most 300 requests in all and 5 a second"_s),
                 qPrintable(notice.sentence));
    else
        QVERIFY2(notice.sentence.contains(txtRecordValue({})), qPrintable(notice.sentence));
}

void TestAuditSetup::saysWhatIsTooMuch_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("budget");
    QTest::addColumn<bool>("isShort");
    QTest::addColumn<QString>("time"); // 120 s, and five requests a second
    const auto atMost = [](const QString &seconds) {
        return u"The whole run has %1 seconds at most; --deadline sets another limit."_s.arg(seconds);
    };
    QTest::newRow("the usual budget") << u"localhost"_s << 300 << true << atMost(u"180"_s);
    QTest::newRow("one less than enough") << u"localhost --requests 399"_s << 399 << true << atMost(u"199.8"_s);
    QTest::newRow("enough") << u"localhost --requests 400"_s << 400 << false << atMost(u"200"_s);
    QTest::newRow("more than enough") << u"localhost --requests 900"_s << 900 << false << atMost(u"200"_s);
    QTest::newRow("with a time of its own") << u"localhost --requests 400 --deadline 60"_s << 400 << false
                                            << u"The whole run has 60 seconds, as --deadline says."_s;
}

void TestAuditSetup::saysWhatIsTooMuch()
{
    QFETCH(QString, options);
    QFETCH(int, budget);
    QFETCH(bool, isShort);
    const auto parsed = parseOptions((u"audit --active "_s + options).split(u' '));
    QVERIFY(parsed);
    const Composition composition = composedWithAttack();
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    AttackNotice notice;
    seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
    QVERIFY(setup->request.plan.active);
    QCOMPARE(setup->request.plan.active->budget.requests, budget);
    QVERIFY2(notice.sentence.contains(u"Up to 400 requests in a run. What could hurt most comes first. "
                                      "access.forged-token: up to 400."_s),
             qPrintable(notice.sentence));
    QCOMPARE(notice.sentence.contains(u"run only if the others leave enough"_s), isShort);
    QCOMPARE(notice.sentence.contains(u"--requests 400 is enough"_s), isShort);
    QFETCH(QString, time);
    QVERIFY2(notice.sentence.endsWith(time), qPrintable(notice.sentence));
}

// Titles are whole sentences, with commas of their own; two checks may spend the same requests; one may send nothing
// now.
void TestAuditSetup::listsEachCheckWithWhatItMaySend()
{
    CheckRegistry registry;
    for (const QString &id : {u"abuse.lockout"_s, u"abuse.rate-limit"_s, u"access.forged-token"_s}) {
        Check check;
        check.id = id;
        check.look = [](const Look &) { return Judged(); };
        const bool isOwn = id == "access.forged-token"_L1;
        check.requests = [account = isOwn ? id : u"abuse.rate-limit"_s, most = isOwn ? 40 : 24](const Outlook &) {
            return std::vector{RequestNeed{.account = account, .most = most}};
        };
        registry.add(std::move(check));
    }
    const auto setup = prepared(u"audit localhost --active"_s);
    QVERIFY(setup);
    const RequestForecast forecast = requestForecast(setup->request.plan, m_composition->catalog, registry);
    const auto titleOf = [](const QString &id) {
        return id == "abuse.rate-limit"_L1    ? u"Calls to login, reset and chat are slowed."_s
               : id == "abuse.lockout"_L1     ? u"Guessing is throttled."_s
               : id == "access.reset-link"_L1 ? u"Calls to login, reset and chat are slowed. Links expire."_s
                                              : u"Forged tokens are refused."_s;
    };
    const QStringList all{u"abuse.lockout"_s, u"abuse.rate-limit"_s, u"access.forged-token"_s, u"access.reset-link"_s};
    QStringList lines = requestLines(forecast, titleOf, all);
    lines.sort();
    QCOMPARE(lines, QStringList({u"Calls to login, reset and chat are slowed. Links expire"_s,
                                 u"Calls to login, reset and chat are slowed: up to 24, together with: Guessing is "
                                 "throttled"_s,
                                 u"Forged tokens are refused: up to 40"_s}));
    const QString shortage = shortageText(forecast, 10, titleOf);
    QVERIFY2(shortage.contains(u"Calls to login, reset and chat are slowed; Guessing is throttled"_s),
             qPrintable(shortage));
    QVERIFY2(!shortage.contains(u".,"_s) && !shortage.contains(u".."_s) && !shortage.contains(u".;"_s),
             qPrintable(shortage));
}

void TestAuditSetup::nobodyIsAttackedUnasked()
{
    for (const QString &options : {u"localhost"_s, u"--demo"_s, u"localhost --active --only tls.expiry"_s}) {
        const auto parsed = parseOptions((u"audit "_s + options).split(u' '));
        const Composition composition = composedWithAttack();
        auto setup = prepareAudit(*parsed, composition);
        QVERIFY(setup);
        bool called = false;
        seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) {
            called = true;
            QVERIFY2(said.sentence.isEmpty(), qPrintable(said.sentence));
        });
        QVERIFY(called);
        QVERIFY(!setup->request.plan.active);
        QVERIFY(setup->request.plan.permission != PermissionState::Given);
    }
}

void TestAuditSetup::provesControlWithAToken_data()
{
    QTest::addColumn<QString>("proven"); // by which method; empty: none
    QTest::addColumn<PermissionState>("state");
    QTest::newRow("in the record") << u"record"_s << PermissionState::Given;
    QTest::newRow("in the file") << u"file"_s << PermissionState::Given;
    QTest::newRow("nowhere") << u""_s << PermissionState::NotProven;
    QTest::newRow("nobody to be asked") << u"error"_s << PermissionState::NotProven;
    QTest::newRow("of another domain") << u"other"_s << PermissionState::OtherTarget;
}

void TestAuditSetup::provesControlWithAToken()
{
    QFETCH(QString, proven);
    QFETCH(PermissionState, state);
    const QString token = newControlToken();
    const auto parsed = parseOptions(u"audit example.com --active --token %1"_s.arg(txtRecordValue(token)).split(u' '));
    QVERIFY(parsed);
    Composition composition = composedWithAttack();
    std::atomic_int asked = 0;
    composition.lookForControl = [&](ControlMethod method, const Target &, const QString &wanted, const NetOptions &,
                                     const CancelToken &) -> Result<ControlLook> {
        ++asked;
        if (proven == "error"_L1)
            return failure(ErrorKind::Unreachable, u"Nobody answers."_s);
        const bool has = wanted == token &&
                         ((proven == "record"_L1 && method == ControlMethod::TxtRecord) ||
                          (proven == "file"_L1 && method == ControlMethod::WellKnownFile) || proven == "other"_L1);
        return ControlLook{has, proven == "other"_L1 ? u"example.net"_s : u"example.com"_s, u"Seen."_s};
    };
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    std::optional<AttackNotice> notice;
    seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
    QVERIFY(!notice); // it never waits
    QTRY_VERIFY(notice);
    QCOMPARE(setup->request.plan.permission, state);
    QCOMPARE(notice->isGiven, state == PermissionState::Given);
    QCOMPARE(asked.load(), proven == "record"_L1 || proven == "other"_L1 ? 1 : 2);
    if (proven == "error"_L1)
        QVERIFY2(notice->sentence.contains(u"Nobody answers."_s), qPrintable(notice->sentence));
}

// What is proven is the project's, what was agreed to is of this run; the kill switch of the window holds here, too.
void TestAuditSetup::keepsTheProofInTheProject()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.cockpit"_s);
    ProjectSettings settings;
    settings.target = parseAddress(u"example.com"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    QVERIFY(ProjectStore::create(path, settings));
    const auto parsed = parseOptions(u"audit --active --requests 900 --project %1"_s.arg(path).split(u' '));
    Composition composition = composedWithAttack();
    composition.lookForControl = [](ControlMethod, const Target &, const QString &, const NetOptions &,
                                    const CancelToken &) -> Result<ControlLook> {
        return ControlLook{true, u"example.com"_s, u"Seen."_s};
    };
    const auto audited = [&] {
        auto setup = prepareAudit(*parsed, composition).value();
        std::optional<AttackNotice> notice;
        seekAttackLeave(setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
        [&] { QTRY_VERIFY(notice); }();
        return setup.request.plan.permission;
    };
    QCOMPARE(audited(), PermissionState::NotProven); // its token was made just now
    const QString token = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission.token;
    QVERIFY(isControlToken(token));
    QCOMPARE(audited(), PermissionState::Given);
    Permission kept = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission;
    QCOMPARE(kept.token, token);
    QVERIFY(kept.proof && kept.proof->domain == "example.com"_L1);
    QVERIFY(kept.agreedBy.isEmpty());
    QCOMPARE(kept.budget, ActiveBudget());
    QCOMPARE(ownPermission(kept, composition.machineKey()).proof, kept.proof);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    kept = withAgreement(kept, settings.target, u"Dana"_s, now.addDays(-9)).value(); // in the window
    kept.proof->provenAt = now.addDays(-9);
    QVERIFY(
        ProjectStore::open(path, OpenMode::ReadWrite).value()->savePermission(sealed(kept, composition.machineKey())));
    QCOMPARE(audited(), PermissionState::Given); // it is looked for once more
    const Permission renewed = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission;
    QVERIFY(renewed.proof && renewed.proof->provenAt > now.addDays(-1));
    QCOMPARE(renewed.agreedBy, u"Dana"_s);
    QCOMPARE(renewed.agreedFor, kept.agreedFor);
    QVERIFY(renewed.agreedAt.isValid() && renewed.agreedAt < now.addDays(-8));
    QCOMPARE(renewed.budget, ActiveBudget());
    QCOMPARE(ownPermission(renewed, composition.machineKey()).agreedBy, u"Dana"_s); // the seal holds
    kept = renewed;
    kept.stopped = true;
    QVERIFY(
        ProjectStore::open(path, OpenMode::ReadWrite).value()->savePermission(sealed(kept, composition.machineKey())));
    QCOMPARE(audited(), PermissionState::Stopped);
}

void TestAuditSetup::namesTheVariableOfAnAccount_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("variable");
    QTest::newRow("a word") << u"anna"_s << QByteArray("LAUNCH_COCKPIT_SECRET_ANNA");
    QTest::newRow("words") << u"Anna, admin of Acme"_s << QByteArray("LAUNCH_COCKPIT_SECRET_ANNA__ADMIN_OF_ACME");
    QTest::newRow("digits") << u"b2"_s << QByteArray("LAUNCH_COCKPIT_SECRET_B2");
    QTest::newRow("other letters") << u"J\u00f6rg (2)"_s << QByteArray("LAUNCH_COCKPIT_SECRET_J_RG__2_");
}

void TestAuditSetup::namesTheVariableOfAnAccount()
{
    QFETCH(QString, name);
    TestActor actor;
    actor.name = name;
    QTEST(secretVariable(actor), "variable");
    QSet<QByteArray> names{secretVariable(actor)}; // each its own, and none the beginning of another
    for (const MailedValue value : kMailedValues)
        names << mailedVariable(actor, value);
    QCOMPARE(names.size(), qsizetype(kMailedValues.size()) + 1);
}

void TestAuditSetup::takesSecretsFromWhereTheyAre()
{
    Composition composition = composedWithAttack();
    const auto parsed = parseOptions(u"audit localhost --active"_s.split(u' '));
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    SessionCredentialStore keychain;
    for (const QString &name :
         {u"in variable"_s, u"in keychain"_s, u"in both"_s, u"nowhere"_s, u"twin a"_s, u"twin-a"_s}) {
        TestActor actor;
        actor.id = name;
        actor.name = name;
        actor.credential = name;
        setup->known.actors.push_back(actor);
        const Credential credential{name, {}, newKeychainEntry(CredentialKind::Other), {}, {}};
        setup->known.credentials.push_back(credential);
        if (name.endsWith("keychain"_L1) || name.endsWith("both"_L1))
            keychain.write(credential.keychainEntry, Secret("kept"), [](const Result<void> &) {});
    }
    setup->request.plan.facts = projectFactsOf(setup->known);
    for (const char *variable : {"IN_VARIABLE", "IN_BOTH", "TWIN_A"})
        qputenv(QByteArray("LAUNCH_COCKPIT_SECRET_") + variable, "given");
    qputenv("LAUNCH_COCKPIT_RESET_LINK_IN_KEYCHAIN", "https://localhost/r?t=abcd");
    qputenv("LAUNCH_COCKPIT_OLD_INVITE_LINK_IN_KEYCHAIN", "https://localhost/i/efgh");
    qputenv("LAUNCH_COCKPIT_RESET_LINK_NOWHERE", "https://localhost/r?t=ijkl"); // without a password of no use
    qputenv("LAUNCH_COCKPIT_RESET_LINK_TWIN_A", "https://localhost/r?t=mnop");
    seekAttackLeave(*setup, *parsed, composition, {}, this, [](const AttackNotice &said) { QVERIFY(said.isGiven); });
    int answers = 0;
    fetchAccountSecrets(*setup, composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    const auto &terms = *setup->request.plan.active;
    QStringList got;
    for (const auto &[id, value] : terms.secrets)
        got << id + u": "_s + QString::fromUtf8(holeValuesOf(value)[u"password"_s].reveal());
    const HoleValues mailed = mailedValuesOf(holeValuesOf(terms.secrets.at(u"in keychain"_s)));
    QCOMPARE(mailed.size(), size_t(2));
    QCOMPARE(mailed.at(u"reset_link"_s).reveal(), QByteArray("https://localhost/r?t=abcd"));
    QCOMPARE(mailed.at(u"old_invite_link"_s).reveal(), QByteArray("https://localhost/i/efgh"));
    QCOMPARE(got, QStringList({u"in both: given"_s, u"in keychain: kept"_s, u"in variable: given"_s}));
    QCOMPARE(terms.missingSecrets.size(), size_t(3));
    QVERIFY2(terms.missingSecrets.at(u"nowhere"_s).contains(u"LAUNCH_COCKPIT_SECRET_NOWHERE"_s),
             qPrintable(terms.missingSecrets.at(u"nowhere"_s)));
    QVERIFY(!terms.missingSecrets.at(u"nowhere"_s).contains(u"several accounts"_s));
    QVERIFY2(terms.missingSecrets.at(u"twin-a"_s).contains(u"several accounts"_s),
             qPrintable(terms.missingSecrets.at(u"twin-a"_s)));
    for (const char *variable : {"IN_VARIABLE", "IN_BOTH", "TWIN_A"})
        QVERIFY(!qEnvironmentVariableIsSet(QByteArray("LAUNCH_COCKPIT_SECRET_") + variable));
    for (const char *variable :
         {"RESET_LINK_IN_KEYCHAIN", "OLD_INVITE_LINK_IN_KEYCHAIN", "RESET_LINK_NOWHERE", "RESET_LINK_TWIN_A"})
        QVERIFY(!qEnvironmentVariableIsSet(QByteArray("LAUNCH_COCKPIT_") + variable));
}

// In the memory of the practice company: neither variables nor the keychain are asked.
void TestAuditSetup::thePracticeCompanyBringsItsSecrets()
{
    Composition composition = composedWithAttack();
    const auto parsed = parseOptions(u"audit --demo --active"_s.split(u' '));
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    seekAttackLeave(*setup, *parsed, composition, {}, this, [](const AttackNotice &said) { QVERIFY(said.isGiven); });
    SessionCredentialStore keychain;
    int answers = 0;
    fetchAccountSecrets(*setup, composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    QVERIFY(!setup->known.actors.empty());
    for (const TestActor &actor : setup->known.actors)
        QVERIFY2(setup->request.plan.active->secrets.contains(actor.id), qPrintable(actor.name));
    QVERIFY(setup->request.plan.active->missingSecrets.empty());
    for (const Credential &credential : setup->known.credentials)
        QVERIFY(!keychain.holds(credential.keychainEntry));
}

void TestAuditSetup::takesTheTokenFromWhereItIs_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("kept"); // "token", "other": what the project names; "lost": the keychain has no value
    QTest::addColumn<QString>("token");
    const QString all = u""_s;
    const QString edge = u" --only edge.waf-rules"_s;
    QTest::newRow("nowhere") << edge << QByteArray() << u""_s << u"none"_s;
    QTest::newRow("in the variable") << edge << QByteArray("from-variable") << u""_s << u"from-variable"_s;
    QTest::newRow("in the keychain") << edge << QByteArray() << u"token"_s << u"from-keychain"_s;
    QTest::newRow("in both") << all << QByteArray("from-variable") << u"token"_s << u"from-variable"_s;
    QTest::newRow("lost") << all << QByteArray() << u"lost"_s << u"error"_s;
    QTest::newRow("another credential") << all << QByteArray() << u"other"_s << u"none"_s;
    QTest::newRow("no check needs it") << u" --only edge.detect"_s << QByteArray("from-variable") << u"token"_s
                                       << u"none"_s;
    QTest::newRow("left out") << u" --skip edge.*"_s << QByteArray("from-variable") << u"token"_s << u"none"_s;
}

void TestAuditSetup::takesTheTokenFromWhereItIs()
{
    QFETCH(QString, options);
    QFETCH(QByteArray, variable);
    QFETCH(QString, kept);
    auto setup = prepared(u"audit example.com"_s + options);
    QVERIFY(setup);
    SessionCredentialStore keychain;
    const auto kind = kept == "other"_L1 ? CredentialKind::Other : CredentialKind::CloudflareToken;
    const Credential credential{u"One"_s, {}, newKeychainEntry(kind), {}, {}};
    if (!kept.isEmpty())
        setup->known.credentials = {credential};
    if (kept != "lost"_L1)
        keychain.write(credential.keychainEntry, Secret("from-keychain"), [](const Result<void> &) {});
    qunsetenv(kTokenVariable);
    if (!variable.isEmpty())
        qputenv(kTokenVariable, variable);
    int answers = 0;
    fetchEdgeToken(*setup, *m_composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    QVERIFY(!qEnvironmentVariableIsSet(kTokenVariable));
    const auto &token = setup->request.plan.facts.edgeToken;
    const QString got = !token ? u"none"_s : !*token ? u"error"_s : QString::fromUtf8((*token)->reveal());
    QTEST(got, "token");
}

QTEST_GUILESS_MAIN(TestAuditSetup)
#include "tst_auditsetup.moc"
