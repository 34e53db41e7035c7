#include "checks/access/opendoors.h"
#include "checks/access/refusinghosts.h"
#include "checks/access/rememberedroutes.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unauthenticated)
};

constexpr int kForbidden = 403;

QJsonObject observedRow(const Route &route, const QString &host, const QString &verdict)
{
    return {{u"method"_s, route.method},         {u"path"_s, route.path},         {u"host"_s, host},
            {u"access"_s, toWord(route.access)}, {u"guessed"_s, route.isGuessed}, {u"verdict"_s, verdict}};
}

QJsonObject observedRow(const AskedRoute &one, const QString &verdict)
{
    QJsonObject row = observedRow(one.route, hostOf(one.answer.url), verdict);
    row.insert(u"url"_s, one.answer.url.toDisplayString());
    row.insert(u"status"_s, one.answer.status);
    return row;
}

// A guess that leads nowhere is no open question, where the product has a list of its own.
bool isQuestion(const Route &route, const RouteLook &look)
{
    return !look.fromProject || !route.isGuessed;
}

struct Tally
{
    int denied = 0;
    int likeAny = 0;                          // refused, as any address of the host is
    int untold = 0;                           // obstacles and answers that do not tell
    int notFound = 0;                         // of the untold: 404
    std::optional<HttpResponse> refusal = {}; // of a host that refuses every address
    int bare = 0; // the shell of the app, an empty list: nothing private was handed out, but nothing refused either
    QJsonArray rows;
    std::vector<Finding> findings;
    LookGaps gaps; // routes that were asked for and gave no answer to read

    void addFound(Finding finding, QJsonObject &row)
    {
        findings.push_back(std::move(finding));
        noteFound(row);
    }
    // What was open before is an open question, also where it is a guess.
    void addUntold(const Route &route, QJsonObject row, const RouteLook &look, bool isOpen)
    {
        const bool wasFound = isAmong(look.foundBefore, route, row["host"_L1].toString());
        untold += isOpen || wasFound ? 1 : 0;
        const Unseen gap{.subject = routeName(route)};
        if (isOpen || wasFound)
            gaps.hide(gap); // adviceFor() says it
        else
            gaps.keep(gap); // a private address that the product itself does not list is no open question
        if (wasFound)
            noteFound(row);
        rows.append(row);
    }
};

// It was open before, and this answer does not say that it is closed: the record may be gone, and not the door. An
// address without records that is gone is closed.
bool mayStillBeOpen(const AskedRoute &one, const RouteLook &look, const InventedAnswers &invented)
{
    constexpr int kGone = 410; // RFC 9110, 15.5.11
    const bool isGone = one.answer.status == kGone || (!hasHoles(one.route.path) && isNotThere(one.answer, invented));
    return !isGone && isAmong(look.foundBefore, one.route, hostOf(one.answer.url));
}

Tally tallyOf(const RouteLook &look)
{
    Tally tally;
    const InventedAnswers invented(look.baselines);
    const QStringList blocked = blockedHosts(look);
    const QStringList refusing = refusingHosts(look, blocked);
    for (const AskedRoute &one : look.asked) {
        if (look.isOver() || isObstructed(one.answer, blocked)) {
            if (one.answer.status == 403 && !tally.refusal)
                tally.refusal = one.answer;
            tally.addUntold(one.route, observedRow(one, u"no_answer"_s), look, isQuestion(one.route, look));
            continue;
        }
        const Admission admission = admissionOf(one.answer, invented);
        QJsonObject row = observedRow(one, toWord(admission));
        if (auto finding = findingFor(one, admission, look.fromProject && !one.route.isGuessed))
            tally.addFound(std::move(*finding), row);
        else if (admission == Admission::Denied)
            ++(one.answer.status == kForbidden && refusing.contains(hostOf(one.answer.url)) ? tally.likeAny
                                                                                            : tally.denied);
        else if (mayStillBeOpen(one, look, invented)) {
            tally.addUntold(one.route, row, look, true);
            tally.notFound += one.answer.status == 404 ? 1 : 0;
            continue;
        } else if (admission == Admission::Shell || admission == Admission::Empty)
            ++tally.bare;
        else
            tally.untold += isQuestion(one.route, look) ? 1 : 0;
        tally.rows.append(row);
        tally.notFound += one.answer.status == 404 && isQuestion(one.route, look) ? 1 : 0;
    }
    // What was not asked for is no mend. A route that writes never is asked for.
    for (const UntriedRoute &one : look.notTried) {
        if (one.why != NotTried::Writes)
            tally.gaps.hide({.subject = routeName(one.route)});
    }
    for (const Route &route : look.silent)
        tally.addUntold(route, observedRow(route, route.host, u"no_answer"_s), look,
                        look.fromProject && !route.isGuessed);
    return tally;
}

QJsonArray rowsOf(const RouteLook &look)
{
    QJsonArray rows;
    for (const UntriedRoute &one : look.notTried) {
        QJsonObject row{{u"method"_s, one.route.method},
                        {u"path"_s, one.route.path},
                        {u"host"_s, one.route.host},
                        {u"guessed"_s, one.route.isGuessed},
                        {u"why"_s, toWord(one.why)}};
        if (isAmong(look.foundBefore, one.route, one.route.host))
            noteFound(row);
        rows.append(row);
    }
    return rows;
}

QStringList namesOf(const std::vector<UntriedRoute> &untried)
{
    QStringList names;
    for (const UntriedRoute &one : untried)
        names.append(one.route.method + u' ' + one.route.path);
    return names;
}

// Which routes stayed out, and what would let them in; a route that writes never is asked for.
enum class Writing { Told, PassedOver };
QString untriedWords(const std::vector<UntriedRoute> &untried, Writing writing = Writing::Told)
{
    const auto count = [&](NotTried why) {
        return static_cast<int>(std::ranges::count(untried, why, &UntriedRoute::why));
    };
    QStringList parts;
    if (const int n = count(NotTried::Writes); n > 0 && writing == Writing::Told)
        parts.append(Text::tr("%n because it would change something", nullptr, n));
    if (const int n = count(NotTried::NoSeenId); n > 0)
        parts.append(Text::tr("%n because no id of a real record is known for it", nullptr, n));
    if (const int n = count(NotTried::OtherHost); n > 0)
        parts.append(Text::tr("%n because its address is not in your list of addresses", nullptr, n));
    if (const int n = count(NotTried::TooMany); n > 0)
        parts.append(Text::tr("%n because there are too many", nullptr, n));
    return parts.join(u", "_s);
}

// What would make the untold ones tell.
QString adviceFor(const Tally &tally)
{
    if (tally.refusal)
        return describe(Obstacle::Refused, *tally.refusal);
    if (tally.notFound == 0)
        return Text::tr("%n private address(es) gave an answer that does not tell. Check again when the server "
                        "answers all of them.",
                        nullptr, tally.untold);
    return Text::tr("%n private address(es) answered \"not found\" (404), which does not tell whether strangers are "
                    "refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.",
                    nullptr, tally.notFound);
}

// What keeps a look without findings from being a proof. A few guesses that were refused do not prove that every
// private route is.
LookGaps gapsOf(const RouteLook &look, const Tally &tally)
{
    LookGaps gaps = tally.gaps;
    if (!look.fromProject) {
        gaps.say(labelOf(Need::Routes));
        return gaps;
    }
    if (tally.findings.empty() && std::ranges::all_of(look.asked, &Route::isGuessed, &AskedRoute::route))
        gaps.say(Text::tr("Who may call these routes is only guessed from their names. Confirm it in your list of "
                          "routes."));
    if (tally.untold > 0) // a route that was not answered is not known to be closed
        gaps.say(adviceFor(tally));
    if (const QString untried = untriedWords(look.notTried, Writing::PassedOver); !untried.isEmpty())
        gaps.say(Text::tr("Not tried: %1.").arg(untried));
    if (tally.likeAny > 0)
        gaps.say(Text::tr("%n private address(es) refuse strangers with the status 403, as every address there does, "
                          "also one that does not exist. Sign in and look whether they are there.",
                          nullptr, tally.likeAny));
    return gaps;
}

QString whyNothingTells(const Tally &tally)
{
    return tally.notFound > 0 || tally.refusal
               ? adviceFor(tally)
               : Text::tr("None of your private routes gave an answer that tells. Add routes that can be read (GET).");
}

// The project's list has nothing private that is read, and at each address that was tried beside it the product says
// that nothing is there. What gave no answer, or could not be asked for, may be there.
bool hasNothing(const RouteLook &look)
{
    const InventedAnswers invented(look.baselines);
    const auto isListed = [&](const Route &route) { return look.fromProject && !route.isGuessed; };
    const auto isThere = [&](const AskedRoute &one) {
        return isListed(one.route) || !isNotThere(one.answer, invented);
    };
    const auto isMissed = [](const UntriedRoute &one) { return one.why != NotTried::Writes; };
    return look.hasRoutes && !look.isOver() && look.silent.empty() && std::ranges::none_of(look.asked, isThere) &&
           std::ranges::none_of(look.notTried, isMissed);
}

QString whyNothing(const RouteLook &look, const Tally &tally)
{
    QString why = look.fromProject || tally.refusal ? whyNothingTells(tally) : labelOf(Need::Routes);
    if (look.hasRoutes && !look.fromProject && hasNothing(look))
        why = Text::tr("None of your routes is private, and at the usual private addresses your product says that "
                       "nothing is there. If it has private ones, add them to your list of routes.");
    if (const QString untried = untriedWords(look.notTried); look.fromProject && !untried.isEmpty())
        why += u' ' + Text::tr("Not tried: %1.").arg(untried);
    return why;
}

} // namespace

Judged judgeUnauthenticated(const RouteLook &look)
{
    Tally tally = tallyOf(look);
    QJsonObject observed{
        {u"asked"_s, tally.rows},       {u"not_tested"_s, QJsonArray::fromStringList(namesOf(look.notTried))},
        {u"not_tried"_s, rowsOf(look)}, {u"source"_s, look.fromProject ? u"routes"_s : u"well_known"_s},
        {u"mined"_s, look.mined},       {u"remembered"_s, look.remembered}};
    tally.gaps.noteIn(observed);
    if (tally.findings.empty() && tally.denied + tally.likeAny == 0) {
        Judged judged = notRun(whyNothing(look, tally));
        judged.observed = observed;
        judged.hasNothingToTry = hasNothing(look);
        return judged;
    }
    QString summary = Text::tr("%n private address(es) refuse strangers", nullptr, tally.denied + tally.likeAny);
    if (tally.untold + tally.bare > 0)
        summary += Text::tr(", %n do not tell", nullptr, tally.untold + tally.bare);
    if (const QString untried = untriedWords(look.notTried); !untried.isEmpty())
        summary += Text::tr("; not tried: %1").arg(untried);
    std::vector<Evidence> evidence;
    for (const AskedRoute &one : look.asked)
        evidence.push_back(evidenceOf(one.answer));
    const LookGaps gaps = gapsOf(look, tally);
    Judged judged = concluded(std::move(tally.findings), summary, observed, std::move(evidence));
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
