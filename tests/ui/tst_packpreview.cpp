// The newest request wins, and what was asked before leaves nothing behind.
#include "fakeproject.h"
#include "models/roadmap.h"
#include "ui/handover/handoverpage.h"

#include <QAbstractItemView>
#include <QFutureWatcher>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

HandoverInput inputNamed(const QString &name)
{
    HandoverInput input;
    input.project.settings.name = name;
    input.roadmap = loadRoadmaps().value().front();
    input.now = QDateTime(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
    return input;
}

bool isIdle(const PackPreview &preview)
{
    return preview.findChildren<QFutureWatcherBase *>().isEmpty();
}

} // namespace

class TestPackPreview : public QObject
{
    Q_OBJECT

private slots:
    void showsTheNewestPack();
    void paintsTheNewestPage();
    void goesWhileItWorks();
    void forgetsAnotherProject();
    void thePageForgetsAnotherProject();
};

void TestPackPreview::showsTheNewestPack()
{
    PackPreview preview;
    QSignalSpy built(&preview, &PackPreview::built);
    for (int i = 0; i < 5; ++i)
        preview.build(inputNamed(u"Acme %1"_s.arg(i)), PageSize::A4);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(preview), 30000);
    QCOMPARE(built.count(), 1);
    QVERIFY(preview.pageCount() > 0);
    QVERIFY(preview.document().title.contains(u"Acme 4"_s));
}

void TestPackPreview::paintsTheNewestPage()
{
    PackPreview preview;
    QSignalSpy ready(&preview, &PackPreview::pageReady);
    preview.build(inputNamed(u"Acme"_s), PageSize::A4);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(preview), 30000);
    for (int page = 0; page < 3; ++page)
        preview.paintPage(page, 200);
    preview.build(inputNamed(u"Acme"_s), PageSize::A4); // a page that is asked for is painted all the same
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(preview), 30000);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(ready.front().front().toInt(), 2);
}

void TestPackPreview::goesWhileItWorks()
{
    auto preview = std::make_unique<PackPreview>();
    QSignalSpy built(preview.get(), &PackPreview::built);
    for (int i = 0; i < 5; ++i)
        preview->build(inputNamed(u"Acme"_s), PageSize::A4);
    preview.reset();
    QCoreApplication::processEvents();
    QCOMPARE(built.count(), 0);
}

void TestPackPreview::forgetsAnotherProject()
{
    PackPreview preview;
    QSignalSpy built(&preview, &PackPreview::built);
    preview.build(inputNamed(u"Acme"_s), PageSize::A4);
    preview.forget(); // while it works
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(preview), 30000);
    QCOMPARE(built.count(), 0);
    preview.build(inputNamed(u"Acme"_s), PageSize::A4);
    QTRY_COMPARE_WITH_TIMEOUT(built.count(), 1, 30000);
    preview.forget();
    QCOMPARE(preview.pageCount(), 0);
    QVERIFY(preview.document().sections.empty());
}

// Nothing of the first project stands there while the second one's pack is made, or when that fails.
void TestPackPreview::thePageForgetsAnotherProject()
{
    const testing::FakeProject fake;
    const auto session = fake.makeSession();
    session->createProject(fake.path(u"first.cockpit"_s), fake.settings());
    QTRY_VERIFY(session->isOpen());
    HandoverPage page(*session);
    page.resize(1000, 600);
    page.show();
    const auto *sections = page.findChild<QAbstractItemView *>(u"handoverSections"_s)->model();
    const auto *position = page.findChild<QLabel *>(u"previewPosition"_s);
    QTRY_VERIFY_WITH_TIMEOUT(sections->rowCount() > 5, 30000);
    const QString shown = position->text();
    page.hide(); // and it need not be seen to hear of it
    int sectionsThen = -1;
    QString positionThen;
    connect(session.get(), &Session::projectOpened, this, [&] {
        sectionsThen = sections->rowCount();
        positionThen = position->text();
    });
    session->createProject(fake.path(u"second.cockpit"_s), fake.settings());
    QTRY_VERIFY(sectionsThen >= 0);
    QCOMPARE(sectionsThen, 0);
    QVERIFY(positionThen != shown);
}

QTEST_MAIN(TestPackPreview)
#include "tst_packpreview.moc"
