// A log is pasted in the window: the real checks read it once, the dialog shows what they found, and the text itself is
// nowhere afterwards.
#include "checks/ai/family.h"
#include "checks/monitor/family.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/family.h"
#include "models/freedmemory.h"
#include "models/wipedtext.h"
#include "pagefixture.h"
#include "pictures.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/lab/ownmemory.h"
#include "tests/lab/sanitized.h"
#include "ui/sources/pastedialog.h"
#include "ui/sources/pastedmodel.h"
#include "ui/sources/sourcespage.h"
#include "ui/widgets/pastefield.h"
#include "ui/widgets/rowlist.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kCardNumber = "4539578763621486";
const QByteArray kPassword = "Tulip7bulbs9field";

QString someLog()
{
    return QString::fromUtf8("2026-11-29T10:00:00Z INFO started\n"
                             "2026-11-29T10:00:01Z INFO paid with " +
                             kCardNumber +
                             " thanks\n"
                             "2026-11-29T10:00:02Z DEBUG sign-in anna@firm.io password=" +
                             kPassword + "\n");
}

} // namespace

class TestPasteDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        wipeFreedMemory(); // as the window does it
        m_theme = themeForPictures();
    }
    void cleanupTestCase();
    void init();
    void findsWhatStandsInALog();
    void nothingOfItIsKept();
    void nothingOfItIsLeftInMemory();
    void leadsToTheFinding();
    void readsPrompts();
    void saysThatNothingWasFound();
    void saysWhyItCannotBeRead();
    void stops();
    void takesNoMoreThanItCan();
    void aFileBelongsIntoTheList();
    void closesWithTheProject();

private:
    Session &session() { return *m_fixture->session; }
    QPushButton *button(const QString &name) { return m_dialog->findChild<QPushButton *>(name); }
    PasteField *field() { return m_dialog->findChild<PasteField *>(); }
    RowList *found() { return m_dialog->findChild<RowList *>(u"pastedFindings"_s); }
    bool says(const QString &words);
    void choose(SourceKind kind);
    void paste(const QString &text);
    void read();

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<SourcesPage> m_page;
    QPointer<PasteDialog> m_dialog; // which goes by itself when it is closed
};

void TestPasteDialog::cleanupTestCase()
{
    m_page.reset();
    m_theme.reset();
}

void TestPasteDialog::init()
{
    m_page.reset();
    m_fixture = std::make_unique<PageFixture>([](SessionServices &services) {
        services.run.prepare = [](Observations &seen) { seen.put(CompiledRules{}, test::smallSet()); };
    });
    m_fixture->registry.add(secretsChecks());
    m_fixture->registry.add(monitorChecks());
    m_fixture->registry.add(aiChecks());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    session().setMonitors({}); // a run asks for no samples then
    m_page = std::make_unique<SourcesPage>(session());
    m_page->resize(1000, 700);
    m_page->show();
    m_page->bringUpToDate();
    m_page->findChild<QPushButton *>(u"pasteSource"_s)->click();
    m_dialog = m_page->findChild<PasteDialog *>();
    QVERIFY(m_dialog && m_dialog->isVisible());
}

bool TestPasteDialog::says(const QString &words)
{
    const auto labels = m_dialog->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *l) { return l->isVisible() && l->text().contains(words); });
}

void TestPasteDialog::choose(SourceKind kind)
{
    auto *kinds = m_dialog->findChild<QComboBox *>(u"pastedKind"_s);
    kinds->setCurrentIndex(kinds->findData(static_cast<int>(kind)));
}

void TestPasteDialog::paste(const QString &text)
{
    QApplication::clipboard()->setText(text);
    field()->paste();
    QApplication::clipboard()->clear();
}

void TestPasteDialog::read()
{
    QSignalSpy finished(&session(), &Session::runFinished);
    QVERIFY(button(u"readPasted"_s)->isEnabled());
    button(u"readPasted"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60000);
}

void TestPasteDialog::findsWhatStandsInALog()
{
    QVERIFY(!button(u"readPasted"_s)->isEnabled());
    QVERIFY(says(u"no file ever holds it"_s));
    paste(someLog());
    QVERIFY(keepPicture(*m_page, u"sources-empty"_s) && keepPicture(*m_dialog, u"dialog-paste"_s));
    read();
    QVERIFY(keepPicture(*m_dialog, u"dialog-paste-read"_s));
    QVERIFY(!field()->hasText());
    QVERIFY(found()->isVisible());
    const QAbstractItemModelTester tester(found()->model());
    QStringList titles;
    for (int row = 0; row < found()->model()->rowCount(); ++row)
        titles << found()->model()->index(row, 0).data().toString();
    QVERIFY2(titles.contains(u"Card numbers stand in your logs"_s), qPrintable(titles.join(u'|')));
    QVERIFY2(titles.contains(u"Passwords stand in your logs"_s), qPrintable(titles.join(u'|')));
    QVERIFY(says(u"found in it that should not stand there"_s));
    const auto results = latestOf(u"secrets.logs"_s, session().project());
    QCOMPARE(results.size(), size_t(1));
    QCOMPARE(results.front()->outcome, Outcome::Fail);
    QVERIFY(session().project().sources.empty()); // it is no source of the project
}

void TestPasteDialog::nothingOfItIsKept()
{
    paste(someLog());
    read();
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    session().closeProject();
    QDir folder(m_fixture->folder.path());
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        // Closing takes away what the database keeps beside the project, while this looks.
        if (!file.open(QIODevice::ReadOnly)) {
            QVERIFY2(!file.exists(), qPrintable(name));
            continue;
        }
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(kCardNumber) && !bytes.contains(kPassword), qPrintable(name));
    }
}

// Neither what the dialog held nor what the readers made of it.
void TestPasteDialog::nothingOfItIsLeftInMemory()
{
#ifndef __GLIBC__
    QSKIP("The system does not overwrite what is given back.");
#endif
    if (lab::kIsSanitized)
        QSKIP("A sanitizer keeps what is given back.");
    constexpr qsizetype letters = 32;
    const MaskedValue value(letters);
    {
        WipedCopy password(value.plain());
        WipedCopy text(someLog() + u"2026-11-29T10:00:03Z DEBUG password="_s + *password + u'\n');
        paste(*text);
    }
    QVERIFY(countInOwnMemory(value) > 0);
    read();
    QVERIFY(found()->isVisible());
    QApplication::processEvents();
    wipeCachedBlocks(); // as the desk does it
    QCOMPARE(countInOwnMemory(value), 0);
}

void TestPasteDialog::leadsToTheFinding()
{
    paste(someLog());
    read();
    QSignalSpy shown(m_page.get(), &Page::showFinding);
    emit found()->actionTriggered(found()->model()->index(0, 0));
    QCOMPARE(shown.count(), 1);
    QVERIFY(session().project().findings.contains(shown.front().front().toString()));
    QTRY_VERIFY(!m_dialog);
}

void TestPasteDialog::readsPrompts()
{
    choose(SourceKind::Prompts);
    paste(u"{\"role\":\"user\",\"content\":\"my password: %1\"}"_s.arg(QString::fromUtf8(kPassword)));
    read();
    QVERIFY(found()->isVisible());
    QCOMPARE(found()->model()->index(0, 0).data().toString(), u"Passwords or tokens stand in your prompts"_s);
}

void TestPasteDialog::saysThatNothingWasFound()
{
    paste(u"2026-11-29T10:00:00Z INFO started\n"_s.repeated(200));
    read();
    QVERIFY(!found()->isVisible());
    QVERIFY(says(u"Nothing was found"_s));
    QVERIFY(says(u"200 line"_s));
}

void TestPasteDialog::saysWhyItCannotBeRead()
{
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({u"secrets.tree"_s});
    paste(u"a line"_s);
    if (session().isRunning()) {
        QVERIFY(!button(u"readPasted"_s)->isEnabled());
        QVERIFY(says(u"Checks are running"_s));
    }
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QVERIFY(button(u"readPasted"_s)->isEnabled());
    QVERIFY(!says(u"Nothing was found"_s)); // that run was about something else
}

void TestPasteDialog::stops()
{
    paste(someLog().repeated(40'000));
    QVERIFY(field()->holdsUnseen());
    QSignalSpy finished(&session(), &Session::runFinished);
    button(u"readPasted"_s)->click();
    QCOMPARE(button(u"readPasted"_s)->text(), u"Stop"_s);
    button(u"readPasted"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 5000);
    QVERIFY(!says(u"Nothing was found"_s));
    QVERIFY(says(u"It was not read"_s) || found()->isVisible()); // or it was faster than the stop
}

void TestPasteDialog::takesNoMoreThanItCan()
{
    paste(QString(kLargestPaste + 1, u'x'));
    QVERIFY(!button(u"readPasted"_s)->isEnabled());
    QVERIFY(says(u"more than 16 MB"_s));
    button(u"clearPasted"_s)->click();
    QVERIFY(!says(u"more than 16 MB"_s));
}

void TestPasteDialog::aFileBelongsIntoTheList()
{
    const QString path = m_fixture->folder.filePath(u"server.log"_s);
    QVERIFY(QFile(path).open(QIODevice::WriteOnly));
    emit field()->fileDropped(path);
    QTRY_COMPARE(session().project().sources.size(), size_t(1));
    QCOMPARE(session().project().sources.front().path, path);
    QTRY_VERIFY(!m_dialog);
}

void TestPasteDialog::closesWithTheProject()
{
    session().closeProject();
    QTRY_VERIFY(m_page->findChildren<PasteDialog *>().isEmpty());
}

QTEST_MAIN(TestPasteDialog)
#include "tst_pastedialog.moc"
