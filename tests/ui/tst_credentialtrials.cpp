// The Test button of the Credentials page: what it asks for each kind of credential, and what the page says of the
// answer.
#include "accesslab.h"
#include "pictures.h"

#include "ui/credentials/credentialspage.h"
#include "ui/credentials/credentialvault.h"

#include <QAbstractItemView>
#include <QSignalSpy>
#include <QTimer>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPassword = "smtp-secret-8c1f";

DeliverySetup mailAccount()
{
    return {
        u"smtp.acme-ops.example"_s, 465, SmtpSecurity::Tls, u"product"_s, u"entry-mail"_s, u"hello@acme-ops.example"_s,
        u"me@reader.example"_s};
}

} // namespace

class TestCredentialTrials : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_theme = themeForPictures(); }
    void cleanupTestCase();
    void init();
    void theMailAccountSignsIn_data();
    void theMailAccountSignsIn();
    void aTestStops();
    void aTestStopsWhileTheKeychainIsAsked();
    void whatWasStoppedIsNotWaitedFor();
    void aTestOutlivesAnotherFailure();
    void aTestEndsWhereTheUseChanged();
    void anAccountNeedsThePermission();
    void anAccountSignsIn_data();
    void anAccountSignsIn();
    void aLateSignInIsOfNoOtherProject();

private:
    Session &session() { return *m_fixture->session; }
    void permit();
    void addAccount();
    void choose(const QString &name);
    QPushButton *test() { return buttonIn(m_page.get(), u"testCredential"_s); }
    QDateTime lastUse(const QString &name);
    bool says(const QString &words);

    AccessAnswers m_answers;
    std::atomic_bool m_holds = false;
    std::atomic_int m_signIns = 0;
    Result<QString> m_mailSays = QString();
    DeliverySetup m_asked;
    QByteArray m_password;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<CredentialsPage> m_page;
};

void TestCredentialTrials::cleanupTestCase()
{
    m_page.reset();
    m_theme.reset();
}

void TestCredentialTrials::init()
{
    m_page.reset();
    m_holds = false;
    m_signIns = 0;
    m_answers.signsIn = true;
    m_answers.seenSecret.clear();
    m_fixture = std::make_unique<PageFixture>([this](SessionServices &services) {
        services = withAccess(std::move(services), m_answers);
        services.signInToMail = [this](const DeliverySetup &setup, const Secret &password, const NetOptions &,
                                       const CancelToken &token) -> Result<QString> {
            ++m_signIns;
            while (m_holds && !token.waitFor(std::chrono::milliseconds(5))) {
            }
            m_asked = setup;
            m_password = password.reveal();
            return m_mailSays;
        };
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    session().setCredentials({{u"Mail account"_s, {}, u"entry-mail"_s, {}, {}},
                              {u"Anna"_s, {}, u"entry-anna"_s, {}, {}},
                              {u"Unused"_s, {}, u"entry-unused"_s, {}, {}}});
    m_fixture->keychain.values.insert_or_assign(u"entry-mail"_s, Secret(kPassword));
    m_fixture->keychain.values.insert_or_assign(u"entry-anna"_s, Secret("token of Anna"));
    Delivery delivery;
    delivery.setup = mailAccount();
    session().setDelivery(delivery);
    m_page = std::make_unique<CredentialsPage>(session());
    m_page->resize(1000, 700);
    m_page->show();
    m_page->bringUpToDate();
}

void TestCredentialTrials::permit()
{
    bool isAnswered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { isAnswered = true; });
    QTRY_VERIFY(isAnswered);
    session().agree(u"Anna Founder"_s);
    QCOMPARE(session().permissionState(), PermissionState::Given);
}

void TestCredentialTrials::addAccount()
{
    TestActor actor = someActor(u"Anna"_s, u"member"_s, u"Acme"_s);
    actor.credential = u"Anna"_s;
    session().setActors({actor});
    QCOMPARE(session().project().actors.size(), size_t(1));
}

void TestCredentialTrials::choose(const QString &name)
{
    auto *table = m_page->findChild<QAbstractItemView *>(u"credentials"_s);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == name)
            table->setCurrentIndex(table->model()->index(row, 0));
    }
}

QDateTime TestCredentialTrials::lastUse(const QString &name)
{
    const auto &credentials = session().project().credentials;
    return std::ranges::find(credentials, name, &Credential::name)->lastUsedAt;
}

bool TestCredentialTrials::says(const QString &words)
{
    const auto labels = m_page->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *l) { return l->isVisible() && l->text().contains(words); });
}

void TestCredentialTrials::theMailAccountSignsIn_data()
{
    QTest::addColumn<std::optional<ErrorKind>>("error");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isUsed");
    using enum ErrorKind;
    QTest::newRow("taken") << std::optional<ErrorKind>() << u"Mail account: It takes them."_s << true;
    QTest::newRow("refused") << std::optional(NotPermitted) << u"Mail account was tested, and does not work."_s << true;
    QTest::newRow("nobody there") << std::optional(Unreachable) << u"Mail account could not be tested."_s << false;
    QTest::newRow("asks for none") << std::optional(Unsupported) << u"Mail account could not be tested."_s << false;
}

void TestCredentialTrials::theMailAccountSignsIn()
{
    QFETCH(std::optional<ErrorKind>, error);
    QFETCH(QString, words);
    m_mailSays = error ? Result<QString>(failure(*error, u"The server's own words."_s)) : u"It takes them."_s;
    choose(u"Mail account"_s);
    QVERIFY(test()->isVisible() && test()->isEnabled());
    QVERIFY(test()->accessibleDescription().contains(u"No message is sent"_s));
    test()->click();
    QTRY_VERIFY2(says(words), qPrintable(words));
    QVERIFY(keepPicture(*m_page, u"credentials-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-')));
    QCOMPARE(m_asked, mailAccount());
    QCOMPARE(m_password, kPassword);
    QCOMPARE(m_signIns.load(), 1);
    QTEST(lastUse(u"Mail account"_s).isValid(), "isUsed");
    QVERIFY(!lastUse(u"Unused"_s).isValid());
    QVERIFY(!says(QString::fromUtf8(kPassword)));
    QCOMPARE(test()->text(), u"Test"_s);
}

void TestCredentialTrials::aTestStops()
{
    m_holds = true;
    choose(u"Mail account"_s);
    test()->click();
    QTRY_COMPARE(m_signIns.load(), 1);
    QVERIFY(test()->isEnabled());
    QCOMPARE(test()->text(), u"Stop"_s);
    test()->click();
    QVERIFY(says(u"Stopped before there was an answer."_s));
    QCOMPARE(test()->text(), u"Test"_s);
    QVERIFY(!lastUse(u"Mail account"_s).isValid());
}

void TestCredentialTrials::aTestStopsWhileTheKeychainIsAsked()
{
    m_fixture->keychain.isSlow = true;
    choose(u"Mail account"_s);
    test()->click();
    QCOMPARE(test()->text(), u"Stop"_s); // and not "Test", which would ask a second time
    test()->click();
    QVERIFY(says(u"Stopped before there was an answer."_s));
    QCOMPARE(test()->text(), u"Test"_s);
    QCOMPARE(m_fixture->keychain.late.size(), 1u);
    m_fixture->keychain.late.front()();
    QCOMPARE(test()->text(), u"Test"_s);
    QCOMPARE(m_signIns.load(), 0);
}

// A keychain that says nothing at all: the page keeps saying that the test was stopped, and of the next one that the
// keychain has not answered.
void TestCredentialTrials::whatWasStoppedIsNotWaitedFor()
{
    const QString stopped = u"Stopped before there was an answer."_s;
    const QString silent = u"The keychain has not answered yet. It may be asking for its password in another window."_s;
    m_fixture->keychain.isSlow = true;
    choose(u"Mail account"_s);
    test()->click();
    test()->click();
    QVERIFY(says(stopped));
    bool isOver = false; // when it would have been said
    QTimer::singleShot(CredentialVault::kPatience * 11 / 10, Qt::PreciseTimer, m_page.get(), [&] { isOver = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isOver, 10'000);
    QVERIFY(says(stopped));
    QVERIFY(!says(silent));
    test()->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(silent), 10'000);
    test()->click();
    QVERIFY(says(stopped));
    QVERIFY(!says(silent));
}

// The failure of a test that was stopped is no answer to the next one.
void TestCredentialTrials::aTestOutlivesAnotherFailure()
{
    m_fixture->keychain.isSlow = true;
    m_fixture->keychain.values.erase(u"entry-mail"_s);
    choose(u"Mail account"_s);
    test()->click();
    test()->click();
    m_fixture->keychain.values.insert_or_assign(u"entry-mail"_s, Secret(kPassword));
    test()->click();
    QCOMPARE(test()->text(), u"Stop"_s);
    QCOMPARE(m_fixture->keychain.late.size(), 2u);
    m_fixture->keychain.values.erase(u"entry-mail"_s);
    m_fixture->keychain.late.front()();
    QCOMPARE(test()->text(), u"Stop"_s);
    m_fixture->keychain.values.insert_or_assign(u"entry-mail"_s, Secret(kPassword));
    m_fixture->keychain.late.back()();
    QTRY_COMPARE(m_signIns.load(), 1);
    QTRY_COMPARE(test()->text(), u"Test"_s);
}

void TestCredentialTrials::aTestEndsWhereTheUseChanged()
{
    m_fixture->keychain.isSlow = true;
    choose(u"Mail account"_s);
    test()->click();
    session().setDelivery({});
    m_fixture->keychain.late.front()();
    QVERIFY(says(u"changed while the keychain was asked"_s));
    QCOMPARE(m_signIns.load(), 0);
    QVERIFY(!lastUse(u"Mail account"_s).isValid());
}

void TestCredentialTrials::anAccountNeedsThePermission()
{
    addAccount();
    choose(u"Anna"_s);
    QVERIFY(test()->isVisible() && !test()->isEnabled());
    QVERIFY(says(sentenceOf(PermissionState::NotProven)));
    permit();
    QVERIFY(test()->isEnabled());
    session().stopActive();
    QVERIFY(!test()->isEnabled());
    QVERIFY(says(sentenceOf(PermissionState::Stopped)));
    QVERIFY(keepPicture(*m_page, u"credentials"_s));
    choose(u"Unused"_s);
    QVERIFY(!test()->isVisible());
    QVERIFY(says(u"nothing to test"_s));
    QCOMPARE(m_fixture->keychain.reads, 0);
}

void TestCredentialTrials::anAccountSignsIn_data()
{
    QTest::addColumn<bool>("signsIn");
    QTest::addColumn<QString>("words");
    QTest::newRow("signed in") << true << u"Anna: Signed in as anna@acme.example."_s;
    QTest::newRow("not signed in") << false << u"the sign-in did not succeed"_s;
}

void TestCredentialTrials::anAccountSignsIn()
{
    QFETCH(bool, signsIn);
    QFETCH(QString, words);
    m_answers.signsIn = signsIn;
    addAccount();
    permit();
    choose(u"Anna"_s);
    QSignalSpy logged(&session(), &Session::requestsLogged);
    test()->click();
    QTRY_VERIFY2(says(words), qPrintable(words));
    QCOMPARE(m_answers.seenSecret, QByteArray("token of Anna"));
    QCOMPARE(logged.count(), 1); // it is in the log like any other request to the product
    QVERIFY(lastUse(u"Anna"_s).isValid());
    QVERIFY(test()->isEnabled());
}

void TestCredentialTrials::aLateSignInIsOfNoOtherProject()
{
    addAccount();
    permit();
    choose(u"Anna"_s);
    m_fixture->keychain.isSlow = true;
    test()->click();
    QVERIFY(!test()->isEnabled());
    QSignalSpy opened(&session(), &Session::projectOpened);
    const ProjectSettings settings = session().project().settings;
    session().createProject(m_fixture->folder.filePath(u"other.cockpit"_s), settings);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
    m_fixture->keychain.late.front()();
    QCOMPARE(m_answers.seenSecret, QByteArray());
    session().setCredentials({{u"Mail account"_s, {}, u"entry-mail"_s, {}, {}}});
    Delivery delivery;
    delivery.setup = mailAccount();
    session().setDelivery(delivery);
    m_page->bringUpToDate();
    choose(u"Mail account"_s);
    QVERIFY(test()->isEnabled()); // nothing is being tested any more
}

QTEST_MAIN(TestCredentialTrials)
#include "tst_credentialtrials.moc"
