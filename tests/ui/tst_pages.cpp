// Every page that stands beside the stages, over a real project file: it opens, says its name, names all its controls,
// shows no rich text, and fits a small window in both themes and both directions.
// COCKPIT_SHOTS=<folder> keeps a picture of each.
#include "pagefixture.h"
#include "tests/models/secretsamples.h"

#include "ui/access/accesspage.h"
#include "ui/credentials/credentialspage.h"
#include "ui/gate/gatepage.h"
#include "ui/handover/handoverpage.h"
#include "ui/handover/packexport.h"
#include "ui/later/laterpage.h"
#include "ui/message/messagepage.h"
#include "ui/monitoring/incidentdialog.h"
#include "ui/monitoring/monitoringpage.h"
#include "ui/plan48/plan48page.h"
#include "ui/redirects/redirectspage.h"
#include "ui/risks/riskspage.h"
#include "ui/secrets/secretspage.h"
#include "ui/sources/sourcespage.h"
#include "ui/surface/surfacepage.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

using PageMaker = std::function<Page *(Session &)>;

namespace {

template<typename T>
Page *make(Session &session)
{
    return new T(session);
}

bool isNamed(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty())
        return true;
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button && !button->text().isEmpty();
}

void keepPicture(QWidget *page, const QString &name)
{
    if (const QString folder = qEnvironmentVariable("COCKPIT_SHOTS"); !folder.isEmpty())
        QVERIFY(page->grab().save(folder + u'/' + name + u".png"_s));
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
        m_fixture = std::make_unique<PageFixture>();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
        session().setCredentials({{u"Customer A"_s,
                                   u"Signs in as an ordinary customer"_s,
                                   u"entry-a"_s,
                                   QDateTime::currentDateTimeUtc(),
                                   {}}});
        session().setSecrets({sample::exposedEntry(), sample::secretEntry(u"Password of the registrar"_s)});
    }

    void cleanupTestCase() { m_fixture.reset(); }

    void pagesHold_data()
    {
        QTest::addColumn<PageMaker>("maker");
        QTest::newRow("risks") << PageMaker(make<RisksPage>);
        QTest::newRow("plan48") << PageMaker(make<Plan48Page>);
        QTest::newRow("gate") << PageMaker(make<GatePage>);
        QTest::newRow("later") << PageMaker(make<LaterPage>);
        QTest::newRow("credentials") << PageMaker(make<CredentialsPage>);
        QTest::newRow("access") << PageMaker(make<AccessPage>);
        QTest::newRow("surface") << PageMaker(make<SurfacePage>);
        QTest::newRow("sources") << PageMaker(make<SourcesPage>);
        QTest::newRow("redirects") << PageMaker(make<RedirectsPage>);
        QTest::newRow("secrets") << PageMaker(make<SecretsPage>);
        QTest::newRow("message") << PageMaker(make<MessagePage>);
        QTest::newRow("monitoring") << PageMaker(make<MonitoringPage>);
        QTest::newRow("handover") << PageMaker(make<HandoverPage>);
    }

    void pagesHold()
    {
        QFETCH(PageMaker, maker);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const std::unique_ptr<Page> page(maker(session()));
        page->resize(1040, 700); // what the rail and the bars leave of 1280 x 800
        page->show();
        page->aboutToShow();
        QCOMPARE(page->pageId(), name);
        QVERIFY(!page->title().isEmpty());
        settle(page.get());
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_theme->setChoice(choice);
            keepPicture(page.get(), name + u'-' + toWord(choice));
        }
        m_theme->setChoice(ThemeChoice::Light);
        checkControls(page.get());
        QVERIFY2(page->minimumSizeHint().width() <= 1016, qPrintable(QString::number(page->minimumSizeHint().width())));
        QVERIFY2(page->minimumSizeHint().height() <= 600,
                 qPrintable(QString::number(page->minimumSizeHint().height())));
        page->setLayoutDirection(Qt::RightToLeft);
        keepPicture(page.get(), name + u"-rtl"_s);
    }

    void gateLinesCanBeAnswered()
    {
        GatePage page(session());
        page.bringUpToDate();
        const QString id = session().roadmap().minimumBar.front().id;
        QVERIFY(page.findChild<QPushButton *>(u"answer-"_s + id));
        QSignalSpy answered(&session(), &Session::answersChanged);
        session().answer({id, AnswerValue::Holds, u"Looked at it"_s, u"Dana"_s, QDateTime::currentDateTimeUtc(), {}});
        QCOMPARE(answered.size(), 1);
        QVERIFY(session().status(session().roadmap().minimumBar.front()).state == ItemState::AnsweredByPerson);
    }

    void sprintRowsAreTickedByAnswers()
    {
        Plan48Page page(session());
        page.bringUpToDate();
        const QString id = session().roadmap().sprint.front().id;
        auto *box = page.findChild<QAbstractButton *>(u"sprint-"_s + id);
        QVERIFY(box);
        box->click();
        QVERIFY(session().project().answers.contains(id));
        QVERIFY(box->isChecked());
        box->click();
        QVERIFY(!session().project().answers.contains(id));
    }

    void risksAreFoundAgain()
    {
        RisksPage page(session());
        QVERIFY(page.select(session().risks().back().finding.id()));
        QVERIFY(!page.select(u"no-such-finding"_s));
    }

    void anIncidentCanBeWrittenAbout()
    {
        MonitoringPage page(session());
        page.resize(1000, 700);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QPushButton *>(u"incidentNote"_s), 20000);
        page.findChild<QPushButton *>(u"incidentNote"_s)->click();
        auto *dialog = page.findChild<IncidentDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QPlainTextEdit *>(u"incidentText"_s)->setPlainText(u"Restarted the app, told Dana"_s);
        dialog->findChild<QPushButton *>(u"ok"_s)->click();
        QCOMPARE(session().project().incidentNotes.size(), std::size_t(1));
        const auto shows = [&page] {
            const auto labels = page.findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [](const QLabel *label) { return label->text() == u"Restarted the app, told Dana"_s; });
        };
        QTRY_VERIFY(shows());
    }

    void quickPressesWatchEverythingOnce()
    {
        PageFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), 20000);
        fixture.session->setMonitors({fixture.session->project().monitors.front()});
        const Monitor known = fixture.session->project().monitors.front();
        LaterPage page(*fixture.session);
        page.bringUpToDate();
        int pressed = 0;
        for (auto *button : page.findChildren<QPushButton *>()) {
            if (!button->objectName().startsWith(u"setUp-"_s))
                continue;
            ++pressed;
            button->click();
            button->click();
        }
        QVERIFY(pressed > 0);
        const std::vector<Monitor> watched = fixture.session->project().monitors;
        QVERIFY(watched.size() > 1);
        QCOMPARE(watched.front(), known); // with its samples
        for (const Monitor &monitor : watched)
            QVERIFY(std::ranges::count(watched, monitor.url, &Monitor::url) <= 2); // its pages, and its certificate
    }

    void stopHoldsWhileThePackIsCollected()
    {
        const QString path = m_fixture->folder.filePath(u"stopped.pdf"_s);
        std::function<void(const Result<HandoverInput> &)> answer;
        int asked = 0;
        const HandoverCollector collect = [&](QObject *, auto done) {
            answer = std::move(done);
            ++asked;
        };
        PackExport pack;
        QSignalSpy failed(&pack, &PackExport::failed);
        pack.start(collect, path, {});
        QVERIFY(pack.isRunning());
        pack.stop();
        pack.start(collect, path, {}); // impatience begins no second one
        QCOMPARE(asked, 1);
        answer(HandoverInput());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::Cancelled);
        QVERIFY(!pack.isRunning());
        QVERIFY(!QFileInfo::exists(path));
    }

    void aPackThatCannotBeCollectedIsNotWritten()
    {
        const QString path = m_fixture->folder.filePath(u"unread.pdf"_s);
        PackExport pack;
        QSignalSpy failed(&pack, &PackExport::failed);
        pack.start([](QObject *, auto done) { done(failure(ErrorKind::Storage, u"The file is damaged."_s)); }, path,
                   {});
        QCOMPARE(failed.count(), 1);
        QVERIFY(!QFileInfo::exists(path));
    }

    void oneExportAtATime()
    {
        HandoverPage page(session());
        page.show();
        page.exportTo(m_fixture->folder.filePath(u"one.pdf"_s));
        const auto *button = page.findChild<QPushButton *>(u"exportPdf"_s);
        QVERIFY(!button->isEnabled());
        emit session().answersChanged(); // something else to show, while it is being collected
        page.bringUpToDate();
        QVERIFY(!button->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 30000);
    }

    void thePackIsExported()
    {
        HandoverPage page(session());
        page.resize(1000, 600);
        page.show();
        const QString path = m_fixture->folder.filePath(u"pack.pdf"_s);
        page.exportTo(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(path).size() > 1000, 30000);
        QTRY_VERIFY(page.findChild<QPushButton *>(u"exportPdf"_s)->isEnabled());
    }

    void aPackThatCannotBeWrittenSaysSo()
    {
        HandoverPage page(session());
        page.show();
        page.exportTo(m_fixture->folder.filePath(u"no/such/folder/pack.pdf"_s));
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QPushButton *>(u"exportPdf"_s)->isEnabled(), 30000);
        bool said = false;
        for (const QLabel *label : page.findChildren<QLabel *>())
            said |= label->isVisible() && label->text().contains(u"pack.pdf"_s);
        QVERIFY(said);
    }

private:
    Session &session() { return *m_fixture->session; }

    // Until background figures and the preview have arrived.
    static void settle(Page *page)
    {
        if (const auto *table = page->findChild<QAbstractItemView *>(u"endpoints"_s))
            QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 2, 20000);
        if (const auto *list = page->findChild<QAbstractItemView *>(u"handoverSections"_s))
            QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 5, 30000);
        QTest::qWait(page->findChild<QWidget *>(u"endpoints"_s) || page->pageId() == pages::kHandover ? 1500 : 50);
    }

    static void checkControls(const Page *page)
    {
        for (const QAbstractButton *button : page->findChildren<QAbstractButton *>()) {
            const bool isOffered = button->isVisibleTo(page) && button->focusPolicy() != Qt::NoFocus;
            if (!isOffered || button->objectName().startsWith(u"qt_"_s))
                continue;
            QVERIFY2(isNamed(button), qPrintable(button->objectName()));
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
        }
        for (const QComboBox *box : page->findChildren<QComboBox *>())
            QVERIFY2(isNamed(box) && !box->objectName().isEmpty(), qPrintable(box->objectName()));
        for (const QAbstractItemView *view : page->findChildren<QAbstractItemView *>()) {
            if (view->parentWidget()->inherits("QComboBoxPrivateContainer") || view->inherits("QHeaderView"))
                continue;
            QVERIFY2(isNamed(view), qPrintable(view->objectName()));
        }
        for (const QLabel *label : page->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_fixture;
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
