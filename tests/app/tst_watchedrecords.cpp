// The accepted DNS records are looked at again by the program itself, through the real window and the real check,
// against name servers on loopback.
#include "checks/dns/drift.h"
#include "lab/zonescript.h"
#include "tests/lab/hostileserver.h"
#include "tests/ui/pagefixture.h"
#include "ui/mainwindow.h"
#include "ui/monitoring/baselineview.h"
#include "ui/shell/projectview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/page.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30000;
const QString kAddress = u"example.com. 300 IN A 192.0.2.1"_s;
const QString kNs = u"example.com. 300 IN NS ns1.example.net."_s;
const QString kMx = u"example.com. 300 IN MX 10 mail.example.net."_s;

// Two resolvers of one opinion, which a test changes.
class Zone
{
public:
    NetOptions options() const
    {
        NetOptions net;
        net.resolvers = {m_first.address(), m_second.address()};
        net.connects = {{QString(), 0, {u"127.0.0.1"_s, lab::unusedPort()}}};
        net.operationTimeout = std::chrono::milliseconds(300);
        return net;
    }
    void loseMail(bool does) { m_hasMail = !does; }
    void fallSilent(bool does) { m_isSilent = does; }
    size_t questions() const { return m_first.seen().size() + m_second.seen().size(); }

private:
    DnsReply reply(const DnsQuestionSeen &question) const
    {
        if (m_isSilent)
            return {.silent = true};
        return m_hasMail ? m_whole(question) : m_withoutMail(question);
    }

    const ScriptedDns::Script m_whole = zoneScript({kAddress, kNs, kMx});
    const ScriptedDns::Script m_withoutMail = zoneScript({kAddress, kNs});
    std::atomic_bool m_hasMail = true;
    std::atomic_bool m_isSilent = false;
    const ScriptedDns m_first{[this](const DnsQuestionSeen &question) { return reply(question); }};
    const ScriptedDns m_second{[this](const DnsQuestionSeen &question) { return reply(question); }};
};

template<typename T>
T *visibleChild(QWidget *root, const QString &name)
{
    for (T *child : root->findChildren<T *>(name)) {
        if (child->isVisible())
            return child;
    }
    return nullptr;
}

} // namespace

class TestWatchedRecords : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void acceptedRecordsHaveANextLook();
    void thePaceIsChosenBesideThem();
    void aDifferenceIsFoundByItself();
    void silenceFindsNothing();
    void whatIsPutBackIsNoFindingAnyMore();
    void nothingIsAskedOnceTheProjectIsClosed();

private:
    Page *page() { return m_window->projectView()->page(m_window->currentPageId()); }
    QString said(const QString &label)
    {
        const auto *found = visibleChild<QLabel>(page(), label);
        return found ? found->text() : QString();
    }
    // As if that much time had gone by, until the look that is due then begins.
    void letTimeGoBy(int seconds) { m_ahead = seconds; }

    Zone m_zone;
    int m_ahead = 0;
    QTemporaryDir m_folder;
    testing::FakeCredentialStore m_credentials;
    CheckCatalog m_catalog;
    CheckRegistry m_registry;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestWatchedRecords::initTestCase()
{
    m_catalog = CheckCatalog::load().value();
    m_registry.add(driftCheck());
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
    SessionServices services;
    services.run.catalog = &m_catalog;
    services.run.registry = &m_registry;
    services.net = m_zone.options();
    services.roadmaps = loadRoadmaps().value();
    services.credentials = &m_credentials;
    services.language = u"en"_s;
    services.recordWatch = {.now = [this] { return QDateTime::currentDateTimeUtc().addSecs(m_ahead); },
                            .tick = std::chrono::milliseconds(20),
                            .settle = std::chrono::milliseconds(0)};
    m_session = std::make_unique<Session>(std::move(services));
    connect(m_session.get(), &Session::runStarted, this, [this] { m_ahead = 0; });
    m_window = std::make_unique<MainWindow>(*m_session, *m_theme, AppSettings());
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));

    QSignalSpy opened(m_session.get(), &Session::projectOpened);
    m_session->createProject(m_folder.filePath(u"watched.cockpit"_s),
                             {u"Watched"_s,
                              {u"example.com"_s, {{HostRole::Site, u"example.com"_s}}},
                              QString::fromLatin1(kDefaultRoadmapId),
                              {}});
    QTRY_COMPARE(opened.count(), 1);
    m_window->showPage(pages::kMonitoring);
}

void TestWatchedRecords::cleanupTestCase()
{
    m_window.reset(); // before what it uses
    m_session.reset();
}

void TestWatchedRecords::acceptedRecordsHaveANextLook()
{
    QTRY_VERIFY(visibleChild<QPushButton>(page(), u"lookAtDns"_s));
    QVERIFY(!visibleChild<QComboBox>(page(), u"recordWatch"_s)); // there is nothing to watch yet
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    QTest::mouseClick(visibleChild<QPushButton>(page(), u"lookAtDns"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    auto *accept = visibleChild<QPushButton>(page(), u"acceptDnsRecords"_s);
    QVERIFY(accept);
    QTRY_VERIFY(accept->isEnabled());
    QTest::mouseClick(accept, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience); // looks again by itself, with the new baseline
    QTRY_VERIFY2(said(u"recordLooks"_s).contains("Next look: "_L1), qPrintable(said(u"recordLooks"_s)));
    QVERIFY(said(u"recordLooks"_s).contains("Last look: "_L1));
    const qint64 pause = QDateTime::currentDateTimeUtc().secsTo(m_session->nextRecordLook());
    QVERIFY2(pause > 3500 && pause <= 3600, qPrintable(QString::number(pause)));
}

void TestWatchedRecords::thePaceIsChosenBesideThem()
{
    auto *pace = visibleChild<QComboBox>(page(), u"recordWatch"_s);
    QVERIFY(pace);
    QCOMPARE(pace->currentText(), recordWatchLabel(std::chrono::hours(1)));
    pace->setFocus();
    QTest::keyClick(pace, Qt::Key_End);
    QCOMPARE(m_session->project().recordWatch, std::chrono::seconds(0));
    QTRY_VERIFY(said(u"recordLooks"_s).contains("does not look again by itself"_L1));
    QTest::keyClick(pace, Qt::Key_Home);
    QCOMPARE(m_session->project().recordWatch, std::chrono::seconds(std::chrono::minutes(15)));
    QTRY_VERIFY(said(u"recordLooks"_s).contains("Next look: "_L1));
}

void TestWatchedRecords::aDifferenceIsFoundByItself()
{
    m_zone.loseMail(true);
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    letTimeGoBy(901);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(m_session->risks().size(), size_t(1));
    QCOMPARE(m_session->risks().front().finding.code, u"mail_stops"_s);
    QVERIFY(!m_session->risks().front().finding.fix.steps.isEmpty()); // as a run that somebody started gives it
    QTRY_VERIFY2(said(u"dnsDifferences"_s).contains("Mail to you stops"_L1), qPrintable(said(u"dnsDifferences"_s)));
}

void TestWatchedRecords::silenceFindsNothing()
{
    m_zone.fallSilent(true);
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    letTimeGoBy(901);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QTRY_VERIFY2(said(u"dnsBaselineStatus"_s).contains("could not compare"_L1),
                 qPrintable(said(u"dnsBaselineStatus"_s)));
    QCOMPARE(m_session->risks().size(), size_t(1)); // neither found nor forgotten
    QVERIFY(m_session->nextRecordLook() > QDateTime::currentDateTimeUtc());
}

void TestWatchedRecords::whatIsPutBackIsNoFindingAnyMore()
{
    m_zone.fallSilent(false);
    m_zone.loseMail(false);
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    letTimeGoBy(901);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QVERIFY(m_session->risks().empty());
    QTRY_VERIFY(said(u"dnsDifferences"_s).isEmpty());
}

void TestWatchedRecords::nothingIsAskedOnceTheProjectIsClosed()
{
    const size_t asked = m_zone.questions();
    m_session->closeProject();
    letTimeGoBy(100000);
    QVERIFY(!m_session->nextRecordLook().isValid());
    QSignalSpy opened(m_session.get(), &Session::projectOpened);
    m_session->openProject(m_folder.filePath(u"watched.cockpit"_s), OpenMode::ReadOnly);
    QTRY_COMPARE(opened.count(), 1);
    QVERIFY(!m_session->nextRecordLook().isValid()); // nor in one that is open to look only
    QCOMPARE(m_session->project().recordWatch, std::chrono::seconds(std::chrono::minutes(15)));
    m_window->showPage(pages::kMonitoring);
    QTRY_VERIFY(visibleChild<QComboBox>(page(), u"recordWatch"_s));
    QVERIFY(!visibleChild<QComboBox>(page(), u"recordWatch"_s)->isEnabled());
    QCOMPARE(m_zone.questions(), asked);
}

QTEST_MAIN(TestWatchedRecords)
#include "tst_watchedrecords.moc"
