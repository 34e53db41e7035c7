#include "app/composition.h"
#include "app/practice/faults.h"
#include "app/practice/practicecompany.h"
#include "app/practice/workspace.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace Qt::StringLiterals;

// What an audit finds at the practice company, against the list of what is wrong with it: all found, none invented.
class TestPractice : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsEveryFaultAndInventsNone();
    void seesWhatIsRight();
    void hasFaultsOfManyFamilies();
    void showsNoSecret();

private:
    std::unique_ptr<Composition> m_composition;
    Run m_run;
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

} // namespace

void TestPractice::initTestCase()
{
    constexpr int kLongestRunMs = 60000;
    auto composition = compose(u"en"_s);
    QVERIFY2(composition, composition ? "" : qPrintable(composition.error().message));
    m_composition = std::make_unique<Composition>(std::move(*composition));
    const auto company = PracticeCompany::start();
    QVERIFY2(company, company ? "" : qPrintable(company.error().message));

    const ProjectSettings settings = (*company)->settings();
    RunRequest request;
    request.plan.target = settings.target;
    request.plan.roadmap = *m_composition->roadmap(settings.roadmapId);
    request.plan.facts.routes = (*company)->routes();
    request.plan.facts.sources = (*company)->sources();
    request.plan.facts.dkimSelectors = settings.dkimSelectors;
    request.net = (*company)->netOptions();
    request.language = m_composition->language;
    Runner runner(m_composition->runServices());
    connect(&runner, &Runner::finished, this, [this](const Run &run) { m_run = run; });
    QVERIFY(runner.start(request));
    QTRY_VERIFY_WITH_TIMEOUT(!runner.isRunning(), kLongestRunMs);
}

void TestPractice::findsEveryFaultAndInventsNone()
{
    std::set<QString> found;
    for (const CheckResult &result : m_run.results) {
        for (const Finding &finding : result.findings)
            found.insert(line(finding.checkId, finding.code, finding.host));
    }
    std::set<QString> built;
    for (const PracticeFault &fault : practiceFaults())
        built.insert(line(fault.checkId, fault.code, fault.host));
    QCOMPARE(printed(found), printed(built));
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
    for (const CheckResult &result : m_run.results) {
        const QJsonObject json = toJson(result);
        const QString printedResult = QString::fromUtf8(QJsonDocument(json).toJson());
        for (const QString &secret : secrets)
            QVERIFY2(!printedResult.contains(secret), qPrintable(result.checkId));
    }
}

QTEST_GUILESS_MAIN(TestPractice)
#include "tst_practice.moc"
