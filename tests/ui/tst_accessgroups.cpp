// The two lists of results on the access page: all that is tried as the test accounts, and limits and bad input.
#include "accesslab.h"

#include "ui/access/accesspage.h"
#include "ui/widgets/rowlist.h"

#include <QLayout>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const QString kRoles = u"access.roles"_s;
const QString kLeak = u"edge.cache-leak"_s;
const QString kSmoke = u"deploy.smoke"_s;
const QString kLimit = u"abuse.rate-limit"_s;
const QString kSchema = u"abuse.schema"_s;

} // namespace

class TestAccessGroups : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sortsTheCatalogue();
    void showsAListForEach();
    void theButtonChecksWhatIsShown();
    void leadsToAFindingOfTheOtherList();
    void saysHowManyFindingsThereAre();
    void theKeyboardReachesBoth();
    void fitsMirroredAndInASmallWindow();

private:
    Session &session() { return *m_fixture->session; }
    QPushButton *button(const QString &name) { return buttonIn(m_page.get(), name); }
    const RowList *list() { return m_page->findChild<RowList *>(u"accessResults"_s); }
    QStringList shownChecks();
    void addCheck(const QString &id, Severity severity);
    void addCheck(const QString &id);
    void runAll();

    AccessAnswers m_answers;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<AccessPage> m_page;
};

void TestAccessGroups::addCheck(const QString &id)
{
    Check check;
    check.id = id;
    check.look = [](const Look &) { return Judged{.outcome = Outcome::Pass, .summary = u"Well."_s}; };
    m_fixture->registry.add(std::move(check));
}

void TestAccessGroups::addCheck(const QString &id, Severity severity)
{
    Check check;
    check.id = id;
    check.look = [id, severity](const Look &) {
        return Judged{.outcome = Outcome::Fail,
                      .findings = {makeFinding(id, u"Found by "_s + id, severity, Impact::DataExposure, 10)}};
    };
    m_fixture->registry.add(std::move(check));
}

void TestAccessGroups::init()
{
    m_fixture = std::make_unique<PageFixture>(
        [this](SessionServices &services) { services = withAccess(std::move(services), m_answers); });
    addCheck(kRoles, Severity::High);
    addCheck(kLeak);
    addCheck(kSmoke, Severity::Critical);
    addCheck(kLimit, Severity::Medium);
    addCheck(kSchema);
    addCheck(u"http.cors"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(u"Dana"_s);
    m_page = std::make_unique<AccessPage>(session());
    m_page->resize(1040, 700);
    m_page->show();
    m_page->bringUpToDate();
}

void TestAccessGroups::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

QStringList TestAccessGroups::shownChecks()
{
    QStringList ids;
    for (int row = 0; row < list()->model()->rowCount(); ++row)
        ids.append(list()->model()->index(row, 0).data(ResultsModel::CheckIdRole).toString());
    return ids;
}

void TestAccessGroups::runAll()
{
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({kRoles, kLeak, kSmoke, kLimit, kSchema});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    m_page->bringUpToDate();
}

void TestAccessGroups::sortsTheCatalogue()
{
    const QStringList access = checksOf(AccessGroup::Access, m_fixture->catalog);
    const QStringList abuse = checksOf(AccessGroup::Abuse, m_fixture->catalog);
    for (const CatalogEntry &entry : m_fixture->catalog.entries()) {
        const bool isTried = entry.family() == u"access" || entry.id == kLeak || entry.id == kSmoke;
        QCOMPARE(access.contains(entry.id), isTried);
        QCOMPARE(abuse.contains(entry.id), entry.family() == u"abuse");
    }
}

void TestAccessGroups::showsAListForEach()
{
    runAll();
    QCOMPARE(shownChecks(), (QStringList{kSmoke, kRoles, kLeak}));
    QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), u"Found by deploy.smoke"_s);
    button(u"showAbuse"_s)->click();
    QCOMPARE(shownChecks(), (QStringList{kLimit, kSchema}));
    QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), u"Found by abuse.rate-limit"_s);
    button(u"showAccess"_s)->click();
    QCOMPARE(shownChecks(), (QStringList{kSmoke, kRoles, kLeak}));
    QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), u"Found by deploy.smoke"_s);
}

void TestAccessGroups::theButtonChecksWhatIsShown()
{
    const auto checked = [this] {
        QSignalSpy finished(&session(), &Session::runFinished);
        button(u"checkAccess"_s)->click();
        [&] { QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000); }();
        m_page->bringUpToDate();
        QStringList ids;
        for (const QString &id : {kLimit, kSmoke}) {
            if (!latestOf(id, session().project()).empty())
                ids.append(id);
        }
        return ids;
    };
    QCOMPARE(button(u"checkAccess"_s)->text(), u"Check access"_s);
    QCOMPARE(checked(), QStringList{kSmoke});
    button(u"showAbuse"_s)->click();
    QCOMPARE(button(u"checkAccess"_s)->text(), u"Check limits and input"_s);
    QCOMPARE(checked(), (QStringList{kLimit, kSmoke}));
}

void TestAccessGroups::leadsToAFindingOfTheOtherList()
{
    runAll();
    for (const Risk &risk : session().risks()) {
        const QString id = risk.finding.checkId;
        const bool isHere = id == kRoles || id == kSmoke || id == kLimit;
        QCOMPARE(m_page->select(risk.finding.id()), isHere);
        if (isHere)
            QCOMPARE(textIn(m_page.get(), u"detailTitle"_s), risk.finding.title);
        if (isHere)
            QCOMPARE(button(u"showAbuse"_s)->isChecked(), id == kLimit);
    }
}

void TestAccessGroups::saysHowManyFindingsThereAre()
{
    QCOMPARE(button(u"showAccess"_s)->text(), u"Access"_s);
    QCOMPARE(button(u"showAbuse"_s)->text(), u"Limits and bad input"_s);
    runAll();
    QCOMPARE(button(u"showAccess"_s)->text(), u"Access (2)"_s);
    QCOMPARE(button(u"showAbuse"_s)->text(), u"Limits and bad input (1)"_s);
    QVERIFY(button(u"showAbuse"_s)->accessibleName().contains(u"findings: 1"_s));
}

void TestAccessGroups::theKeyboardReachesBoth()
{
    runAll();
    button(u"showAccess"_s)->setFocus();
    QTest::keyClick(button(u"showAccess"_s), Qt::Key_Right);
    QTRY_VERIFY(button(u"showAbuse"_s)->isChecked());
    QCOMPARE(shownChecks(), (QStringList{kLimit, kSchema}));
}

void TestAccessGroups::fitsMirroredAndInASmallWindow()
{
    runAll();
    m_page->resize(1016, 600);
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        m_page->setLayoutDirection(direction);
        m_page->layout()->activate();
        QVERIFY2(m_page->minimumSizeHint().width() <= 1016,
                 qPrintable(QString::number(m_page->minimumSizeHint().width())));
        for (const auto &name : {u"showAccess"_s, u"showAbuse"_s})
            QVERIFY(m_page->rect().contains(QRect(button(name)->mapTo(m_page.get(), QPoint()), button(name)->size())));
        QVERIFY(list()->viewport()->height() >= list()->sizeHintForRow(0));
    }
}

QTEST_MAIN(TestAccessGroups)
#include "tst_accessgroups.moc"
