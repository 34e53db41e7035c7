#include "app/composition.h"
#include "app/practice/faults.h"
#include "app/practice/practicecompany.h"
#include "app/practice/workspace.h"
#include "checks/engine/activeleave.h"
#include "tests/app/deskrecords.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// These judge by how long answers take while many come at once, which says nothing of the company while other checks
// ask it as well; and what they look for cannot be planted: a product that fails in a burst fails in every other check,
// too. They have runs of their own, and are tested on servers that are slow on purpose.
const QStringList &judgedByTime()
{
    static const QStringList all{u"abuse.burst"_s, u"abuse.timeouts"_s};
    return all;
}

} // namespace

// What an audit with test attacks finds at the practice company, against the list of what is wrong with it: all found,
// none invented; and at the same company whose API has no fault, nothing of what those attacks look for.
class TestPractice : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsEveryFaultAndInventsNone();
    void findsNothingInASoundApi();
    void seesWhatIsRight();
    void hasFaultsOfManyFamilies();
    void sendsLessThanItsBudget();
    void leavesNothingBehind();
    void handsOutFreshLinks();
    void findsTheSameAgain();
    void showsNoSecret();
    void bearsABurstAndSlowVisitors_data();
    void bearsABurstAndSlowVisitors();

private:
    Run runOf(PracticeCompany &company, const QStringList &only = {}, const QStringList &skip = judgedByTime());

    std::unique_ptr<Composition> m_composition;
    std::unique_ptr<PracticeCompany> m_company;
    std::unique_ptr<PracticeCompany> m_sound;
    Run m_run;
    Run m_soundRun;
    int m_sent = 0;
    QStringList m_recordsLeft;
};

namespace {

QString line(const QString &checkId, const QString &code, const QString &host)
{
    return u"%1 %2 %3"_s.arg(checkId, code, host.isEmpty() ? u"-"_s : host);
}

QString printed(const std::set<QString> &lines)
{
    return QStringList(lines.begin(), lines.end()).join(u'\n');
}

// "not found: …" and "invented: …", a line each; empty when they are the same.
QString difference(const std::set<QString> &found, const std::set<QString> &wanted)
{
    QStringList lines;
    for (const QString &one : wanted) {
        if (!found.contains(one))
            lines << u"not found: "_s + one;
    }
    for (const QString &one : found) {
        if (!wanted.contains(one))
            lines << u"invented: "_s + one;
    }
    return lines.join(u'\n');
}

std::set<QString> findingsIn(const Run &run)
{
    std::set<QString> found;
    for (const CheckResult &result : run.results) {
        for (const Finding &finding : result.findings)
            found.insert(line(finding.checkId, finding.code, finding.host));
    }
    return found;
}

bool hasLooked(const CheckResult &result)
{
    return result.outcome == Outcome::Pass || result.outcome == Outcome::Info;
}

QString reasonsOf(const Run &run)
{
    QStringList reasons;
    for (const CheckResult &result : run.results)
        reasons << toWord(result.outcome) + u": "_s + result.reason;
    return reasons.join(u'\n');
}

// What needs the permission to attack, or an account.
const QStringList &attacks()
{
    static const QStringList all{u"access.*"_s, u"abuse.*"_s, u"edge.cache-leak"_s, u"deploy.smoke"_s};
    return all;
}

// What these ask with is gone afterwards: links out of letters, coupons, sessions, and the product's patience.
const QStringList &usesThingsUp()
{
    static const QStringList all{u"access.reset-link"_s, u"access.invite"_s,          u"access.enumeration"_s,
                                 u"access.logout"_s,     u"access.refresh-token"_s,   u"abuse.rate-limit"_s,
                                 u"abuse.lockout"_s,     u"abuse.webhook-signature"_s};
    return all;
}

// The same for one of the things that a check looks for.
constexpr auto kSlowAnswer = "slow_answer"_L1;

QJsonObject asked(PracticeApi &api, const QByteArray &method, const QByteArray &path, const QByteArray &body,
                  const QByteArray &token = {})
{
    return QJsonDocument::fromJson(
               api.answer({.method = method,
                           .target = path,
                           .authority = "api.acme-ops.example",
                           .headers = {{"content-type", "application/json"}, {"authorization", "Bearer " + token}},
                           .body = body})
                   .body)
        .object();
}

// What each customer has in the products.
QStringList recordsOf(PracticeCompany &company)
{
    QStringList records;
    for (const QString &tenant : {kBirch, kCedar}) {
        const PracticeAccount admin = company.api().shop().account(tenant, u"admin"_s);
        const QJsonObject login{{u"email"_s, admin.email}, {u"password"_s, QString::fromLatin1(admin.password)}};
        const QByteArray token = asked(company.api(), "POST", "/api/login", QJsonDocument(login).toJson())
                                     .value("access_token"_L1)
                                     .toString()
                                     .toLatin1();
        for (const QByteArray &kind : {"customers", "invoices", "projects", "notes", "callbacks", "uploads"}) {
            const QJsonObject list = asked(company.api(), "GET", "/api/" + kind, {}, token);
            for (const QJsonValue record : list["items"_L1].toArray())
                records << QString::fromUtf8(QJsonDocument(record.toObject()).toJson(QJsonDocument::Compact));
        }
    }
    const QStringList ofDesk = test::deskRecordsOf(company.desk());
    return ofDesk.isEmpty() ? QStringList() : records + ofDesk;
}

// What the keychain would have for all of its products: passwords, keys, links out of letters. Not the address that was
// invited, which stands beside its link.
QStringList secretsOf(const PracticeCompany &company)
{
    QStringList secrets;
    for (const Credential &credential : company.project().credentials) {
        const auto entry = company.secretOf(credential.keychainEntry);
        for (const auto &[name, value] : entry ? holeValuesOf(*entry) : HoleValues()) {
            if (name != "invite_mail"_L1)
                secrets << QString::fromUtf8(value.reveal());
        }
    }
    secrets.removeAll(QString());
    return secrets;
}

// Faster than anybody may set it: nothing that is looked for depends on it.
constexpr double kTestPace = 1000;

// As a window or the command line lets the program attack its own practice company.
ActiveTerms termsOf(ProjectState known, PracticeCompany &company)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    known.permission = withAgreement(known.permission, known.settings.target, u"test"_s, now).value();
    ActiveTerms terms = *activeLeave(known, company.netOptions(), now).terms;
    terms.budget.perSecond = kTestPace;
    for (const TestActor &actor : known.actors) {
        const auto credential = std::ranges::find(known.credentials, actor.credential, &Credential::name);
        terms.secrets.emplace(actor.id, company.secretOf(credential->keychainEntry).value());
    }
    return terms;
}

} // namespace

Run TestPractice::runOf(PracticeCompany &company, const QStringList &only, const QStringList &skip)
{
    constexpr int kLongestRunMs = 240000; // without optimisation, beside other tests
    const ProjectState known = company.project();
    RunRequest request;
    request.plan.target = known.settings.target;
    request.plan.roadmap = *m_composition->roadmap(known.settings.roadmapId);
    request.plan.facts = projectFactsOf(known);
    request.plan.only = only;
    request.plan.skip = skip;
    request.plan.permission = PermissionState::Given;
    request.plan.active = termsOf(known, company);
    request.net = company.netOptions();
    request.language = m_composition->language;
    Runner runner(m_composition->runServices());
    Run ended;
    connect(&runner, &Runner::finished, this, [&ended](const Run &run) { ended = run; });
    const auto started = runner.start(request);
    const bool isDone = started && QTest::qWaitFor([&] { return !runner.isRunning(); }, kLongestRunMs);
    m_sent = isDone ? runner.activeSent() : -1;
    for (CheckResult &result : ended.results)
        std::erase_if(result.findings, [](const Finding &finding) { return finding.code == kSlowAnswer; });
    return ended;
}

void TestPractice::initTestCase()
{
    auto composition = compose(u"en"_s);
    QVERIFY2(composition, composition ? "" : qPrintable(composition.error().message));
    m_composition = std::make_unique<Composition>(std::move(*composition));
    auto company = PracticeCompany::start();
    QVERIFY2(company, company ? "" : qPrintable(company.error().message));
    m_company = std::move(*company);
    auto sound = PracticeCompany::start({}, FaultSet<ShopFault>(), FaultSet<DeskFault>());
    QVERIFY2(sound, sound ? "" : qPrintable(sound.error().message));
    m_sound = std::move(*sound);
    m_soundRun = runOf(*m_sound, attacks());
    QVERIFY(m_sent > 0);
    const QStringList before = recordsOf(*m_company);
    QVERIFY(before.size() > 10);
    m_run = runOf(*m_company);
    QVERIFY(m_sent > 0);
    m_recordsLeft = recordsOf(*m_company);
    QVERIFY(!m_recordsLeft.isEmpty());
    for (const QString &record : before) {
        if (!m_recordsLeft.removeOne(record))
            m_recordsLeft << u"gone or changed: "_s + record;
    }
}

void TestPractice::findsEveryFaultAndInventsNone()
{
    std::set<QString> built;
    for (const PracticeFault &fault : practiceFaults())
        built.insert(line(fault.checkId, fault.code, fault.host));
    const QString differs = difference(findingsIn(m_run), built);
    QVERIFY2(differs.isEmpty(), qPrintable(differs));
}

// That nothing is found counts only where it was looked for. On a machine that is busy an answer may come too late, and
// the check says that it could not look: then it looks once more, with the company to itself.
void TestPractice::findsNothingInASoundApi()
{
    const QString invented = printed(findingsIn(m_soundRun));
    QVERIFY2(invented.isEmpty(), qPrintable(invented));
    std::set<QString> looked;
    for (const CheckResult &result : m_soundRun.results) {
        if (hasLooked(result))
            looked.insert(result.checkId);
    }
    for (const PracticeFault &fault : practiceFaults()) {
        const bool isAttack = fault.checkId.startsWith("access."_L1) || fault.checkId.startsWith("abuse."_L1);
        if (!isAttack || looked.contains(fault.checkId))
            continue;
        const int sentByAll = m_sent;
        const Run again = runOf(*m_sound, {fault.checkId});
        m_sent = sentByAll;
        QCOMPARE(printed(findingsIn(again)), QString());
        QVERIFY2(std::ranges::all_of(again.results, hasLooked), qPrintable(fault.checkId + u' ' + reasonsOf(again)));
        looked.insert(fault.checkId);
    }
}

// Proposed by the company for a run with all of them.
void TestPractice::sendsLessThanItsBudget()
{
    const int budget = m_company->project().permission.budget.requests;
    QVERIFY2(m_sent > 300 && m_sent < budget / 2, qPrintable(QString::number(m_sent)));
}

void TestPractice::leavesNothingBehind()
{
    QVERIFY2(m_recordsLeft.isEmpty(), qPrintable(m_recordsLeft.join(u'\n')));
}

// Each run uses them up. The company that was attacked is the one that holds its letters back.
void TestPractice::handsOutFreshLinks()
{
    const auto links = [this] {
        for (const Credential &credential : m_company->project().credentials) {
            const HoleValues values = holeValuesOf(m_company->secretOf(credential.keychainEntry).value());
            if (values.contains(u"reset_link"_s))
                return values;
        }
        return HoleValues();
    };
    const HoleValues first = links();
    const HoleValues second = links();
    for (const QString &name :
         {u"reset_link"_s, u"reset_link_2"_s, u"invite_link"_s, u"invite_mail"_s, u"one_time_code"_s}) {
        QVERIFY2(first.contains(name) && !first.at(name).isEmpty(), qPrintable(name));
        QVERIFY2(first.at(name) != second.at(name), qPrintable(name));
    }
    QVERIFY(!m_company->secretOf(u"credential-of-somebody"_s));
}

// A second run right after the first one: letters, coupons and tries of the first are in nobody's way.
void TestPractice::findsTheSameAgain()
{
    const auto isAgain = [](const CheckResult &result) { return usesThingsUp().contains(result.checkId); };
    Run first = m_run;
    std::erase_if(first.results, std::not_fn(isAgain));
    const Run second = runOf(*m_company, usesThingsUp());
    QVERIFY(findingsIn(first).size() > 5);
    const QString differs = difference(findingsIn(second), findingsIn(first));
    QVERIFY2(differs.isEmpty(), qPrintable(differs));
}

void TestPractice::seesWhatIsRight()
{
    std::set<QString> good;
    for (const CheckResult &result : m_run.results) {
        if (result.outcome == Outcome::Pass || result.outcome == Outcome::Info)
            good.insert(line(result.checkId, u"right"_s, result.host));
    }
    QVERIFY(practiceRights().size() >= 10);
    for (const PracticeRight &right : practiceRights()) {
        const QString wanted = line(right.checkId, u"right"_s, right.host);
        QVERIFY2(good.contains(wanted), qPrintable(wanted + u" is missing in\n"_s + printed(good)));
    }
}

void TestPractice::hasFaultsOfManyFamilies()
{
    std::set<QString> families;
    std::set<QString> checks;
    for (const PracticeFault &fault : practiceFaults()) {
        families.insert(fault.checkId.section(u'.', 0, 0));
        checks.insert(fault.checkId);
    }
    QVERIFY2(checks.size() >= 15, qPrintable(printed(checks)));
    QVERIFY2(families.size() >= 5, qPrintable(printed(families)));
}

void TestPractice::showsNoSecret()
{
    QStringList secrets{u"51Hq8Zr2LmT9vXcKe4"_s}; // part of the key in the app's script
    static const QRegularExpression word(u"[A-Za-z0-9]{20,}"_s);
    for (const auto &files : {firstWorkspace(), besideWorkspace()}) {
        for (const WorkspaceFile &file : files) {
            for (const QRegularExpressionMatch &match : word.globalMatch(QString::fromUtf8(file.text)))
                secrets << match.captured().mid(4, 12); // what is masked shows the ends
        }
    }
    QVERIFY(secrets.size() > 5);
    const QStringList ofAccounts = secretsOf(*m_company);
    for (const auto &accounts : {m_company->api().shop().accounts(), m_company->desk().desk().accounts()}) {
        const auto isKnown = [&](const PracticeAccount &one) {
            return ofAccounts.contains(QString::fromLatin1(one.password));
        };
        QVERIFY(std::ranges::count_if(accounts, isKnown) >= 4); // of both products
    }
    secrets << ofAccounts;
    for (const CheckResult &result : m_run.results) {
        const QJsonObject json = toJson(result);
        const QString printedResult = QString::fromUtf8(QJsonDocument(json).toJson());
        for (const QString &secret : secrets)
            QVERIFY2(!printedResult.contains(secret), qPrintable(result.checkId));
    }
}

void TestPractice::bearsABurstAndSlowVisitors_data()
{
    QTest::addColumn<QString>("check");
    for (const QString &check : judgedByTime())
        QTest::newRow(qPrintable(check)) << check;
}

// With the company to themselves. A machine that is busy with other tests is slow now and then; what a product cannot
// bear shows each time, also where one read by itself is quick.
void TestPractice::bearsABurstAndSlowVisitors()
{
    QFETCH(QString, check);
    constexpr int kTries = 3;
    constexpr int kBusyMs = 200; // for one read; a few milliseconds are usual
    QString told;
    bool isBusy = false;
    for (int tries = 0; tries < kTries; ++tries) {
        const Run run = runOf(*m_company, {check}, {});
        QCOMPARE(run.results.size(), 1U);
        QVERIFY2(m_sent > 10 && m_sent < 150, qPrintable(QString::number(m_sent)));
        const CheckResult &result = run.results.front();
        told = toWord(result.outcome) + u' ' + result.reason + printed(findingsIn(run));
        if (result.outcome == Outcome::Pass || result.outcome == Outcome::Info)
            return;
        const QJsonValue before = result.observed["before"_L1];
        const int alone = before.isArray() ? before[0]["ms"_L1].toInt() : before["typical_ms"_L1].toInt();
        isBusy = isBusy || alone > kBusyMs;
    }
    if (isBusy)
        QSKIP(qPrintable(u"this machine is too busy to tell: "_s + told));
    QFAIL(qPrintable(told));
}

QTEST_GUILESS_MAIN(TestPractice)
#include "tst_practice.moc"
