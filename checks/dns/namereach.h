// What a stranger would get hold of together with a name of the domain.
#pragma once

#include "checks/engine/check.h"

#include <QString>
#include <QStringList>

namespace cockpit {

struct NameReach
{
    // A page sets cookies for the domain and all below it: who gets a name of it gets the cookies, too.
    bool setsWideCookies = false;
    QString openApi = {}; // the address of an API that lets every name below the domain act for who is signed in
    QStringList signInReturns = {}; // hosts to which a sign-in service sends people back, with what opens their account

    // A sentence each; empty when the name is a name and nothing else.
    QStringList reasonsAt(const QString &name) const;
};

// The address, empty when there is none: asks the API host (else the app's, else the site's) what http.cors asks it, so
// that neither asks twice.
QString apiOpenToSubdomains(const Look &look);

} // namespace cockpit
