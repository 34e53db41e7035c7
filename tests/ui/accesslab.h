// What the tests of the access page share: a project over fake services that prove, sign in and keep values.
#pragma once

#include "pagefixture.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QPushButton>

#include <atomic>

namespace cockpit::testing {

// Answers from these; set before what asks for them.
struct AccessAnswers
{
    ControlLook look{true, QStringLiteral("acme-ops.example"), QStringLiteral("The record is there.")};
    std::atomic_int looks = 0;
    ControlMethod method = ControlMethod::Loopback; // that was asked for last
    bool signsIn = true;
    QByteArray seenSecret; // that the last trial was given
};

inline SessionServices withAccess(SessionServices services, AccessAnswers &answers)
{
    services.takeSample = {};
    services.machineKey = [] { return QByteArray("key of this machine"); };
    services.lookForControl = [&answers](ControlMethod method, const Target &, const QString &, const NetOptions &,
                                         const CancelToken &) -> Result<ControlLook> {
        answers.method = method;
        ++answers.looks;
        return answers.look;
    };
    services.tryActor = [&answers](const TestActor &actor, const ActiveTerms &terms, const NetOptions &,
                                   const CancelToken &) -> Result<ActorTrial> {
        const auto secret = terms.secrets.find(actor.id);
        answers.seenSecret = secret == terms.secrets.end() ? QByteArray() : secret->second.reveal();
        ActorTrial trial;
        trial.isSignedIn = answers.signsIn;
        trial.name = actor.userName;
        trial.sentence = answers.signsIn ? QStringLiteral("Signed in as %1.").arg(actor.userName)
                                         : QStringLiteral("The password was refused.");
        LoggedRequest request;
        request.at = QDateTime::currentDateTimeUtc();
        request.checkId = QStringLiteral("sign-in");
        request.method = QStringLiteral("POST");
        request.host = QStringLiteral("app.acme-ops.example");
        request.route = QStringLiteral("/login");
        request.actor = actor.name;
        request.status = 200;
        trial.sent = {request};
        return trial;
    };
    return services;
}

inline TestActor someActor(const QString &name, const QString &role, const QString &tenant)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = name;
    actor.role = role;
    actor.tenant = tenant;
    actor.userName = name.toLower() + QStringLiteral("@acme.example");
    actor.signIn.kind = SignInKind::BearerToken;
    return actor;
}

inline std::vector<Route> someRoutes()
{
    Route invoices;
    invoices.path = QStringLiteral("/api/invoices/{id}");
    Route invites;
    invites.method = QStringLiteral("POST");
    invites.path = QStringLiteral("/api/invites");
    invites.access = AccessClass::Admin;
    Route health;
    health.path = QStringLiteral("/api/health");
    health.access = AccessClass::Public;
    return {invoices, invites, health};
}

// Over a widget: what opened last and is still shown.
template<typename Dialog>
Dialog *shownDialog(const QWidget *over)
{
    Dialog *shown = nullptr;
    for (Dialog *dialog : over->findChildren<Dialog *>()) {
        if (dialog->isVisible())
            shown = dialog;
    }
    return shown;
}

inline QPushButton *buttonIn(const QWidget *widget, const QString &name)
{
    return widget->findChild<QPushButton *>(name);
}

inline QString textIn(const QWidget *widget, const QString &name)
{
    const auto *label = widget->findChild<QLabel *>(name);
    return label && label->isVisibleTo(widget) ? label->text() : QString();
}

} // namespace cockpit::testing
