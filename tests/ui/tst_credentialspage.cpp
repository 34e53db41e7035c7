// The Credentials page: names and purposes, never a value; and each state of the keychain in its own words.
#include "pagefixture.h"

#include "ui/credentials/credentialdialog.h"
#include "ui/credentials/credentialmodel.h"
#include "ui/credentials/credentialspage.h"
#include "ui/credentials/credentialvault.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestCredentialsPage : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<PageFixture>();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
        session().setCredentials({{u"Customer A"_s, u"Signs in as an ordinary customer"_s, u"entry-a"_s, {}, {}}});
    }

    void saysWhatEachIsFor()
    {
        CredentialModel model;
        model.setCredentials({{u"Customer A"_s, u"Signs in"_s, u"entry-a"_s, {}, {}},
                              {u"Token"_s, {}, newKeychainEntry(CredentialKind::CloudflareToken), {}, {}}});
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, CredentialModel::PurposeColumn), u"Signs in"_s);
        QCOMPARE(text(1, CredentialModel::PurposeColumn), labelOf(CredentialKind::CloudflareToken));
        QCOMPARE(text(0, CredentialModel::LastUsedColumn), u"never"_s);
    }

    void onlyWhatCanBeTriedIsTested()
    {
        CredentialsPage page(session());
        page.show();
        QVERIFY(!button(page, u"testCredential"_s)->isVisible());
        const auto *why = page.findChild<QLabel *>(u"whyNoTest"_s);
        QVERIFY(why->isVisible() && why->text().contains(u"nothing to test"_s));
        session().setCredentials({{u"Token"_s, {}, newKeychainEntry(CredentialKind::CloudflareToken), {}, {}}});
        page.bringUpToDate();
        QVERIFY(button(page, u"testCredential"_s)->isVisible());
    }

    void secretsNeverReachTheWidgets()
    {
        const QByteArray value = "hunter2-very-secret";
        m_fixture->keychain.values.insert_or_assign(u"entry-a"_s, Secret(value));
        CredentialsPage page(session());
        page.resize(1000, 600);
        page.show();
        button(page, u"revealCredential"_s)->click();
        QVERIFY(page.findChild<QWidget *>(u"revealedValue"_s)->isVisible());
        const QString text = QString::fromUtf8(value);
        for (const QWidget *widget : page.findChildren<QWidget *>()) {
            QVERIFY(!widget->accessibleName().contains(text) && !widget->accessibleDescription().contains(text));
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                QVERIFY(!label->text().contains(text));
        }
        page.hide(); // leaving the page hides it
        page.show();
        QVERIFY(!page.findChild<QWidget *>(u"revealedValue"_s)->isVisible());
    }

    void theKeychainSaysItsOwnWords_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("canDoWithout");
        QTest::newRow("none") << ErrorKind::Unsupported << true;
        QTest::newRow("locked or refused") << ErrorKind::NotPermitted << true;
        QTest::newRow("entry gone") << ErrorKind::NotFound << false;
        QTest::newRow("no answer") << ErrorKind::TimedOut << false;
    }

    void theKeychainSaysItsOwnWords()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(bool, canDoWithout);
        m_fixture->keychain.error = Error{kind, u"These are the keychain's words."_s};
        m_fixture->keychain.offersSession = true;
        CredentialsPage page(session());
        page.show();
        button(page, u"revealCredential"_s)->click();
        QVERIFY(says(page, u"These are the keychain's words."_s));
        if (const QString advice = keychainAdvice(kind); !advice.isEmpty())
            QVERIFY(says(page, advice));
        QCOMPARE(offersSession(page), canDoWithout);
    }

    void memoryIsOfferedAndSaid()
    {
        FakeCredentialStore &keychain = m_fixture->keychain;
        keychain.error = Error{ErrorKind::NotPermitted, u"Your keychain is locked."_s};
        keychain.offersSession = true;
        CredentialsPage page(session());
        page.show();
        QVERIFY(!says(page, u"for this session only."_s));
        add(page, u"Customer B"_s);
        QVERIFY(says(page, u"Your keychain is locked."_s));
        QCOMPARE(session().project().credentials.size(), std::size_t(1));
        QVERIFY(offersSession(page));
        for (QPushButton *action : page.findChildren<QPushButton *>(u"bannerAction"_s)) {
            if (action->isVisible())
                action->click();
        }
        QVERIFY(keychain.sessionOnly);
        QVERIFY(says(page, u"Credentials are kept for this session only."_s));
        QVERIFY(!says(page, u"Your keychain is locked."_s));
        keychain.error.reset(); // memory does not fail
        add(page, u"Customer B"_s);
        QCOMPARE(session().project().credentials.size(), std::size_t(2));
        QVERIFY(says(page, u"is kept until the program ends"_s));
    }

    void whatMemoryForgotIsPutInAgain()
    {
        m_fixture->keychain.sessionOnly = true; // and the value is of an earlier session
        CredentialsPage page(session());
        page.show();
        button(page, u"revealCredential"_s)->click();
        QVERIFY(says(page, u"Use Replace to put it in again."_s));
        QVERIFY(!says(page, u"keychain is locked"_s));
    }

    void saysThatItWaitsForTheKeychain()
    {
        m_fixture->keychain.isSlow = true;
        m_fixture->keychain.values.insert_or_assign(u"entry-a"_s, Secret("hunter2"));
        CredentialsPage page(session());
        page.show();
        button(page, u"revealCredential"_s)->click();
        const auto waits = [&] { return says(page, u"has not answered yet"_s); };
        QVERIFY(!waits());
        QTRY_VERIFY_WITH_TIMEOUT(waits(), 2 * std::chrono::milliseconds(CredentialVault::kPatience).count());
        m_fixture->keychain.late.front()();
        QVERIFY(!waits());
        QVERIFY(page.findChild<QWidget *>(u"revealedValue"_s)->isVisible());
    }

    void memoryIsNotOfferedWhereThereIsNone()
    {
        m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"Your keychain is locked."_s};
        CredentialsPage page(session());
        page.show();
        button(page, u"revealCredential"_s)->click();
        QVERIFY(says(page, u"Your keychain is locked."_s));
        QVERIFY(!offersSession(page));
    }

    void theDialogSaysWhereTheValueGoes()
    {
        m_fixture->keychain.sessionOnly = true;
        CredentialsPage page(session());
        page.show();
        button(page, u"addCredential"_s)->click();
        const auto *dialog = page.findChild<CredentialDialog *>();
        QVERIFY(dialog->findChild<QLabel *>(u"credentialWhere"_s)->text().contains(u"no file"_s));
        QVERIFY(!dialog->findChild<QPushButton *>(u"saveCredential"_s)->text().contains(u"keychain"_s));
    }

    void aComputerWithoutAnyStoreSaysSo()
    {
        CredentialVault vault(nullptr);
        QSignalSpy failed(&vault, &CredentialVault::failed);
        vault.add(u"Customer A"_s, {}, Secret("hunter2"));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::Unsupported);
        QVERIFY(!vault.canKeepForSession(ErrorKind::Unsupported));
    }

    void aLateAnswerOfTheKeychainChangesNoOtherProject()
    {
        PageFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), 20000);
        const std::vector<Credential> credentials{{u"Customer A"_s, {}, u"entry-a"_s, {}, {}}};
        fixture.session->setCredentials(credentials);
        CredentialsPage page(*fixture.session);
        page.show();
        fixture.keychain.isSlow = true;
        page.findChild<QPushButton *>(u"deleteCredential"_s)->click();
        page.findChild<QPushButton *>(u"confirmDeleteCredential"_s)->click();
        QCOMPARE(fixture.keychain.late.size(), std::size_t(1));
        QSignalSpy opened(fixture.session.get(), &Session::projectOpened);
        const ProjectSettings settings = fixture.session->project().settings;
        fixture.session->createProject(fixture.folder.filePath(u"other.cockpit"_s), settings);
        QTRY_COMPARE(opened.count(), 1);
        fixture.session->setCredentials(credentials); // as in a copy of the file
        fixture.keychain.late.front()();
        QCOMPARE(fixture.session->project().credentials, credentials);
    }

    void aValueThatNoProjectNamesLeavesTheKeychain()
    {
        FakeCredentialStore keychain;
        keychain.isSlow = true;
        CredentialVault vault(&keychain);
        QSignalSpy added(&vault, &CredentialVault::added);
        vault.add(u"Customer A"_s, {}, Secret("hunter2"));
        vault.leaveProject();
        keychain.isSlow = false;
        keychain.late.front()();
        QCOMPARE(added.count(), 0);
        QVERIFY(keychain.values.empty());
        vault.add(u"Customer A"_s, {}, Secret("hunter2"));
        QCOMPARE(added.count(), 1);
        QCOMPARE(keychain.values.size(), std::size_t(1));
    }

private:
    Session &session() { return *m_fixture->session; }

    static QPushButton *button(const QWidget &page, const QString &name) { return page.findChild<QPushButton *>(name); }

    static bool says(const QWidget &page, const QString &words)
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::ranges::any_of(labels,
                                   [&](const QLabel *l) { return l->isVisible() && l->text().contains(words); });
    }

    static bool offersSession(const QWidget &page)
    {
        const auto actions = page.findChildren<QPushButton *>(u"bannerAction"_s);
        return std::ranges::any_of(
            actions, [](const QPushButton *b) { return b->isVisible() && b->text().contains(u"this session"_s); });
    }

    static void add(CredentialsPage &page, const QString &name)
    {
        button(page, u"addCredential"_s)->click();
        const auto dialogs = page.findChildren<CredentialDialog *>();
        CredentialDialog *dialog = dialogs.back(); // an earlier one goes a little later
        dialog->findChild<QLineEdit *>(u"credentialName"_s)->setText(name);
        dialog->findChild<QLineEdit *>(u"credentialValue"_s)->setText(u"hunter2"_s);
        dialog->findChild<QPushButton *>(u"saveCredential"_s)->click();
    }

    std::unique_ptr<PageFixture> m_fixture;
};

QTEST_MAIN(TestCredentialsPage)
#include "tst_credentialspage.moc"
