// dns.registration: the domain is registered, not about to lapse, and its registrar is known (RDAP).
// observed: registered, registrar, expires, registrar_expires, days_left, statuses[], locked, signed, server (all null
// where the registry does not say).
#pragma once

#include "checks/dns/rdap.h"
#include "checks/engine/check.h"

namespace cockpit {

struct RegistrationFacts
{
    QString domain;
    RdapAnswer rdap;
    bool isDeniedInDns = false; // the name servers of the suffix say that there is no such domain
    QDateTime now;
};

Check registrationCheck();
Judged judgeRegistration(const RegistrationFacts &facts);

} // namespace cockpit
