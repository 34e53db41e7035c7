// access.mass-assignment: extra fields in a request cannot change an owner, a role, a tenant, a price, a plan or
// whether somebody is verified (OWASP API3:2023, facts 17). A test account adds such a field to a body that the product
// takes, reads what shows afterwards, and puts the old value back. A field that only a list or an administrator's read
// shows is tried as well, and read there (widerviews.h). What proves is the value that was sent, in the product's own
// answer. observed: "actor", "routes": [{"route","kind","fields": [{"name","class","verdict":
// refused|ignored|changed|moved|unclear,"seen_by"?: account}],"not_shown"?: [fields that an earlier look could set and
// that nothing shows now],"not_tested": sentence?}], "not_tried":
// [{"route","why"}], "left_out": [routes that were not tried though they could be], "broken_off": sentence?,
// "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/massfields.h"
#include "checks/engine/check.h"
#include "checks/engine/lookgaps.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class MassVerdict {
    Refused,
    Ignored, // taken, and the old value shows
    Changed, // the value that was sent shows
    Moved,   // the record is with the other customer now
    Unclear,
};
QString toWord(MassVerdict value);

struct TriedField
{
    MassField field;
    TriedBody tried;
    QString seenBy = {}; // where only a list or an administrator's read shows it: whose read; else empty
    std::optional<HttpResponse> ofOutsider = {}; // Tenant: what the other customer gets at the record's address
};

struct MassPlaceRun
{
    WritePlace place;
    QString actor;
    QString text;        // of our own, in the record
    bool isPage = false; // what shows is a page, and no JSON
    std::vector<TriedField> tried = {};
    bool stillTakes = false;
    QStringList notShown = {};  // fields that an earlier look could set there and that nothing shows now: not tried
    bool hasUnreadView = false; // a place where they may show was not read, which `unsent` says
    QString notTested = {};     // a sentence
    std::vector<LookGap> unsent = {}; // fields
};

struct MassRun
{
    QString actor, outsider; // names; empty: none
    std::vector<MassPlaceRun> places;
    std::vector<UntriedWrite> notTried;
    QStringList leftOut = {}; // routes that were not opened; `unsent` says why
    std::vector<LookGap> unsent = {};
    bool hasReads = false;    // a route that is marked as safe to write only looks something up
    QStringList lacking = {}; // sentences: what could not be tried for want of accounts
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

MassVerdict massVerdictOf(const TriedField &one, const MassPlaceRun &run);
Judged judgeMassAssignment(const MassRun &run);
Check massAssignmentCheck();

} // namespace cockpit
