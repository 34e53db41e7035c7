// The page about a message: it pastes, opens and drops, shows the story, teaches selectors, keeps the proof and
// never the message, and stops at once.
#include "messagepagelab.h"

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestMessagePage : public QObject, private MessagePageLab
{
    Q_OBJECT

private slots:
    void initTestCase() { open(); }
    void cleanupTestCase() { close(); }
    void init() { showFresh(); }
    void readsWhatWasPasted();
    void takesEachCharacter_data();
    void takesEachCharacter();
    void takesTheBodyAfterTheHeader_data();
    void takesTheBodyAfterTheHeader();
    void typesNoLineSeparator();
    void readsAFile();
    void readsADroppedFile();
    void refusesFiles_data();
    void refusesFiles();
    void takesALongPasteWithoutShowingIt();
    void holdsALongPasteUntilItIsCleared();
    void showsDetailsAndTakesCorrections();
    void tellsWhoPassedItOn();
    void teachesSelectors();
    void keepsTheProofAndNotTheMessage();
    void keepsNoProofOfAStranger();
    void asksBeforeItKeepsAFake();
    void saysItWhereverItIsScrolled();
    void keepsNewsUntilItIsSeen();
    void endsWithAnAnswerWhenTheReaderThrows();
    void stopsAtOnce();
    void hasWordsForEveryState_data();
    void hasWordsForEveryState();
    void standsInOneColumnWhenNarrow();
};

void TestMessagePage::readsWhatWasPasted()
{
    QVERIFY(!button("readMessage")->isEnabled()); // there is nothing to read
    QVERIFY(!m_page->findChild<QWidget *>(u"storyVerdict"_s)->isVisible());
    paste(kMessage);
    QCOMPARE(m_services->asked.bytes, kMessage);
    QVERIFY(shows(*m_page, u"really comes from"_s));
    QVERIFY(shows(*m_page, u"Receivers differ."_s));
    QCOMPARE(m_page->findChild<QWidget *>(u"stationSpf"_s)->accessibleDescription(),
             u"passed. acme-ops.example, from 192.0.2.5"_s);
    m_services->story = failure(ErrorKind::BadInput, u"There is no message in it."_s);
    paste("nonsense");
    QVERIFY(shows(*m_page, u"There is no message in it."_s));
}

void TestMessagePage::takesEachCharacter_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a blank that is not broken") << u"a\u00a0b"_s
                                                << QByteArray("a\xc2\xa0"
                                                              "b");
    QTest::newRow("a line separator") << u"a\u2028b"_s
                                      << QByteArray("a\xe2\x80\xa8"
                                                    "b");
    QTest::newRow("a paragraph separator") << u"a\u2029b"_s
                                           << QByteArray("a\xe2\x80\xa9"
                                                         "b");
    QTest::newRow("ends of lines") << u"a\nb\n\nc\n"_s << QByteArray("a\nb\n\nc\n");
    QTest::newRow("ends of lines as mail has them") << u"a\r\nb\r\n"_s << QByteArray("a\nb\n");
    QTest::newRow("a carriage return alone") << u"a\rb\r\n"_s << QByteArray("a\rb\r\n");
    QTest::newRow("a carriage return before the end of a line") << u"a\r\r\n"_s << QByteArray("a\r\r\n");
    QTest::newRow("a carriage return at the end") << u"a\r"_s << QByteArray("a\r");
    QTest::newRow("a tab") << u"a\tb"_s << QByteArray("a\tb");
    QTest::newRow("beyond the first plane") << u"a\U0001f600b"_s
                                            << QByteArray("a\xf0\x9f\x98\x80"
                                                          "b");
}

// A signature holds for each byte of the body.
void TestMessagePage::takesEachCharacter()
{
    QFETCH(QString, text);
    QApplication::clipboard()->setText(text);
    auto *field = m_page->findChild<PasteField *>();
    field->paste();
    QTEST(field->text(), "bytes");
    button("readMessage")->click();
    QTRY_VERIFY(!button("stopMessage")->isVisible());
    QTEST(m_services->asked.bytes, "bytes");
}

void TestMessagePage::takesTheBodyAfterTheHeader_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("shown") << u"body"_s;
    QTest::newRow("a paragraph separator") << u"a\u2029b"_s;
    QTest::newRow("a carriage return") << u"a\rb"_s;
    QTest::newRow("long") << QString(200'000, u'x');
}

// In two pieces, the second of which may be one that cannot be shown.
void TestMessagePage::takesTheBodyAfterTheHeader()
{
    QFETCH(QString, body);
    auto *field = m_page->findChild<PasteField *>();
    field->setPlainText(u"Subject: x\n\nold"_s);
    field->moveCursor(QTextCursor::End);
    field->moveCursor(QTextCursor::StartOfLine, QTextCursor::KeepAnchor); // what is selected is replaced
    QApplication::clipboard()->setText(body);
    field->paste();
    QCOMPARE(field->text(), "Subject: x\n\n" + body.toUtf8());
}

void TestMessagePage::typesNoLineSeparator()
{
    auto *field = m_page->findChild<PasteField *>();
    QTest::keyClicks(field, u"a"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(field, u"b"_s);
    QCOMPARE(field->text(), QByteArray("a\nb"));
}

void TestMessagePage::readsAFile()
{
    QFile file(m_folder.filePath(u"message.eml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kMessage) == kMessage.size());
    file.close();
    m_page->openFile(file.fileName());
    QTRY_VERIFY(shows(*m_page, u"really comes from"_s));
    QCOMPARE(m_services->asked.bytes, kMessage);
}

void TestMessagePage::readsADroppedFile()
{
    QFile file(m_folder.filePath(u"dropped.eml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kMessage) == kMessage.size());
    file.close();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_page.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_page.get(), &drop);
    QVERIFY(drop.isAccepted());
    QTRY_VERIFY(shows(*m_page, u"really comes from"_s));
    QCOMPARE(m_services->asked.bytes, kMessage);
}

void TestMessagePage::refusesFiles_data()
{
    QTest::addColumn<qint64>("size"); // -1: a folder, -2: no file at all
    QTest::addColumn<QString>("part");
    QTest::newRow("more than 25 MB") << qint64(kLargestMessage + 1) << u"larger than 25 MB"_s;
    QTest::newRow("a folder") << qint64(-1) << u"could not be read"_s;
    QTest::newRow("gone") << qint64(-2) << u"could not be read"_s;
}

void TestMessagePage::refusesFiles()
{
    QFETCH(qint64, size);
    QFETCH(QString, part);
    QString path = size == -1 ? m_folder.path() : m_folder.filePath(u"refused.eml"_s);
    QFile::remove(m_folder.filePath(u"refused.eml"_s));
    if (size >= 0) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(size));
    }
    m_page->openFile(path);
    QTRY_VERIFY(shows(*m_page, part));
    QVERIFY(m_services->asked.bytes.isEmpty());
}

void TestMessagePage::takesALongPasteWithoutShowingIt()
{
    auto *field = m_page->findChild<PasteField *>();
    const QByteArray longMessage = kMessage + QByteArray(2'000'000, 'x');
    QApplication::clipboard()->setText(QString::fromUtf8(longMessage));
    QElapsedTimer clock;
    clock.start();
    field->paste();
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(field->document()->isEmpty());
    button("readMessage")->click();
    QTRY_COMPARE(m_services->asked.bytes.size(), longMessage.size());
    QTRY_VERIFY(!button("stopMessage")->isVisible());
}

void TestMessagePage::holdsALongPasteUntilItIsCleared()
{
    auto *field = m_page->findChild<PasteField *>();
    const QString before = field->placeholderText();
    QVERIFY(!button("clearMessage")->isVisible());
    QApplication::clipboard()->setText(QString(200'000, u'x'));
    field->paste();
    QTest::keyClicks(field, u"y"_s); // a stray key
    QCOMPARE(field->text().size(), 200'000);
    QVERIFY(field->placeholderText() != before);
    QVERIFY(button("clearMessage")->isVisible());
    button("clearMessage")->click();
    QVERIFY(!field->hasText() && !button("readMessage")->isEnabled());
    QCOMPARE(field->placeholderText(), before);
    QVERIFY(!button("clearMessage")->isVisible());
    QTest::keyClicks(field, u"y"_s);
    QCOMPARE(field->text(), QByteArray("y"));
}

void TestMessagePage::showsDetailsAndTakesCorrections()
{
    paste(kMessage);
    auto *details = m_page->findChild<QWidget *>(u"storyDetails"_s);
    QVERIFY(!details->isVisible());
    button("showStory")->click();
    QVERIFY(details->isVisible());
    QVERIFY(shows(*m_page, u"is a guess"_s) && shows(*m_page, u"Claimed by the receiver"_s));
    QVERIFY(shows(*m_page, u"selector theirs"_s));
    auto *address = m_page->findChild<QLineEdit *>(u"clientAddress"_s);
    QCOMPARE(address->text(), u"192.0.2.5"_s);
    address->setText(u" 198.51.100.7 "_s);
    button("readAgain")->click();
    QTRY_COMPARE(m_services->asked.clientAddress, u"198.51.100.7"_s);
    QTRY_VERIFY(!button("stopMessage")->isVisible());
    QCOMPARE(m_services->asked.bytes, kMessage);
    button("showStory")->click();
    QVERIFY(!details->isVisible());
}

// One line, and only when somebody vouches.
void TestMessagePage::tellsWhoPassedItOn()
{
    paste(kMessage);
    button("showStory")->click();
    QVERIFY(!shows(*m_page, u"(ARC)"_s));
    MessageStory story = storyOf(ProofState::Fail);
    story.arc = {ProofState::Pass,
                 u"pass"_s,
                 {u"lists.example"_s, u"b.example"_s, u"c.example"_s, u"d.example"_s},
                 u"A mailing list passed it on."_s};
    m_services->story = story;
    paste(kMessage);
    QTRY_VERIFY(shows(*m_page, u"Passed on by lists.example, b.example, c.example (ARC)"_s));
    QVERIFY(shows(*m_page, u"A mailing list passed it on."_s));
    story.arc = {ProofState::Fail, u"fail"_s, {}, u"The chain does not hold."_s};
    m_services->story = story;
    paste(kMessage);
    QTRY_VERIFY(shows(*m_page, u"Passed on by others (ARC)"_s));
    QVERIFY(shows(*m_page, u"The chain does not hold."_s));
}

void TestMessagePage::teachesSelectors()
{
    m_fixture->session->setDkimSelectors({u"old"_s});
    paste(kMessage);
    QVERIFY(button("useSelectors")->isVisible());
    button("useSelectors")->click();
    const QStringList wanted{u"old"_s, u"fresh1"_s}; // not the one of the other domain
    QCOMPARE(m_fixture->session->project().settings.dkimSelectors, wanted);
    QVERIFY(!button("useSelectors")->isVisible());
    QVERIFY(shows(*m_page, u"knows these selectors now"_s));
}

void TestMessagePage::keepsTheProofAndNotTheMessage()
{
    QSignalSpy kept(m_fixture->session.get(), &Session::deliveryChanged);
    paste(kMessage);
    QCOMPARE(kept.size(), 1);
    const auto proof = m_fixture->session->project().delivery.proof;
    QVERIFY(proof && proof->byDkim && proof->dmarc == ProofState::Pass);
    QTRY_COMPARE(m_fixture->session->saveState(), SaveState::Saved);
    for (const QString &name : QDir(m_fixture->folder.path()).entryList(QDir::Files)) {
        QFile file(m_fixture->folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(kBody), qPrintable(name));
    }
}

void TestMessagePage::keepsNoProofOfAStranger()
{
    MessageStory story = storyOf(ProofState::Pass);
    story.authorDomain = u"notacme-ops.example"_s;
    m_services->story = story;
    paste(kMessage);
    QVERIFY(!m_fixture->session->project().delivery.proof);
}

void TestMessagePage::asksBeforeItKeepsAFake()
{
    paste(kMessage);
    const auto good = m_fixture->session->project().delivery.proof;
    QVERIFY(good && !button("keepAsProof")->isVisible());
    m_services->story = storyOf(ProofState::Fail);
    paste(kMessage);
    QCOMPARE(m_fixture->session->project().delivery.proof, good);
    QVERIFY(button("keepAsProof")->isVisible());
    button("keepAsProof")->click();
    const auto kept = m_fixture->session->project().delivery.proof;
    QVERIFY(kept && kept->isVouched && kept->dmarc == ProofState::Fail);
    QVERIFY(!button("keepAsProof")->isVisible());
    m_services->story = storyOf(ProofState::Unknown);
    paste(kMessage);
    QCOMPARE(m_fixture->session->project().delivery.proof, kept);
    QVERIFY(!button("keepAsProof")->isVisible());
}

void TestMessagePage::saysItWhereverItIsScrolled()
{
    const auto *banner = m_page->findChild<Banner *>();
    for (const QWidget *above = banner->parentWidget(); above; above = above->parentWidget())
        QVERIFY(!qobject_cast<const QScrollArea *>(above));
}

void TestMessagePage::keepsNewsUntilItIsSeen()
{
    const auto *banner = m_page->findChild<Banner *>();
    m_services->story = failure(ErrorKind::BadInput, u"There is no message in it."_s);
    m_services->isEndless = true;
    m_page->findChild<PasteField *>()->setPlainText(u"x"_s);
    button("readMessage")->click();
    m_page->hide();
    button("stopMessage")->click();
    QTRY_VERIFY(!banner->isHidden()); // it came while the page was not seen
    m_page->aboutToShow();
    m_page->show();
    QVERIFY(banner->isVisible());
    m_page->hide();
    m_page->aboutToShow();
    QVERIFY(banner->isHidden());
}

void TestMessagePage::endsWithAnAnswerWhenTheReaderThrows()
{
    m_services->throws = true;
    paste(kMessage);
    QVERIFY(m_page->findChild<Banner *>()->isVisible());
    m_services->throws = false;
    paste(kMessage);
    QVERIFY(shows(*m_page, u"really comes from"_s));
}

void TestMessagePage::stopsAtOnce()
{
    m_services->isEndless = true;
    m_page->findChild<PasteField *>()->setPlainText(QString::fromUtf8(kMessage));
    button("readMessage")->click();
    QVERIFY(button("stopMessage")->isVisible() && !button("readMessage")->isEnabled());
    QElapsedTimer clock;
    clock.start();
    button("stopMessage")->click();
    QTRY_VERIFY(shows(*m_page, u"Stopped."_s));
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(button("readMessage")->isEnabled());
    // And when the page goes while it reads.
    button("readMessage")->click();
    clock.restart();
    m_page.reset();
    QVERIFY(clock.elapsed() < 1000);
}

void TestMessagePage::hasWordsForEveryState_data()
{
    QTest::addColumn<ProofState>("state");
    QTest::addColumn<StateShape>("shape");
    QTest::newRow("pass") << ProofState::Pass << StateShape::Pass;
    QTest::newRow("fail") << ProofState::Fail << StateShape::Fail;
    QTest::newRow("missing") << ProofState::Missing << StateShape::Warn;
    QTest::newRow("unknown") << ProofState::Unknown << StateShape::NotRun;
}

void TestMessagePage::hasWordsForEveryState()
{
    QFETCH(ProofState, state);
    QTEST(shapeFor(state), "shape");
    MessageStory story = storyOf(state);
    story.signatures.clear();
    StoryPicture picture;
    picture.setStory(story);
    for (const QString &name :
         {u"stationSender"_s, u"stationSpf"_s, u"stationDkim"_s, u"stationDmarc"_s, u"stationReceiver"_s}) {
        const auto *station = picture.findChild<QWidget *>(name);
        QVERIFY(!station->accessibleName().isEmpty() && !station->accessibleDescription().isEmpty());
    }
}

void TestMessagePage::standsInOneColumnWhenNarrow()
{
    paste(kMessage);
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        m_theme->setChoice(choice);
        keepPicture(u"story-"_s + toWord(choice));
    }
    const auto *spf = m_page->findChild<QWidget *>(u"stationSpf"_s);
    const auto *dkim = m_page->findChild<QWidget *>(u"stationDkim"_s);
    QTRY_VERIFY(spf->x() < dkim->x() && spf->y() == dkim->y());
    m_page->setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY(spf->x() > dkim->x());
    QTRY_VERIFY(isWhole(*m_page->findChild<QWidget *>(u"storyPicture"_s)));
    keepPicture(u"story-rtl"_s);
    m_page->setLayoutDirection(Qt::LeftToRight);
    m_page->resize(480, 700);
    QTRY_VERIFY(spf->y() < dkim->y() && spf->x() == dkim->x());
    QTRY_VERIFY(isWhole(*m_page->findChild<QWidget *>(u"storyPicture"_s)));
    keepPicture(u"story-narrow"_s);
}

QTEST_MAIN(TestMessagePage)
#include "tst_messagepage.moc"
