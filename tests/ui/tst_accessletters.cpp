// What a throw-away account gets by letter, links and codes: kept beside its password, and forgotten with it.
#include "actorslab.h"

#include <QPlainTextEdit>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestAccessLetters : public ActorsLab
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void linksGoBesideThePassword();
    void aCodeGoesBesideThePassword();
    void aLinkElsewhereIsRefused();
    void linksAreForgotten();
    void linksWaitForTheKeychain();
    void anAccountThatWaitsTakesNoLinks();
    void aFailedLookLosesNoAccount();
};

void TestAccessLetters::linksGoBesideThePassword()
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

void TestAccessLetters::aCodeGoesBesideThePassword()
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

void TestAccessLetters::aLinkElsewhereIsRefused()
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

void TestAccessLetters::linksAreForgotten()
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

void TestAccessLetters::linksWaitForTheKeychain()
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
void TestAccessLetters::anAccountThatWaitsTakesNoLinks()
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

void TestAccessLetters::aFailedLookLosesNoAccount()
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

QTEST_MAIN(TestAccessLetters)
#include "tst_accessletters.moc"
