#include "app/cli/attackleave.h"
#include "app/cli/auditsetup.h"
#include "app/cli/parse.h"
#include "models/access/letters.h"
#include "tests/app/attackcomposition.h"
#include "ui/access/forecastwords.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

// From the words of the command line to what is asked, and of whom.
class TestAuditSetup : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void namesTheRoutesThatSendLetters();
    void addsHosts_data();
    void addsHosts();
    void usesTheProjectsOldAddresses();
    void attacksOwnTargetsOnly_data();
    void attacksOwnTargetsOnly();
    void saysWhatIsTooMuch_data();
    void saysWhatIsTooMuch();
    void saysWhatIsWaitedFor();
    void listsEachCheckWithWhatItMaySend();
    void nobodyIsAttackedUnasked();

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
        QVERIFY2(notice.sentence.contains(isPractice ? u"at most 8000 requests in all and 50 a second"_s
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

// Beside the pace: the end of a limit, a leeway.
void TestAuditSetup::saysWhatIsWaitedFor()
{
    const auto parsed = parseOptions(u"audit localhost --active --requests 400"_s.split(u' '));
    QVERIFY(parsed);
    Composition composition = composedWithAttack();
    composition.registry = {};
    Check check;
    check.id = u"abuse.rate-limit"_s;
    check.look = [](const Look &) { return Judged(); };
    check.requests = [](const Outlook &) {
        return std::vector{
            RequestNeed{.account = u"abuse.rate-limit"_s, .most = 400, .waits = std::chrono::seconds(270)}};
    };
    composition.registry.add(std::move(check));
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    AttackNotice notice;
    seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
    QVERIFY2(
        notice.sentence.contains(u"The whole run has 470 seconds at most, up to 270 of them to wait until limits"_s),
        qPrintable(notice.sentence));
    const RequestForecast forecast = requestForecast(setup->request.plan, composition.catalog, composition.registry);
    const QString foretold = runTimeText(forecast, {.requests = 400, .perSecond = 5}, std::chrono::seconds(120));
    QVERIFY2(foretold.contains(u"up to 8 minute"_s) && foretold.contains(u"up to 5 minute"_s), qPrintable(foretold));
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

// Who agrees knows which routes send letters, and how many at most.
void TestAuditSetup::namesTheRoutesThatSendLetters()
{
    QVERIFY(lettersText({{.method = u"POST"_s, .path = u"/notes"_s, .safeToWrite = true}}).isEmpty());
    const QString words = lettersText({{.method = u"POST"_s, .path = u"/forgot"_s},
                                       {.method = u"POST"_s, .path = u"/invitations"_s, .safeToWrite = true}});
    QVERIFY2(words.contains("POST /forgot; POST /invitations"_L1), qPrintable(words));
    QVERIFY2(words.contains(QString::number(kMostLettersForThrowAway)), qPrintable(words));
}

QTEST_GUILESS_MAIN(TestAuditSetup)
#include "tst_auditsetup.moc"
