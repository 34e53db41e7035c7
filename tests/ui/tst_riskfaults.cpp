// A fault of many routes on the page of risks: one row, opened to its places, decided together or one by one.
// COCKPIT_SHOTS=<folder> keeps pictures.
#include "pagefixture.h"
#include "pictures.h"

#include "ui/risks/riskmodel.h"
#include "ui/risks/riskspage.h"
#include "ui/stage/decisiondialog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/rowlist.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPlaces = 12;

QString placeOf(int at)
{
    return u"POST /v1/things-%1"_s.arg(at, 2, 10, QChar(u'0'));
}

std::vector<Finding> manyPlaces()
{
    std::vector<Finding> findings;
    for (int at = 0; at < kPlaces; ++at) {
        Finding finding = makeFinding(u"abuse.schema"_s, u"A route breaks when it is sent the wrong kind of value"_s,
                                      Severity::High, Impact::CostAbuse, 20);
        finding.subject = placeOf(at);
        finding.whatWeSaw = u"%1 answered 500 to a number where a text is expected."_s.arg(finding.subject);
        findings.push_back(finding);
    }
    return findings;
}

} // namespace

class TestRiskFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_fixture = std::make_unique<PageFixture>([](SessionServices &) {}, manyPlaces());
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
        m_page = std::make_unique<RisksPage>(session());
        m_page->resize(1180, 800);
        m_page->show();
        m_page->bringUpToDate();
        m_list = m_page->findChild<RowList *>(u"risks"_s);
        QVERIFY(m_list);
        m_fault = rowNamed(u"(at 12 place(s))"_s);
        QVERIFY(m_fault >= 0);
        m_list->setCurrentIndex(at(m_fault));
        m_list->setFocus();
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void tellsAFaultOnce()
    {
        QCOMPARE(model()->rowCount(), 5);                                 // four others
        QCOMPARE(at(m_fault).data(RowTrailingRole).toString(), u"4 h"_s); // the work of all
        QVERIFY(at(m_fault).data(RowNoteRole).toString().contains(placeOf(0)));
        const QString counts = m_page->findChild<QLabel *>(u"riskCounts"_s)->text();
        QVERIFY2(counts.startsWith(u"5 fault(s) at 16 place(s)."_s), qPrintable(counts));
        QCOMPARE(session().risks().size(), std::size_t(16));
        auto *filter = m_page->findChild<QComboBox *>(u"impactFilter"_s);
        filter->setCurrentIndex(filter->findData(static_cast<int>(Impact::CostAbuse)));
        QTRY_COMPARE(model()->rowCount(), 1);
        QCOMPARE(m_page->findChild<QLabel *>(u"riskCounts"_s)->text().section(u'.', 0, 0),
                 u"1 fault(s) at 12 place(s)"_s);
        filter->setCurrentIndex(filter->findData(static_cast<int>(Impact::Downtime)));
        QTRY_VERIFY(at(0).data().toString().contains(u"renews late"_s));
        QVERIFY(m_page->findChild<QLabel *>(u"riskCounts"_s)->isHidden());
    }

    void opensByKey()
    {
        const QAbstractItemModelTester tester(model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy resets(model(), &QAbstractItemModel::modelReset);
        QVERIFY(spoken(m_fault).endsWith(u"Enter shows its places."_s));
        QTest::keyClick(m_list, Qt::Key_Return);
        QCOMPARE(model()->rowCount(), 5 + kPlaces);
        QVERIFY2(spoken(m_fault).contains(u"shown below"_s), qPrintable(spoken(m_fault)));
        QVERIFY(spoken(m_fault + 1).contains(placeOf(0)));
        QVERIFY(!at(m_fault + 1).data(RowPillRole).isValid());
        QSet<QString> places;
        for (int row = m_fault + 1; row <= m_fault + kPlaces; ++row)
            places.insert(at(row).data().toString());
        QCOMPARE(places.size(), qsizetype(kPlaces));
        QTest::keyClick(m_list, Qt::Key_Down);
        QCOMPARE(m_list->currentIndex().row(), m_fault + 1);
        QTest::keyClick(m_list, Qt::Key_Up);
        QTest::keyClick(m_list, Qt::Key_Return);
        QCOMPARE(model()->rowCount(), 5);
        QCOMPARE(m_list->currentIndex().row(), m_fault);
        QCOMPARE(resets.size(), 0); // the list stays where it is
    }

    void opensByMouse()
    {
        m_list->scrollTo(at(m_fault));
        const QRect button = m_list->actionRect(at(m_fault));
        QVERIFY(!button.isEmpty());
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(model()->rowCount(), 5 + kPlaces);
    }

    void decidesForAllPlaces()
    {
        press(u"fixNow"_s);
        QCOMPARE(session().project().decisions.size(), std::size_t(kPlaces));
        QTRY_COMPARE(at(m_fault).data(RowTrailingRole).toString(), u"fix now · 4 h"_s);
        press(u"withdrawDecision"_s);
        QCOMPARE(session().project().decisions.size(), std::size_t(0));
        press(u"acceptRisk"_s);
        auto *dialog = m_page->findChild<DecisionDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QPlainTextEdit *>(u"reason"_s)->setPlainText(u"A test."_s);
        dialog->findChild<QLineEdit *>(u"by"_s)->setText(u"Dana"_s);
        dialog->findChild<QPushButton *>(u"ok"_s)->click();
        for (const auto &[id, decision] : session().project().decisions) {
            QCOMPARE(decision.findingId, id);
            QCOMPARE(decision.kind, DecisionKind::Accepted);
        }
        QCOMPARE(session().project().decisions.size(), std::size_t(kPlaces));
        QTRY_COMPARE(at(m_fault).data(RowTrailingRole).toString(), u"accepted"_s);
        press(u"withdrawDecision"_s);
        QCOMPARE(session().project().decisions.size(), std::size_t(0));
    }

    void decidesForOnePlaceAlone()
    {
        QTest::keyClick(m_list, Qt::Key_Return);
        m_list->setCurrentIndex(at(m_fault + 3));
        const QString id = at(m_fault + 3).data(RiskModel::FindingIdRole).toString();
        press(u"fixNow"_s);
        QCOMPARE(session().project().decisions.size(), std::size_t(1));
        QVERIFY(session().project().decisions.contains(id));
        QTRY_COMPARE(at(m_fault).data(RowTrailingRole).toString(), u"1 of 12 decided"_s);
        QCOMPARE(m_list->currentIndex().row(), m_fault + 3); // stays chosen, and the fault opened
        QVERIFY(at(m_fault + 3).data(RowTrailingRole).toString().startsWith(u"fix now"_s));
        m_list->setCurrentIndex(at(m_fault));
        QVERIFY(shows(u"So far: 1 of 12 decided."_s));
        press(u"fixNow"_s); // the others as well
        QCOMPARE(session().project().decisions.size(), std::size_t(kPlaces));
        QTRY_VERIFY(shows(u"Of all places: fix now"_s));
    }

    void findsAPlaceOfAClosedFault()
    {
        const Finding wanted = findingAt(placeOf(7));
        QVERIFY(m_page->select(wanted.id()));
        QCOMPARE(m_list->currentIndex().data().toString(), placeOf(7));
        QVERIFY(m_page->select(findingAt(placeOf(0)).id()));
        QCOMPARE(m_list->currentIndex().data().toString(), placeOf(0));
    }

    void saysWhyAFaultStandsAboveAnother()
    {
        const QString last = whyHere(session().risks(), session().risks().front().finding.id());
        QVERIFY(!last.isEmpty());
        const QString why = whyHere(session().risks(), findingAt(placeOf(0)).id());
        QVERIFY2(!why.contains(u"wrong kind of value”:"_s), qPrintable(why)); // not above its own next place
    }

    void keepsPictures()
    {
        for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_theme = nullptr;
            m_theme = std::make_unique<Theme>(*qApp, choice);
            const QString name = choice == ThemeChoice::Light ? u"light"_s : u"dark"_s;
            m_list->scrollTo(at(m_fault));
            QVERIFY(pictured(u"risks-closed-"_s + name));
            QTest::keyClick(m_list, Qt::Key_Return);
            m_list->scrollTo(at(m_fault), QAbstractItemView::PositionAtTop);
            QVERIFY(pictured(u"risks-open-"_s + name));
            m_page->setLayoutDirection(Qt::RightToLeft);
            QVERIFY(pictured(u"risks-open-rtl-"_s + name));
            m_page->setLayoutDirection(Qt::LeftToRight);
            QTest::keyClick(m_list, Qt::Key_Return);
        }
        QCOMPARE(model()->rowCount(), 5);
    }

private:
    Session &session() { return *m_fixture->session; }
    QAbstractItemModel *model() const { return m_list->model(); }
    QModelIndex at(int row) const { return model()->index(row, 0); }
    QString spoken(int row) const { return at(row).data(Qt::AccessibleTextRole).toString(); }

    int rowNamed(const QString &part) const
    {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (at(row).data().toString().contains(part))
                return row;
        }
        return -1;
    }

    Finding findingAt(const QString &place)
    {
        for (const Risk &risk : session().risks()) {
            if (risk.finding.subject == place)
                return risk.finding;
        }
        return {};
    }

    void press(const QString &name)
    {
        auto *button = m_page->findChild<QPushButton *>(name);
        QVERIFY2(button, qPrintable(name));
        QTRY_VERIFY2(button->isEnabled() && button->isVisible(), qPrintable(name));
        button->click();
    }

    bool shows(const QString &text) const
    {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(text); });
    }

    // Texts that changed are laid out when the event loop runs.
    bool pictured(const QString &name)
    {
        QCoreApplication::processEvents();
        return keepPicture(*m_page, name);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<RisksPage> m_page;
    RowList *m_list = nullptr;
    int m_fault = -1;
};

QTEST_MAIN(TestRiskFaults)
#include "tst_riskfaults.moc"
