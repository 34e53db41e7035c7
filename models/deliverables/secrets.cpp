#include "models/deliverables/makers.h"
#include "models/environmentrows.h"

#include <QCoreApplication>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString sayNoCredentials()
{
    return Text::tr("No credential is listed yet: add the names of your keys on the Credentials page.");
}

QString sayNoSettings()
{
    return Text::tr("No settings were read yet: name the settings files of production and staging, and run the checks "
                    "again.");
}

} // namespace

void writeSecretsInventory(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Name"), Text::tr("What it is for"), Text::tr("Kept in"), Text::tr("Since"),
                    Text::tr("Last used")};
    table.emptyText = sayNoCredentials();
    for (const Credential &credential : input.project.credentials)
        table.rows.push_back({credential.name, credential.purpose, Text::tr("keychain of this computer"),
                              handover::dateText(credential.createdAt), handover::dateText(credential.lastUsedAt)});
    if (table.rows.empty())
        draft.missing(sayNoCredentials());
    draft.paragraph(Text::tr("Names only. The values are in the keychain and in no document."));
    draft.add(std::move(table));
    handover::listChecks(draft, input.project,
                         {u"secrets.inventory"_s, u"secrets.least-privilege"_s, u"secrets.rotation"_s,
                          u"secrets.tree"_s, u"secrets.history"_s});
}

void writeRotationChecklist(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(
        Text::tr("For each secret that was exposed: make a new one, put it in place, revoke the old one, and "
                 "prove that the old one no longer works."));
    Table table;
    table.header = {Text::tr("Done"), Text::tr("What was exposed"), Text::tr("Where")};
    table.emptyText = Text::tr("No exposed secret is known.");
    for (const Finding &finding : openFindings(input.project))
        if (finding.checkId.startsWith("secrets."_L1) || finding.checkId == "exposure.bundle-secrets"_L1)
            table.rows.push_back({u"[  ]"_s, finding.title, finding.location ? finding.location->file : finding.host});
    draft.add(std::move(table));
    handover::listChecks(
        draft, input.project,
        {u"secrets.rotation"_s, u"secrets.sharing"_s, u"secrets.history"_s, u"exposure.bundle-secrets"_s});
}

void writeEnvInventory(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(Text::tr("Which settings production needs and whether each has a value of its own there."));
    Table table;
    table.header = {Text::tr("Name")};
    for (const Environment environment : kComparedEnvironments)
        table.header.append(labelOf(environment));
    table.emptyText = sayNoSettings();
    for (const EnvironmentRow &row : environmentRows(input.project)) {
        QStringList cells{row.name};
        for (const SettingCell cell : row.cells)
            cells.append(labelOf(cell));
        table.rows.push_back(std::move(cells));
    }
    if (table.rows.empty())
        draft.missing(sayNoSettings());
    draft.add(std::move(table));
    handover::listChecks(draft, input.project,
                         {u"secrets.env-completeness"_s, u"secrets.env-separation"_s, u"secrets.env-exposure"_s,
                          u"deploy.base-urls"_s, u"handover.env-update"_s});
}

} // namespace cockpit::deliverables
