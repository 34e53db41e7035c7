// The page about a message sends a test message, with a password that no widget and no file ever holds.
#include "messagepagelab.h"

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestMessageSending : public QObject, private MessagePageLab
{
    Q_OBJECT

private slots:
    void initTestCase() { open(); }
    void cleanupTestCase() { close(); }
    void init() { showFresh(); }
    void sendsATestMessage();
    void sendsOneMessageHoweverOftenItIsPressed();
    void stopsWhileTheKeychainAsks();
    void takesNoFileWhileItSends();
    void keepsWhatIsTypedWhileItSends();
    void saysWhenNobodyKnowsWhetherItWasTaken();
    void keepsNoTokenAsUserName();
    void saysThatASentMessageWasNotRead();
    void saysWhyNothingWasSent();
};

void TestMessageSending::sendsATestMessage()
{
    QVERIFY(!button("sendTest")->isVisible());
    button("showDelivery")->click();
    QVERIFY(button("sendTest")->isVisible() && !button("sendTest")->isEnabled());
    fillAccount();
    QVERIFY(button("sendTest")->isEnabled());
    button("sendTest")->click();
    QTRY_VERIFY(shows(*m_page, u"250 2.0.0 Ok: 4F1A"_s));
    QCOMPARE(m_services->password, kPassword);
    QCOMPARE(m_services->setup.port, quint16(465));
    const Delivery kept = m_fixture->session->project().delivery;
    QVERIFY(kept.sent && kept.sent->token == u"feed"_s);
    QVERIFY(m_fixture->session->project().credentials.front().lastUsedAt.isValid());
    QCOMPARE(*kept.setup, m_services->setup);
    QTRY_COMPARE(m_fixture->session->saveState(), SaveState::Saved);
    QFile file(m_fixture->path());
    QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains(kPassword));
    // What was sent comes back, and is known again.
    MessageStory story = storyOf(ProofState::Pass);
    story.token = u"feed"_s;
    m_services->story = story;
    paste(kMessage);
    QVERIFY(m_fixture->session->project().delivery.proof->isOwnTest);
    m_page->bringUpToDate();
    QVERIFY(shows(*m_page, u"The test message arrived"_s));
}

void TestMessageSending::sendsOneMessageHoweverOftenItIsPressed()
{
    m_fixture->keychain.isSlow = true;
    button("showDelivery")->click();
    fillAccount();
    button("sendTest")->click();
    QVERIFY(!button("sendTest")->isEnabled() && button("stopSending")->isVisible());
    QVERIFY(!button("readMessage")->isEnabled() && !button("stopMessage")->isVisible());
    QVERIFY(shows(*m_page, u"Sending…"_s));
    button("sendTest")->click();
    QCOMPARE(m_fixture->keychain.late.size(), size_t(1));
    m_fixture->keychain.late.front()();
    QTRY_VERIFY(m_fixture->session->project().delivery.sent);
    QVERIFY(button("sendTest")->isEnabled() && !button("stopSending")->isVisible());
    QCOMPARE(m_services->messages, 1);
}

void TestMessageSending::stopsWhileTheKeychainAsks()
{
    m_fixture->keychain.isSlow = true;
    button("showDelivery")->click();
    fillAccount();
    button("sendTest")->click();
    button("stopSending")->click();
    QVERIFY(shows(*m_page, u"Stopped before anything was sent."_s));
    QVERIFY(button("sendTest")->isEnabled() && !button("stopSending")->isVisible());
    const int answered = m_fixture->keychain.reads;
    m_fixture->keychain.late.front()(); // the late answer to what was abandoned
    QCOMPARE(m_fixture->keychain.reads, answered + 1);
    QVERIFY(!m_fixture->session->project().delivery.setup);
    button("sendTest")->click();
    m_fixture->keychain.late.back()();
    QTRY_COMPARE(m_services->messages, 1);
    QTRY_VERIFY(m_fixture->session->project().delivery.sent);
}

// A file that is dropped meanwhile must not stop it, nor drop what became of it.
void TestMessageSending::takesNoFileWhileItSends()
{
    m_fixture->keychain.isSlow = true;
    button("showDelivery")->click();
    fillAccount();
    button("sendTest")->click();
    QFile file(m_folder.filePath(u"meanwhile.eml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kMessage) == kMessage.size());
    file.close();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_page.get(), &enter);
    QVERIFY(!enter.isAccepted());
    QWidget *field = m_page->findChild<PasteField *>()->viewport();
    for (QWidget *target : {static_cast<QWidget *>(m_page.get()), field}) {
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
    }
    QVERIFY(button("stopSending")->isVisible());
    m_fixture->keychain.late.front()();
    QTRY_VERIFY(m_fixture->session->project().delivery.sent);
    QCOMPARE(m_services->messages, 1);
    QVERIFY(m_services->asked.bytes.isEmpty());
}

void TestMessageSending::keepsWhatIsTypedWhileItSends()
{
    m_fixture->keychain.isSlow = true;
    button("showDelivery")->click();
    fillAccount();
    button("sendTest")->click();
    auto *to = m_page->findChild<QLineEdit *>(u"smtpTo"_s);
    to->selectAll();
    QTest::keyClicks(to, u"you@reader.example"_s);
    m_fixture->keychain.late.front()();
    QTRY_VERIFY(m_fixture->session->project().delivery.sent);
    m_page->bringUpToDate();
    QCOMPARE(to->text(), u"you@reader.example"_s);
    QCOMPARE(m_services->setup.to, u"me@reader.example"_s);
    QCOMPARE(m_fixture->session->project().delivery.setup->to, u"me@reader.example"_s);
}

// Its mark is kept: it is the own test message, should it arrive.
void TestMessageSending::saysWhenNobodyKnowsWhetherItWasTaken()
{
    m_services->sent = SentMessage{QDateTime::currentDateTimeUtc(), u"feed"_s, {}};
    button("showDelivery")->click();
    fillAccount();
    button("sendTest")->click();
    QTRY_VERIFY(shows(*m_page, u"the server did not say that it took it"_s));
    QVERIFY(!shows(*m_page, u"The server took the message"_s));
    QCOMPARE(m_fixture->session->project().delivery.sent->token, u"feed"_s);
    m_page->findChild<Banner *>()->dismiss();
    m_page->bringUpToDate();
    QVERIFY(shows(*m_page, u"did not say that it took it"_s));
}

// As with Postmark, where one token is both.
void TestMessageSending::keepsNoTokenAsUserName()
{
    fillAccount();
    m_page->findChild<QLineEdit *>(u"smtpUser"_s)->setText(QString::fromLatin1(kPassword));
    button("sendTest")->click();
    QTRY_VERIFY(m_fixture->session->project().delivery.sent);
    QVERIFY(m_services->setup.user.isEmpty() && m_services->setup.userIsPassword); // it went as a Secret alone
    QCOMPARE(m_services->password, kPassword);
    const DeliverySetup kept = *m_fixture->session->project().delivery.setup;
    QVERIFY(kept.userIsPassword && kept.user.isEmpty());
    QVERIFY(m_page->findChild<QLineEdit *>(u"smtpUser"_s)->text().isEmpty());
    QTRY_COMPARE(m_fixture->session->saveState(), SaveState::Saved);
    for (const QString &name : QDir(m_fixture->folder.path()).entryList(QDir::Files)) {
        QFile file(m_fixture->folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(kPassword), qPrintable(name));
    }
    button("sendTest")->click(); // from what was kept
    QTRY_COMPARE(m_services->messages, 2);
    QTRY_VERIFY(button("sendTest")->isEnabled());
    QVERIFY(m_services->setup.user.isEmpty() && m_services->setup.userIsPassword);
}

void TestMessageSending::saysThatASentMessageWasNotRead()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Delivery delivery;
    delivery.sent = SentMessage{now, u"feed"_s, u"250 Ok"_s};
    m_fixture->session->setDelivery(delivery);
    m_page->bringUpToDate();
    QVERIFY(shows(*m_page, u"It has not been read here yet."_s));
    delivery.proof = DeliveryProof{};
    delivery.proof->isOwnTest = true;
    delivery.proof->at = now.addSecs(-1); // of the message before
    m_fixture->session->setDelivery(delivery);
    m_page->bringUpToDate();
    QVERIFY(shows(*m_page, u"It has not been read here yet."_s));
    delivery.proof->at = now;
    m_fixture->session->setDelivery(delivery);
    m_page->bringUpToDate();
    QVERIFY(!shows(*m_page, u"It has not been read here yet."_s));
    QVERIFY(shows(*m_page, u"The test message arrived"_s));
}

void TestMessageSending::saysWhyNothingWasSent()
{
    m_services->sent = failure(ErrorKind::NotPermitted, u"The server refused the password."_s);
    fillAccount();
    button("sendTest")->click();
    QTRY_VERIFY(shows(*m_page, u"refused the password"_s));
    QVERIFY(!m_fixture->session->project().delivery.sent);
    m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"The keychain is locked."_s};
    button("sendTest")->click();
    m_fixture->keychain.error.reset();
    QTRY_VERIFY(shows(*m_page, u"The keychain is locked."_s));
}

QTEST_MAIN(TestMessageSending)
#include "tst_messagesending.moc"
