#include "models/deliverables/makers.h"
#include "models/handover/owners.h"

#include <QCoreApplication>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString orUnknown(const QString &text)
{
    return text.isEmpty() ? handover::notKnownYet() : text;
}

} // namespace

void writeOwners(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("System"), Text::tr("Provider"), Text::tr("Owner"), Text::tr("Backup"), Text::tr("Notes")};
    QStringList withoutOwner;
    for (const Ownership &row : ownershipRows(input.project)) {
        table.rows.push_back(
            {row.system, orUnknown(row.provider), orUnknown(row.owner), orUnknown(row.backup), row.notes});
        if (row.owner.isEmpty())
            withoutOwner += row.system;
    }
    if (!withoutOwner.isEmpty())
        draft.missing(Text::tr("Who owns these is not written down: %1. Fill it in on the Handover page.")
                          .arg(withoutOwner.join(u", "_s)));
    draft.add(std::move(table));
}

void writeHandoverChecklist(Draft &draft, const HandoverInput &input)
{
    draft.heading(Text::tr("Who to call"), 3);
    writeOwners(draft, input);
    draft.heading(Text::tr("What is written down"), 3);
    handover::listChecks(draft, input.project,
                         {u"handover.ownership"_s, u"handover.access-list"_s, u"handover.dns"_s, u"handover.mail"_s,
                          u"handover.edge"_s, u"handover.deploy"_s, u"handover.rollback"_s, u"handover.secrets"_s,
                          u"handover.monitoring"_s, u"handover.recovery"_s, u"handover.incident"_s, u"tls.renewal"_s});
}

void writeHandoverPack(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(
        Text::tr("This document is the pack: how things were set up is in the stages, how to recover is in the "
                 "release runbook and the rollback note. What still has to be written down:"));
    handover::listChecks(draft, input.project,
                         {u"handover.ownership"_s, u"handover.dns"_s, u"handover.edge"_s, u"handover.deploy"_s,
                          u"handover.recovery"_s, u"handover.backup-access"_s, u"handover.error-guide"_s,
                          u"handover.known-risks"_s});
}

void writeOperatingGuide(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(
        Text::tr("Change one thing at a time, release it by the runbook, and watch it before the next one."));
    handover::listChecks(draft, input.project,
                         {u"handover.deploy"_s, u"handover.env-update"_s, u"handover.rollback"_s,
                          u"handover.monitoring"_s, u"deploy.regression-suite"_s, u"secrets.dependencies"_s});
}

void writeSupportPlan(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("When"), Text::tr("What to do")};
    table.rows = {
        {Text::tr("Hour 0 to 4"), Text::tr("One person watches the dashboard and does nothing else.")},
        {Text::tr("Hour 4 to 24"),
         Text::tr("Look every hour; answer customers within two hours; change nothing that can wait.")},
        {Text::tr("Hour 24 to 48"), Text::tr("Go through errors and failed sign-ins; repair what stops customers.")},
        {Text::tr("Hour 48 to 72"), Text::tr("Compare response times with the baseline; write down what was learnt.")},
    };
    draft.add(std::move(table));
    draft.heading(Text::tr("Who to call"), 3);
    writeOwners(draft, input);
    handover::listChecks(
        draft, input.project,
        {u"handover.support-plan"_s, u"handover.error-guide"_s, u"handover.incident"_s, u"handover.alert-owners"_s});
}

} // namespace cockpit::deliverables
