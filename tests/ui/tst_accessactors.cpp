// Test accounts: added by hand and from a recorded sign-in, tried, edited and removed; their values are in the keychain
// and nowhere else.
#include "accesslab.h"

#include "models/credentialkind.h"
#include "ui/access/actordialog.h"
#include "ui/access/actorsdialog.h"
#include "ui/access/mailedlinksdialog.h"
#include "ui/access/recordeddialog.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include <utility>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestAccessActors : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void addsOneByHand();
    void whatIsWrongIsSaidAndStoredNowhere_data();
    void whatIsWrongIsSaidAndStoredNowhere();
    void theKindChoosesTheFields_data();
    void theKindChoosesTheFields();
    void aRecordedSignInBecomesAnAccount();
    void whatIsNoSignInIsRefused();
    void thePracticeCompanysAreSaidToBeInMemory();
    void triesWithTheStoredValue();
    void sayWhyItCannotBeTried();
    void anEmptyValueKeepsTheStoredOne();
    void linksGoBesideThePassword();
    void aCodeGoesBesideThePassword();
    void aLinkElsewhereIsRefused();
    void linksAreForgotten();
    void linksWaitForTheKeychain();
    void anAccountThatWaitsTakesNoLinks();
    void aFailedLookLosesNoAccount();
    void removingTakesTheValueAway();
    void aKeychainThatFailsKeepsTheAccountOut();
    void anotherProjectEndsTheDialogs();

private:
    Session &session() { return *m_fixture->session; }
    ActorDialog *openNew();
    void type(const QWidget *dialog, const QString &field, const QString &text)
    {
        dialog->findChild<QLineEdit *>(field)->setText(text);
    }
    ActorDialog *fillIn(const QString &name);
    void permit();
    MailedLinksDialog *openLinksOf(const QString &name);
    void editSlowly(const QString &tenant, const QString &password);
    void answerLate();
    QByteArray entry() const { return m_fixture->keychain.values.begin()->second.reveal(); }

    AccessAnswers m_answers;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<ActorsDialog> m_dialog;
};

namespace {

const QString kPassword = u"correct horse 42 battery"_s;

bool says(const QWidget *root, const QString &words)
{
    const auto labels = root->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
}

QString pasted()
{
    return u"curl 'https://app.acme-ops.example/api/login' -H 'Content-Type: application/json' --data-raw "
           "'{\"email\":\"anna@acme.example\",\"password\":\"%1\"}'"_s.arg(kPassword);
}

} // namespace

void TestAccessActors::init()
{
    m_answers.signsIn = true;
    m_answers.seenSecret.clear();
    m_fixture = std::make_unique<PageFixture>(
        [this](SessionServices &services) { services = withAccess(std::move(services), m_answers); });
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    m_dialog = std::make_unique<ActorsDialog>(session());
    m_dialog->show();
}

void TestAccessActors::cleanup()
{
    m_dialog.reset();
    m_fixture.reset();
}

void TestAccessActors::permit()
{
    bool answered = false;
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(u"Dana"_s);
}

ActorDialog *TestAccessActors::openNew()
{
    buttonIn(m_dialog.get(), u"addActor"_s)->click();
    return shownDialog<ActorDialog>(m_dialog.get());
}

ActorDialog *TestAccessActors::fillIn(const QString &name)
{
    ActorDialog *dialog = openNew();
    type(dialog, u"actorName"_s, name);
    type(dialog, u"actorTenant"_s, u"Acme"_s);
    type(dialog, u"actorUser"_s, u"anna@acme.example"_s);
    type(dialog, u"signInUrl"_s, u"https://app.acme-ops.example/login"_s);
    type(dialog, u"value-password"_s, kPassword);
    dialog->findChild<QComboBox *>(u"actorRole"_s)->setCurrentText(u"Admin"_s);
    return dialog;
}

void TestAccessActors::addsOneByHand()
{
    ActorDialog *dialog = fillIn(u"Anna"_s);
    dialog->findChild<QCheckBox *>(u"actorThrowAway"_s)->setChecked(true);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().project().actors.size(), size_t(1));
    const TestActor &anna = session().project().actors.front();
    QCOMPARE(anna.role, u"admin"_s);
    QVERIFY(anna.isThrowAway);
    QCOMPARE(session().project().credentials.size(), size_t(1));
    const Credential &credential = session().project().credentials.front();
    QCOMPARE(anna.credential, credential.name);
    QCOMPARE(m_fixture->keychain.values.at(credential.keychainEntry).reveal(), kPassword.toUtf8());
    QVERIFY(!dialog->isVisible());
    QVERIFY(textIn(m_dialog.get(), u"missingActors"_s).contains(u"member"_s)); // what is still needed
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    QFile file(m_fixture->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(kPassword.toUtf8()));
}

void TestAccessActors::whatIsWrongIsSaidAndStoredNowhere_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("no name") << u"actorName"_s << u" "_s;
    QTest::newRow("not encrypted") << u"signInUrl"_s << u"http://app.acme-ops.example/login"_s;
    QTest::newRow("no address") << u"signInUrl"_s << u""_s;
    QTest::newRow("no password") << u"value-password"_s << u""_s;
}

void TestAccessActors::whatIsWrongIsSaidAndStoredNowhere()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    ActorDialog *dialog = fillIn(u"Anna"_s);
    type(dialog, field, text);
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(!textIn(dialog, u"problem"_s).isEmpty());
    QVERIFY(session().project().actors.empty());
    QVERIFY(m_fixture->keychain.values.empty());
}

void TestAccessActors::theKindChoosesTheFields_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("hidden");
    QTest::newRow("form") << int(SignInKind::Form) << u"signInCsrf"_s << u"signInClient"_s;
    QTest::newRow("json") << int(SignInKind::Json) << u"signInToken"_s << u"signInHeader"_s;
    QTest::newRow("oauth") << int(SignInKind::OAuthClient) << u"signInClient"_s << u"signInToken"_s;
    QTest::newRow("cookie") << int(SignInKind::Cookie) << u"value-password"_s << u"signInUrl"_s;
    QTest::newRow("bearer") << int(SignInKind::BearerToken) << u"value-password"_s << u"signInUrl"_s;
    QTest::newRow("key") << int(SignInKind::ApiKey) << u"signInHeader"_s << u"signInUrl"_s;
    QTest::newRow("signing key") << int(SignInKind::SigningKey) << u"signInHeader"_s << u"signInUrl"_s;
}

void TestAccessActors::theKindChoosesTheFields()
{
    QFETCH(int, kind);
    QFETCH(QString, shown);
    QFETCH(QString, hidden);
    ActorDialog *dialog = openNew();
    auto *box = dialog->findChild<QComboBox *>(u"signInKind"_s);
    box->setCurrentIndex(box->findData(kind));
    QTRY_VERIFY(dialog->findChild<QLineEdit *>(shown)->isVisibleTo(dialog)); // those of the kind before go later
    QVERIFY(!dialog->findChild<QLineEdit *>(hidden)->isVisibleTo(dialog));
    QCOMPARE(int(dialog->actor().signIn.kind), kind);
    TestActor filled = dialog->actor(); // the usual form of each kind is taken, once the person has filled it in
    filled.name = u"Anna"_s;
    if (asksToSignIn(filled.signIn.kind))
        filled.signIn.url = u"https://app.acme-ops.example/login"_s;
    const auto checked = checkedActor(filled);
    QVERIFY2(checked.has_value(), checked ? "" : qPrintable(checked.error().message));
}

void TestAccessActors::aRecordedSignInBecomesAnAccount()
{
    buttonIn(m_dialog.get(), u"recordActor"_s)->click();
    auto *recorder = shownDialog<RecordedDialog>(m_dialog.get());
    auto *command = recorder->findChild<QPlainTextEdit *>(u"curlCommand"_s);
    command->setPlainText(pasted());
    buttonIn(recorder, u"ok"_s)->click();
    QVERIFY(command->toPlainText().isEmpty());
    auto *dialog = shownDialog<ActorDialog>(m_dialog.get());
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"actorUser"_s)->text(), u"anna@acme.example"_s);
    QVERIFY(!dialog->findChild<QPlainTextEdit *>(u"signInBody"_s)->toPlainText().contains(kPassword));
    QVERIFY(!textIn(dialog, u"recordedNotes"_s).isEmpty()); // where a token comes back
    type(dialog, u"actorName"_s, u"Anna"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().project().actors.size(), size_t(1));
    QCOMPARE(session().project().actors.front().signIn.kind, SignInKind::Json);
    const QString entry = session().project().credentials.front().keychainEntry;
    QCOMPARE(m_fixture->keychain.values.at(entry).reveal(), kPassword.toUtf8());
}

void TestAccessActors::whatIsNoSignInIsRefused()
{
    buttonIn(m_dialog.get(), u"recordActor"_s)->click();
    auto *recorder = shownDialog<RecordedDialog>(m_dialog.get());
    auto *command = recorder->findChild<QPlainTextEdit *>(u"curlCommand"_s);
    command->setPlainText(u"curl 'https://app.acme-ops.example/'"_s);
    buttonIn(recorder, u"ok"_s)->click();
    QVERIFY(recorder->isVisible());
    QVERIFY(!textIn(recorder, u"problem"_s).isEmpty());
    QVERIFY(!command->toPlainText().isEmpty()); // to be put right
    recorder->reject();
    QVERIFY(command->toPlainText().isEmpty());
}

// Of the accounts alone that are the practice company's: one that a person adds goes into the keychain.
void TestAccessActors::thePracticeCompanysAreSaidToBeInMemory()
{
    const QString words = u"in memory for the practice company"_s;
    TestActor bella;
    bella.id = newActorId();
    bella.name = u"Bella"_s;
    bella.role = u"admin"_s;
    bella.tenant = u"Birch"_s;
    bella.userName = u"bella@birch.example"_s;
    bella.isThrowAway = true; // letters come to it
    bella.signIn.url = u"https://app.acme-ops.example/login"_s;
    bella.signIn.bodyTemplate = u"email={{user}}&password={{password}}"_s;
    bella.credential = u"Test account: Bella"_s;
    session().setCredentials({{bella.credential, {}, newKeychainEntry(CredentialKind::Practice), {}, {}}});
    session().setActors({bella});
    QCOMPARE(session().project().actors.size(), size_t(1));
    const ActorsDialog ofPractice(session());
    QVERIFY(says(&ofPractice, words));
    QVERIFY(!says(&ofPractice, u"in your computer's keychain"_s));
    buttonIn(m_dialog.get(), u"editActor"_s)->click();
    auto *dialog = shownDialog<ActorDialog>(m_dialog.get());
    QVERIFY(says(dialog, words));
    dialog->reject();
    MailedLinksDialog *links = openLinksOf(bella.name);
    QVERIFY(says(links, words));
    QVERIFY(!says(links, u"your computer's keychain"_s));
    QVERIFY(!textIn(links, u"problem"_s).isEmpty()); // that company does not run here
    QVERIFY(!says(links, u"your keychain"_s));
    links->reject();
    QVERIFY(says(openNew(), u"It goes into your computer's keychain"_s));
}

void TestAccessActors::triesWithTheStoredValue()
{
    permit();
    buttonIn(fillIn(u"Anna"_s), u"ok"_s)->click();
    buttonIn(m_dialog.get(), u"tryActor"_s)->click();
    QVERIFY(!buttonIn(m_dialog.get(), u"tryActor"_s)->isEnabled());
    QTRY_COMPARE(textIn(m_dialog.get(), u"trialAnswer"_s), u"Signed in as anna@acme.example."_s);
    QCOMPARE(m_answers.seenSecret, kPassword.toUtf8());
    const auto *list = m_dialog->findChild<QListView *>(u"actors"_s);
    QCOMPARE(list->model()->index(0, 0).data(RowShapeRole).value<StateShape>(), StateShape::Pass);
    m_answers.signsIn = false;
    buttonIn(m_dialog.get(), u"tryActor"_s)->click();
    QTRY_COMPARE(textIn(m_dialog.get(), u"trialAnswer"_s), u"The password was refused."_s);
    QCOMPARE(list->model()->index(0, 0).data(RowShapeRole).value<StateShape>(), StateShape::Fail);
}

void TestAccessActors::sayWhyItCannotBeTried()
{
    buttonIn(fillIn(u"Anna"_s), u"ok"_s)->click();
    const QPushButton *button = buttonIn(m_dialog.get(), u"tryActor"_s);
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), sentenceOf(PermissionState::NotProven));
}

void TestAccessActors::anEmptyValueKeepsTheStoredOne()
{
    buttonIn(fillIn(u"Anna"_s), u"ok"_s)->click();
    const QString entry = session().project().credentials.front().keychainEntry;
    buttonIn(m_dialog.get(), u"editActor"_s)->click();
    auto *dialog = shownDialog<ActorDialog>(m_dialog.get());
    type(dialog, u"actorTenant"_s, u"Beta"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().project().actors.front().tenant, u"Beta"_s);
    QCOMPARE(m_fixture->keychain.values.at(entry).reveal(), kPassword.toUtf8());
    buttonIn(m_dialog.get(), u"editActor"_s)->click();
    dialog = shownDialog<ActorDialog>(m_dialog.get());
    type(dialog, u"value-password"_s, u"another one"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(m_fixture->keychain.values.at(entry).reveal(), QByteArray("another one"));
    QCOMPARE(session().project().credentials.size(), size_t(1));
}

// Of a throw-away account, which is made when there is none yet.
MailedLinksDialog *TestAccessActors::openLinksOf(const QString &name)
{
    if (session().project().actors.empty()) {
        ActorDialog *dialog = fillIn(name);
        dialog->findChild<QCheckBox *>(u"actorThrowAway"_s)->setChecked(true);
        buttonIn(dialog, u"ok"_s)->click();
    }
    buttonIn(m_dialog.get(), u"mailedLinks"_s)->click();
    return shownDialog<MailedLinksDialog>(m_dialog.get());
}

void TestAccessActors::linksGoBesideThePassword()
{
    const QString link = u"https://app.acme-ops.example/reset?token=Zk3vX9pQ2mL7sT1w"_s;
    const QPushButton *button = buttonIn(m_dialog.get(), u"mailedLinks"_s);
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(u"locked out"_s)); // what it needs
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    QVERIFY(dialog);
    QVERIFY(!buttonIn(dialog, u"forgetMailed"_s)->isVisible());
    auto *field = dialog->findChild<QLineEdit *>(u"reset_link"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    field->setText(u" %1\n"_s.arg(link));
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(!dialog->isVisible());
    QVERIFY(field->text().isEmpty());
    HoleValues values = holeValuesOf(Secret(entry()));
    QCOMPARE(values[u"password"_s].reveal(), kPassword.toUtf8());
    QCOMPARE(values[u"reset_link"_s].reveal(), link.toUtf8());
    buttonIn(m_dialog.get(), u"editActor"_s)->click(); // another password leaves them alone
    auto *account = shownDialog<ActorDialog>(m_dialog.get());
    type(account, u"value-password"_s, u"another one"_s);
    buttonIn(account, u"ok"_s)->click();
    values = holeValuesOf(Secret(entry()));
    QCOMPARE(values[u"password"_s].reveal(), QByteArray("another one"));
    QCOMPARE(values[u"reset_link"_s].reveal(), link.toUtf8());
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    QFile file(m_fixture->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("Zk3vX9pQ2mL7sT1w"));
}

void TestAccessActors::aCodeGoesBesideThePassword()
{
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    auto *field = dialog->findChild<QLineEdit *>(u"one_time_code"_s);
    QVERIFY(field);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    field->setText(u"JBSWY3DPEHPK3PXPJBSWY3DP"_s); // what an app is set up with would be good for ever
    QVERIFY(textIn(dialog, u"problem-one_time_code"_s).contains(u"authenticator app"_s));
    QVERIFY(!textIn(dialog, u"problem-one_time_code"_s).contains(u"JBSWY"_s));
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    field->setText(u"482 913"_s);
    QVERIFY(textIn(dialog, u"problem-one_time_code"_s).isEmpty());
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(!dialog->isVisible());
    QVERIFY(field->text().isEmpty());
    const HoleValues values = holeValuesOf(Secret(entry()));
    QCOMPARE(values.at(u"password"_s).reveal(), kPassword.toUtf8());
    QCOMPARE(values.at(u"one_time_code"_s).reveal(), QByteArray("482 913"));
}

void TestAccessActors::aLinkElsewhereIsRefused()
{
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    type(dialog, u"invite_link"_s, u"https://click.mailer.example/ls/Zk3vX9pQ2mL7sT1w"_s);
    QVERIFY(textIn(dialog, u"problem-invite_link"_s).contains(u"click.mailer.example"_s)); // at once
    QVERIFY(!textIn(dialog, u"problem-invite_link"_s).contains(u"Zk3v"_s));
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    QCOMPARE(entry(), kPassword.toUtf8());
    m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"The keychain is locked."_s};
    type(dialog, u"invite_link"_s, u"https://app.acme-ops.example/i/Zk3vX9pQ2mL7sT1w"_s);
    QVERIFY(textIn(dialog, u"problem-invite_link"_s).isEmpty());
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(textIn(dialog, u"problem"_s).contains(u"locked"_s));
    m_fixture->keychain.error.reset();
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(!dialog->isVisible());
    QVERIFY(entry().contains("invite_link"));
}

void TestAccessActors::linksAreForgotten()
{
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    type(dialog, u"old_reset_link"_s, u"https://app.acme-ops.example/reset?token=Zk3vX9pQ2mL7sT1w"_s);
    buttonIn(dialog, u"ok"_s)->click();
    dialog = openLinksOf(u"Sam"_s);
    QVERIFY(dialog->findChild<QLineEdit *>(u"old_reset_link"_s)->placeholderText().contains(u"Stored"_s));
    QVERIFY(!dialog->findChild<QLineEdit *>(u"reset_link"_s)->placeholderText().contains(u"Stored"_s));
    buttonIn(dialog, u"forgetMailed"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(!buttonIn(dialog, u"forgetMailed"_s)->isVisible());
    QCOMPARE(entry(), kPassword.toUtf8());
    m_fixture->keychain.values.clear(); // taken away by another program
    type(dialog, u"reset_link"_s, u"https://app.acme-ops.example/reset?token=Zk3vX9pQ2mL7sT1w"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(textIn(dialog, u"problem"_s).contains(u"password of Sam"_s));
    QVERIFY(m_fixture->keychain.values.empty()); // never an entry without a password
}

// The keychain answers to what waits, and to what follows from the answers.
void TestAccessActors::answerLate()
{
    while (!m_fixture->keychain.late.empty()) {
        for (const auto &answer : std::exchange(m_fixture->keychain.late, {}))
            answer();
    }
}

// The chosen account is changed and its dialog closed, before the keychain has answered.
void TestAccessActors::editSlowly(const QString &tenant, const QString &password)
{
    m_fixture->keychain.isSlow = true;
    buttonIn(m_dialog.get(), u"editActor"_s)->click();
    auto *dialog = shownDialog<ActorDialog>(m_dialog.get());
    type(dialog, u"actorTenant"_s, tenant);
    type(dialog, u"value-password"_s, password);
    buttonIn(dialog, u"ok"_s)->click();
    dialog->reject();
}

void TestAccessActors::linksWaitForTheKeychain()
{
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    type(dialog, u"reset_link"_s, u"https://app.acme-ops.example/reset?token=Zk3vX9pQ2mL7sT1w"_s);
    buttonIn(dialog, u"ok"_s)->click();
    dialog = openLinksOf(u"Sam"_s);
    const QPushButton *save = buttonIn(dialog, u"ok"_s);
    const QPushButton *forget = buttonIn(dialog, u"forgetMailed"_s);
    m_fixture->keychain.isSlow = true;
    buttonIn(dialog, u"forgetMailed"_s)->click();
    QVERIFY(!save->isEnabled() && !forget->isEnabled());
    answerLate();
    QVERIFY(dialog->isVisible());
    QVERIFY(save->isEnabled() && forget->isEnabled());
    QCOMPARE(entry(), kPassword.toUtf8());
    type(dialog, u"reset_link"_s, u"https://app.acme-ops.example/reset?token=Qm8sT1wZk3vX9pL7"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(!save->isEnabled() && !forget->isEnabled());
    answerLate();
    QVERIFY(!dialog->isVisible());
    QVERIFY(entry().contains("Qm8sT1wZk3vX9pL7"));
}

// Neither is lost: the account that is still being saved, nor what was pasted meanwhile.
void TestAccessActors::anAccountThatWaitsTakesNoLinks()
{
    openLinksOf(u"Sam"_s)->reject();
    editSlowly(u"Beta"_s, u"another one"_s);
    MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    type(dialog, u"reset_link"_s, u"https://app.acme-ops.example/reset?token=Zk3vX9pQ2mL7sT1w"_s);
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(textIn(dialog, u"problem"_s).contains(u"has not answered"_s));
    QVERIFY(buttonIn(dialog, u"ok"_s)->isEnabled());
    answerLate();
    QVERIFY(dialog->isVisible()); // it was the account that was saved
    QCOMPARE(session().project().actors.front().tenant, u"Beta"_s);
    QCOMPARE(entry(), QByteArray("another one"));
    buttonIn(dialog, u"ok"_s)->click();
    answerLate();
    QVERIFY(!dialog->isVisible());
    QVERIFY(entry().contains("another one") && entry().contains("Zk3vX9pQ2mL7sT1w"));
}

void TestAccessActors::aFailedLookLosesNoAccount()
{
    openLinksOf(u"Sam"_s)->reject();
    editSlowly(u"Beta"_s, u"another one"_s);
    m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"The keychain is locked."_s};
    const MailedLinksDialog *dialog = openLinksOf(u"Sam"_s);
    QVERIFY(textIn(dialog, u"problem"_s).contains(u"locked"_s));
    m_fixture->keychain.error.reset();
    answerLate();
    QCOMPARE(session().project().actors.front().tenant, u"Beta"_s);
    QCOMPARE(entry(), QByteArray("another one"));
}

void TestAccessActors::removingTakesTheValueAway()
{
    buttonIn(fillIn(u"Anna"_s), u"ok"_s)->click();
    buttonIn(m_dialog.get(), u"removeActor"_s)->click();
    auto *box = shownDialog<QMessageBox>(m_dialog.get());
    QVERIFY(box);
    buttonIn(box, u"confirmRemoveActor"_s)->click();
    QVERIFY(session().project().actors.empty());
    QVERIFY(session().project().credentials.empty());
    QVERIFY(m_fixture->keychain.values.empty());
}

void TestAccessActors::aKeychainThatFailsKeepsTheAccountOut()
{
    ActorDialog *dialog = fillIn(u"Anna"_s);
    m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"The keychain is locked."_s};
    buttonIn(dialog, u"ok"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(textIn(dialog, u"problem"_s).contains(u"locked"_s));
    QVERIFY(buttonIn(dialog, u"ok"_s)->isEnabled());
    QVERIFY(session().project().actors.empty());
    m_fixture->keychain.error.reset();
    type(dialog, u"value-password"_s, kPassword);
    buttonIn(dialog, u"ok"_s)->click();
    QCOMPARE(session().project().actors.size(), size_t(1));
}

void TestAccessActors::anotherProjectEndsTheDialogs()
{
    const ActorDialog *dialog = openNew();
    QVERIFY(dialog->isVisible());
    session().closeProject();
    QTRY_VERIFY(!m_dialog->isVisible());
    QVERIFY(!shownDialog<ActorDialog>(m_dialog.get()));
}

QTEST_MAIN(TestAccessActors)
#include "tst_accessactors.moc"
