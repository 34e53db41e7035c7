// One route of abuse.error-leak: the good read, then the broken ones, and what their answers tell.
#pragma once

#include "checks/abuse/brokenreads.h"
#include "checks/actors/actorsession.h"

namespace cockpit {

// Takes the answers of one route in the order of brokenReadsOf(), the good one first. Pure. The look outlives it.
class RouteAnswers
{
public:
    RouteAnswers(const QString &route, ErrorLook &look) : m_route(route), m_look(look) {}

    void add(const BrokenRead &read, const HttpResponse &answer);
    // After the last: where the good read was refused, the broken ones tell all the same if they came so far.
    void finish();

private:
    void addGood(const HttpResponse &answer);

    const QString m_route;
    ErrorLook &m_look;
    QByteArray m_usual = {};
    int m_usualStatus = 0;
    bool m_isRefused = false;
    bool m_isAllTold = true;
};

// An error: what ended the look.
Result<void> breakRoute(const Route &route, const Target &target, Wire &wire, ActorSession &session, ErrorLook &look);

} // namespace cockpit
