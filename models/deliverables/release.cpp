#include "models/deliverables/makers.h"

#include <QCoreApplication>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

void numbered(Draft &draft, const QStringList &steps)
{
    int number = 0;
    for (const QString &step : steps)
        draft.paragraph(Text::tr("%1. %2").arg(QString::number(++number), step));
}

} // namespace

void writeDeploymentRunbook(Draft &draft, const HandoverInput &input)
{
    numbered(draft, {Text::tr("Note the release that runs now: it is the way back."),
                     Text::tr("Run the tests, the sign-in and permission tests included. Stop when one fails."),
                     Text::tr("Release by the one scripted way, with production settings."),
                     Text::tr("Run the smoke test: sign in, one read, one write, a protected route, sign out."),
                     Text::tr("Watch errors and response times for 15 minutes. When in doubt, go back.")});
    draft.heading(Text::tr("What is known about this product"), 3);
    handover::listChecks(draft, input.project,
                         {u"deploy.repeatable"_s, u"deploy.gate"_s, u"deploy.base-urls"_s, u"deploy.smoke"_s,
                          u"deploy.rollback-drill"_s, u"handover.deploy"_s, u"handover.rollback"_s});
}

void writeRollbackNote(Draft &draft, const HandoverInput &input)
{
    draft.heading(Text::tr("A broken build"), 3);
    numbered(draft, {Text::tr("Release the last good version again."), Text::tr("Run the smoke test.")});
    draft.heading(Text::tr("A bad migration"), 3);
    numbered(draft, {Text::tr("Stop writes, or switch the product to maintenance."),
                     Text::tr("Restore the copy made before the migration, then release the last good version."),
                     Text::tr("Tell customers what was entered in between and is lost.")});
    draft.heading(Text::tr("A failed change of settings"), 3);
    numbered(draft, {Text::tr("Put the old value back from the list of settings."),
                     Text::tr("Restart and run the smoke test.")});
    draft.heading(Text::tr("What is known about this product"), 3);
    handover::listChecks(
        draft, input.project,
        {u"handover.rollback"_s, u"deploy.rollback-drill"_s, u"handover.recovery"_s, u"handover.env-update"_s});
}

void writeSmokeResults(Draft &draft, const HandoverInput &input)
{
    handover::listChecks(draft, input.project,
                         {u"deploy.smoke"_s, u"access.login-flow"_s, u"access.unauthenticated"_s, u"access.logout"_s,
                          u"tls.reachable"_s, u"http.error-pages"_s});
}

} // namespace cockpit::deliverables
