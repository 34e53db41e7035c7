// The dialog of test accounts over a session whose keychain and sign-ins are made up.
#pragma once

#include "accesslab.h"

#include "ui/access/actordialog.h"
#include "ui/access/actorsdialog.h"
#include "ui/access/mailedlinksdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

#include <utility>

namespace cockpit::testing {

inline const QString kPassword = QStringLiteral("correct horse 42 battery");

inline bool says(const QWidget *root, const QString &words)
{
    const auto labels = root->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
}

// The tests of that dialog; setUp() before each, tearDown() after it.
class ActorsLab : public QObject
{
protected:
    Session &session() { return *m_fixture->session; }
    static void type(const QWidget *dialog, const QString &field, const QString &text)
    {
        dialog->findChild<QLineEdit *>(field)->setText(text);
    }
    QByteArray entry() const { return m_fixture->keychain.values.begin()->second.reveal(); }

    void setUp()
    {
        m_answers.signsIn = true;
        m_answers.seenSecret.clear();
        m_fixture = std::make_unique<PageFixture>(
            [this](SessionServices &services) { services = withAccess(std::move(services), m_answers); });
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
        m_dialog = std::make_unique<ActorsDialog>(session());
        m_dialog->show();
    }

    void tearDown()
    {
        m_dialog.reset();
        m_fixture.reset();
    }

    void permit()
    {
        bool answered = false;
        session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
        QTRY_VERIFY(answered);
        session().agree(QStringLiteral("Dana"));
    }

    ActorDialog *openNew()
    {
        buttonIn(m_dialog.get(), QStringLiteral("addActor"))->click();
        return shownDialog<ActorDialog>(m_dialog.get());
    }

    ActorDialog *fillIn(const QString &name)
    {
        ActorDialog *dialog = openNew();
        type(dialog, QStringLiteral("actorName"), name);
        type(dialog, QStringLiteral("actorTenant"), QStringLiteral("Acme"));
        type(dialog, QStringLiteral("actorUser"), QStringLiteral("anna@acme.example"));
        type(dialog, QStringLiteral("signInUrl"), QStringLiteral("https://app.acme-ops.example/login"));
        type(dialog, QStringLiteral("value-password"), kPassword);
        dialog->findChild<QComboBox *>(QStringLiteral("actorRole"))->setCurrentText(QStringLiteral("Admin"));
        return dialog;
    }

    // Of a throw-away account, which is made when there is none yet.
    MailedLinksDialog *openLinksOf(const QString &name)
    {
        if (session().project().actors.empty()) {
            ActorDialog *dialog = fillIn(name);
            dialog->findChild<QCheckBox *>(QStringLiteral("actorThrowAway"))->setChecked(true);
            buttonIn(dialog, QStringLiteral("ok"))->click();
        }
        buttonIn(m_dialog.get(), QStringLiteral("mailedLinks"))->click();
        return shownDialog<MailedLinksDialog>(m_dialog.get());
    }

    // The keychain answers to what waits, and to what follows from the answers.
    void answerLate()
    {
        while (!m_fixture->keychain.late.empty()) {
            for (const auto &answer : std::exchange(m_fixture->keychain.late, {}))
                answer();
        }
    }

    // The chosen account is changed and its dialog closed, before the keychain has answered.
    void editSlowly(const QString &tenant, const QString &password)
    {
        m_fixture->keychain.isSlow = true;
        buttonIn(m_dialog.get(), QStringLiteral("editActor"))->click();
        auto *dialog = shownDialog<ActorDialog>(m_dialog.get());
        type(dialog, QStringLiteral("actorTenant"), tenant);
        type(dialog, QStringLiteral("value-password"), password);
        buttonIn(dialog, QStringLiteral("ok"))->click();
        dialog->reject();
    }

    AccessAnswers m_answers;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<ActorsDialog> m_dialog;
};

} // namespace cockpit::testing
