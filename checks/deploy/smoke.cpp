#include "checks/deploy/smoke.h"

#include "checks/actors/loginturn.h"
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

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    const LoginTurn turn(look.seen); // beside tries of passwords a sign-in would be counted with them
    if (!turn.isMine())
        return couldNotLook({ErrorKind::Cancelled, Text::tr("Stopped.")});
    Wire wire(look, u"deploy.smoke"_s, smokeCeiling());
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

} // namespace

Check smokeCheck()
{
    return {.id = u"deploy.smoke"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin, Impact::DataExposure, Impact::Downtime},
            .needs = {Need::Routes, Need::TestAccounts},
            .look = look};
}

} // namespace cockpit
