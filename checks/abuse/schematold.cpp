#include "checks/abuse/schematold.h"

#include "checks/abuse/badreads.h"
#include "checks/abuse/schemafindings.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isAt(const QString &host, const SchemaFound &one)
{
    return one.host.isEmpty() || host.isEmpty() || host == one.host;
}

// Its bodies went there, or what they did shows there.
bool isAt(const PlaceRun &turn, const SchemaFound &one)
{
    return !turn.control || isAt(hostOf(turn.control->answer.url), one) ||
           (turn.control->after && isAt(hostOf(turn.control->after->url), one));
}

// A field beyond those that a run tries may be there all the same: its name stands in the body.
bool mayBeLeftOut(const PlaceRun &turn, const QString &by)
{
    const QString field = by.section(u' ', 1).section(u'/', -1);
    return turn.fieldsLeftOut > 0 && !field.isEmpty() && turn.goodBody.contains(field.toUtf8());
}

bool isAccepted(const QString &code)
{
    return code.endsWith("_accepted"_L1);
}

// A body that is kept would be that finding; the others may be found by any.
bool isAbout(const Mutation &mutation, const QString &code)
{
    return !isAccepted(code) || (mutation.mustBeRefused && codeOf(mutation.kind) == code);
}

// What text does afterwards is not asked of a field that nothing shows: it may never have been found there.
QString codeToTell(const QString &code)
{
    return isAccepted(code) ? code : u"crash"_s;
}

// The list or the search is no longer there.
bool isGone(int status)
{
    return status == 404 || status == 405 || status == 410;
}

} // namespace

bool tellsOf(const QString &code, InputVerdict verdict)
{
    using enum InputVerdict;
    switch (verdict) {
    case HeldBack:
    case TookDown:
        return false;
    case Unseen: // what the answer itself shows
        return code == "crash"_L1 || code == "slow_answer"_L1 || code == "sql_error"_L1 || code == "html_reflected"_L1;
    case Refused:
    case Kept:
    case Altered:
    case Ignored:
    case Crashed:
        return true;
    }
    Q_UNREACHABLE();
}

std::vector<const PlaceRun *> SchemaTold::turnsAt(const SchemaFound &one) const
{
    std::vector<const PlaceRun *> turns;
    for (const PlaceRun &turn : m_run.places) {
        if (routeName(turn.place.route) == one.route && isAt(turn, one))
            turns.push_back(&turn);
    }
    return turns;
}

bool SchemaTold::isWholeTold(const SchemaFound &one) const
{
    const std::vector<const PlaceRun *> turns = turnsAt(one);
    return !turns.empty() && std::ranges::all_of(turns, [&](const PlaceRun *turn) {
        return turn->isSound() && turn->notSent.isEmpty() && turn->notTold.isEmpty() && turn->unanswered.isEmpty() &&
               std::ranges::all_of(turn->tried, [&](const TriedMutation &tried) {
                   return !isAbout(tried.mutation, one.code) ||
                          tellsOf(codeToTell(one.code), inputVerdictOf(tried, *turn));
               });
    });
}

bool SchemaTold::tellsByBody(const SchemaFound &one) const
{
    bool isMade = false; // today
    bool isOpened = false;
    for (const PlaceRun *turn : turnsAt(one)) {
        for (const TriedMutation &tried : turn->tried) {
            if (tried.mutation.name() != one.by)
                continue;
            isMade = true;
            if (turn->isSound() && tellsOf(one.code, inputVerdictOf(tried, *turn)))
                return true;
        }
        isMade = isMade || turn->notSent.contains(one.by) || turn->notTold.contains(one.by);
        isOpened = isOpened || (turn->isSound() && !mayBeLeftOut(*turn, one.by));
    }
    return isOpened && !isMade;
}

bool SchemaTold::tellsByRead(const SchemaFound &one) const
{
    const auto isOfRoute = [&](const Route &route) { return routeName(route) == one.route; };
    const auto plain = std::ranges::find_if(m_run.plain, isOfRoute, &PlainRead::route);
    if (std::ranges::any_of(m_run.silentReads, isOfRoute) || plain == m_run.plain.end() || !plain->answer)
        return false;
    if (isGone(plain->answer->status))
        return true;
    if (one.by == kByPage) // a list of one does not tell whether its length is taken
        return isSuccess(*plain->answer) && itemsIn(*plain->answer).value_or(0) >= 2;
    // Whom it refuses it shows nothing of itself; what takes its words under another name shows none of ours.
    return plain->answer->status != 401 && plain->answer->status != 403;
}

bool SchemaTold::tellsByAnswer(const SchemaFound &one) const
{
    return std::ranges::any_of(m_compared, [&](const AnswerComparison &compared) {
        const bool isTold = one.code == kAnswerDiffers ? isSuccess(compared.answer) : compared.isShapeKnown;
        return isTold && routeName(compared.route) == one.route && isAt(hostOf(compared.answer.url), one);
    });
}

bool SchemaTold::tells(const SchemaFound &one) const
{
    if (one.by.isEmpty())
        return isWholeTold(one);
    if (one.by == kByAnswer)
        return tellsByAnswer(one);
    return one.by == kBySearch || one.by == kByPage ? tellsByRead(one) : tellsByBody(one);
}

} // namespace cockpit
