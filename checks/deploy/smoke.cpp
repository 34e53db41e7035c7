#include "checks/deploy/smoke.h"

#include "checks/deploy/smokerun.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(SmokeStep value)
{
    switch (value) {
    case SmokeStep::SignIn:
        return u"sign_in"_s;
    case SmokeStep::Read:
        return u"read"_s;
    case SmokeStep::Protected:
        return u"protected"_s;
    case SmokeStep::Write:
        return u"write"_s;
    case SmokeStep::SignOut:
        return u"sign_out"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(SmokeEnd value)
{
    switch (value) {
    case SmokeEnd::Works:
        return u"works"_s;
    case SmokeEnd::Broken:
        return u"broken"_s;
    case SmokeEnd::NotTried:
        return u"not_tried"_s;
    case SmokeEnd::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Smoke)
};

RequestNeed smokeNeed()
{
    return {.account = u"deploy.smoke"_s, .most = smokeCeiling()};
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    Wire wire(look, smokeNeed());
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    return withUndo(look.seen, [&](UndoList &undo) {
        SmokeRun run(look, *crew.anybody, wire, undo);
        const auto seen = run.run();
        Judged judged = seen ? judgeSmoke(*seen) : couldNotLook(seen.error());
        noteLeft(judged, run.left());
        return judged;
    });
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::OneActor))
        return {};
    return {smokeNeed()};
}

} // namespace

Check smokeCheck()
{
    return {.id = u"deploy.smoke"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin, Impact::DataExposure, Impact::Downtime},
            .needs = {Need::Routes, Need::TestAccounts},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
