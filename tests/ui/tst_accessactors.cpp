// Test accounts: added by hand and from a recorded sign-in, tried, edited and removed; their values are in the keychain
// and nowhere else.
#include "actorslab.h"

#include "models/credentialkind.h"
#include "ui/access/recordeddialog.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"

#include <QFile>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestAccessActors : public ActorsLab
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
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
    void removingTakesTheValueAway();
    void aKeychainThatFailsKeepsTheAccountOut();
    void anotherProjectEndsTheDialogs();
};

namespace {

QString pasted()
{
    return u"curl 'https://app.acme-ops.example/api/login' -H 'Content-Type: application/json' --data-raw "
           "'{\"email\":\"anna@acme.example\",\"password\":\"%1\"}'"_s.arg(kPassword);
}

} // namespace

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
