// Ways around a refusal that an earlier look found open and this one did not try again where they were: that nobody
// asked is no mend. A finding speaks of a way and a host, whatever address it was seen at, so that another address that
// refuses would close it. Pure.
#pragma once

#include "checks/access/bypass.h"

namespace cockpit {

struct OwedWay
{
    QString way;       // the finding's code
    QString host;      // the finding's
    QString route;     // "GET /admin", around whose refusal it led
    QString role;      // of the account that went it; empty: signed out
    QString path = {}; // as it went out: some ways are tried in several spellings. Empty: not known

    bool operator==(const OwedWay &) const = default;
};

// Of those that look.before has: where the address is a gap of this look (BypassLook::gaps), or the way was not tried
// there, in that spelling where it was tried, else in each. An address that is on the list no more, that is gone or
// lets who went it in by itself owes nothing; nor does a host that is none of the product's any more.
std::vector<OwedWay> owedWays(const BypassLook &look);

// What keeps ways of before from being tried again for good, a sentence each: hosts that are let go (this look is the
// last to know of them), and roles of owed ways that no account has any more.
QStringList whatIsGone(const BypassLook &look);

// The addresses that it is about ("GET /admin"): they are to be asked before others, as a look asks a few alone.
QStringList routesOpenIn(const QJsonObject &before);

// The roles that went them at this address ("GET /admin"), without the stranger.
QStringList rolesOpenIn(const QJsonObject &before, const QString &route);

// Whether a way was open there to that role, or is still to be tried as it.
bool isOpenIn(const QJsonObject &before, const BypassLetIn &who);

// The path of a request, as it goes out.
QString pathSent(const ActiveRequest &request);

// With one sentence for all; no gap where nothing is owed.
LookGap gapOf(const std::vector<OwedWay> &owed);

// To observed["not_tried_again"]: [{"way","host","route","role","path"}], for the next look; nothing where nothing is
// owed.
void noteOwed(const std::vector<OwedWay> &owed, QJsonObject &observed);

// Of a look that ended before it began: whatever `before` has is still to be tried.
Judged withOwed(Judged judged, const QJsonObject &before);

} // namespace cockpit
