// What the tests of the access page share: routes, and what a page shows.
#pragma once

#include "accessanswers.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QPushButton>

namespace cockpit::testing {

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
