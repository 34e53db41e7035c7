#include "checks/access/rolewords.h"

#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoleCells)
};

QString whyNotAsked(const QString &why)
{
    if (why == toWord(CellGap::NoSeenId))
        return Text::tr("No id of a real record is known for it.");
    if (why == toWord(CellGap::NoCanary))
        return Text::tr("No test record can be made and removed again for it.");
    if (why == toWord(CellGap::OtherHost))
        return Text::tr("Its address is not in your list of addresses.");
    if (why == toWord(CellGap::Budget))
        return Text::tr("The run may not send more test requests.");
    if (why == toWord(CellGap::Limited))
        return Text::tr("The product began to refuse our requests as too many.");
    if (why == toWord(CellGap::NoSession))
        return Text::tr("The account could not sign in.");
    return Text::tr("It would change something, and is not marked as safe to write.");
}

QString whyUnclear(const QString &why)
{
    if (why == "session_lost"_L1)
        return Text::tr("The account was signed out while we asked, so that a refusal tells nothing.");
    if (why == "fleeting"_L1)
        return Text::tr(
            "It was answered in another way at the end of the test: what was seen before may be of a moment "
            "in which another test had changed the account.");
    if (why == "one_tenant"_L1)
        return Text::tr("Without an account and a record of a second customer nobody can tell whose records come.");
    if (why == "needs_input"_L1)
        return Text::tr("The address alone is not enough for it: it wants an input that is not known.");
    if (why == "no_answer"_L1)
        return Text::tr("No answer came.");
    if (why == "not_changed"_L1)
        return Text::tr("Nothing was changed, and the answer does not say that it was refused.");
    if (why == toWord(ReachWhy::NoControl))
        return Text::tr("Nobody gets a good answer there, so that there is nothing to compare with.");
    if (why == "nobody_could"_L1)
        return Text::tr("Nobody could make this change in this run, so that a refusal tells nothing.");
    if (why == toWord(ReachWhy::ForgeryToken))
        return Text::tr("It was refused for want of a token against forged requests (CSRF), and not for who asked.");
    if (why == toWord(ReachWhy::NoDifference))
        return Text::tr("Everybody gets the same page there, which may be filled later by a script.");
    if (why == toWord(ReachWhy::TooMany))
        return Text::tr("The product refused the request as one too many.");
    if (why == toWord(ReachWhy::Broken))
        return Text::tr("The server answered with an error of its own.");
    if (why == toWord(ReachWhy::Challenge))
        return Text::tr("A test for robots stood in the way.");
    if (why == toWord(ReachWhy::Empty) || why == toWord(ReachWhy::OwnData))
        return Text::tr("It was let in and given less than others, which does not tell whether that is meant.");
    return Text::tr("The answer does not tell.");
}

QString whyTold(const QString &why)
{
    if (why == toWord(ReachWhy::Marker))
        return Text::tr("Texts that only another customer's account sees stand in the answer.");
    if (why == "changed"_L1)
        return Text::tr("The owner of the test record saw the change afterwards.");
    if (why == "not_changed"_L1)
        return Text::tr("It was refused, and the test record is as it was.");
    if (why == toWord(ReachWhy::SameContent))
        return Text::tr("The answer says the same as that of an account that may.");
    if (why == toWord(ReachWhy::SameShape))
        return Text::tr("The answer has the same fields as that of an account that may.");
    if (why == toWord(ReachWhy::Document))
        return Text::tr("A file came, as for an account that may.");
    if (why == toWord(ReachWhy::ToLogin))
        return Text::tr("It was sent to where people sign in.");
    if (why == toWord(ReachWhy::SaysError) || why == toWord(ReachWhy::SentAway))
        return Text::tr("The answer says in words that it is refused.");
    if (why == toWord(ReachWhy::NotFound) || why == toWord(ReachWhy::Shell))
        return Text::tr("It was told that there is nothing, where an account that may gets something.");
    return {}; // the status beside it says it all
}

} // namespace

QString toWord(CellGap value)
{
    switch (value) {
    case CellGap::None:
        return {};
    case CellGap::Writes:
        return u"writes"_s;
    case CellGap::NoSeenId:
        return u"no_seen_id"_s;
    case CellGap::NoCanary:
        return u"no_canary"_s;
    case CellGap::OtherHost:
        return u"other_host"_s;
    case CellGap::Budget:
        return u"budget"_s;
    case CellGap::Limited:
        return u"limited"_s;
    case CellGap::NoSession:
        return u"no_session"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(CellSeen value)
{
    switch (value) {
    case CellSeen::Allowed:
        return u"allowed"_s;
    case CellSeen::OwnOnly:
        return u"own_only"_s;
    case CellSeen::Denied:
        return u"denied"_s;
    case CellSeen::ReadsOthers:
        return u"reads_others"_s;
    case CellSeen::Public:
        return u"public"_s;
    case CellSeen::Unclear:
        return u"unclear"_s;
    case CellSeen::NotAsked:
        return u"not_asked"_s;
    }
    Q_UNREACHABLE();
}

QString labelOf(CellSeen value)
{
    switch (value) {
    case CellSeen::Allowed:
        return Text::tr("let in");
    case CellSeen::OwnOnly:
        return Text::tr("its own records alone");
    case CellSeen::Denied:
        return Text::tr("refused");
    case CellSeen::ReadsOthers:
        return Text::tr("another customer's data");
    case CellSeen::Public:
        return Text::tr("what everybody gets");
    case CellSeen::Unclear:
        return Text::tr("an answer that does not tell");
    case CellSeen::NotAsked:
        return Text::tr("not asked");
    }
    Q_UNREACHABLE();
}

QString reasonFor(const RoleVerdict &verdict)
{
    if (verdict.seen == CellSeen::NotAsked)
        return whyNotAsked(verdict.why);
    if (verdict.seen == CellSeen::Unclear || verdict.why == "one_tenant"_L1)
        return whyUnclear(verdict.why);
    return Text::tr("Seen: %1 (status %2).").arg(labelOf(verdict.seen), QString::number(verdict.status));
}

QString whyFor(const RoleVerdict &verdict)
{
    const bool isTold = verdict.seen != CellSeen::NotAsked && verdict.seen != CellSeen::Unclear;
    return isTold && verdict.why != "one_tenant"_L1 ? whyTold(verdict.why) : reasonFor(verdict);
}

QString cellName(const RoleRow &row, const RoleCell &cell)
{
    const QString where =
        row.route.host.isEmpty() ? routeName(row.route) : routeName(row.route) + u" @"_s + row.route.host;
    if (!cell.actor)
        return Text::tr("%1 signed out").arg(where);
    return Text::tr("%1 as %2 (%3)").arg(where, cell.actor->name, cell.actor->role);
}

CellFit fitOf(const AccessCell &wanted, const RoleVerdict &verdict)
{
    using enum CellSeen;
    const CellSeen seen = verdict.seen;
    if (seen == ReadsOthers)
        return CellFit::Exceeds;
    switch (wanted.allowance) {
    case Allowance::Allowed:
        if (seen == Denied)
            return CellFit::Lacks;
        return seen == Allowed || seen == OwnOnly || seen == Public ? CellFit::Fits : CellFit::Unknown;
    case Allowance::OwnOnly:
        if (seen == Denied)
            return CellFit::Lacks;
        return seen == OwnOnly ? CellFit::Fits : CellFit::Unknown;
    case Allowance::Denied:
        if (seen == Denied)
            return CellFit::Fits;
        return seen == Allowed || seen == OwnOnly ? CellFit::Exceeds : CellFit::Unknown;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
