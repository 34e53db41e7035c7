#include "models/deliverables/makers.h"
#include "models/environmentrows.h"
#include "models/keykinds.h"
#include "models/secretsfound.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString sayNothingListed()
{
    return Text::tr(
        "No secret is written down yet: take over what was found on the page \"Secrets\", and add what only "
        "you know.");
}

QString dayText(const QDate &day)
{
    return handover::dateText(day.startOfDay(Qt::UTC));
}

QString orUnknown(const QString &text)
{
    return text.isEmpty() ? handover::notKnownYet() : text;
}

QString namesOf(const std::vector<SecretEntry> &entries)
{
    QStringList names;
    for (const SecretEntry &entry : entries)
        names << entry.name;
    return names.join(u", "_s);
}

template<typename Predicate>
std::vector<SecretEntry> chosen(const std::vector<SecretEntry> &entries, Predicate isIt)
{
    std::vector<SecretEntry> found;
    std::ranges::copy_if(entries, std::back_inserter(found), isIt);
    return found;
}

QString nameOf(const SecretEntry &entry)
{
    const bool saysService = entry.service.isEmpty() || entry.name.contains(entry.service, Qt::CaseInsensitive);
    return saysService ? entry.name : Text::tr("%1 (%2)").arg(entry.name, entry.service);
}

QString placeOf(const SecretEntry &entry)
{
    QStringList environments;
    for (const Environment environment : entry.environments)
        environments << labelOf(environment);
    const QString place = orUnknown(entry.keptIn);
    return environments.isEmpty() ? place : Text::tr("%1 (%2)").arg(place, environments.join(u", "_s));
}

QString replacedText(const SecretEntry &entry)
{
    const QString last = entry.lastRotated.isValid() ? dayText(entry.lastRotated) : handover::notKnownYet();
    const QDate due = dueOn(entry);
    return due.isValid() ? Text::tr("%1; due %2").arg(last, dayText(due)) : last;
}

// A credential that nobody has taken over into the inventory is one all the same.
SecretEntry entryOf(const Credential &credential)
{
    SecretEntry entry;
    entry.id = "credential:"_L1 + credential.keychainEntry;
    entry.name = credential.name;
    entry.scope = credential.purpose;
    entry.keptIn = Text::tr("keychain of this computer");
    entry.lastRotated = credential.createdAt.date();
    return entry;
}

std::vector<SecretEntry> listedSecrets(const ProjectState &project)
{
    std::vector<SecretEntry> listed = project.secrets;
    for (const Credential &credential : project.credentials) {
        const SecretEntry entry = entryOf(credential);
        const bool isKnown = std::ranges::any_of(listed, [&](const SecretEntry &known) {
            return known.id == entry.id || known.name.compare(entry.name, Qt::CaseInsensitive) == 0;
        });
        if (!isKnown)
            listed.push_back(entry);
    }
    return listed;
}

void sayWhatIsMissing(Draft &draft, const ProjectState &project)
{
    const auto gaps = chosen(project.secrets, [](const SecretEntry &entry) { return !missingParts(entry).isEmpty(); });
    if (!gaps.empty())
        draft.missing(
            Text::tr("The inventory does not say everything of these: %1. Fill it in on the page \"Secrets\".")
                .arg(namesOf(gaps)));
    const int unlisted = mergedSecrets(project.secrets, proposedSecrets(project)).added;
    if (project.secrets.empty())
        draft.missing(sayNothingListed());
    else if (unlisted > 0)
        draft.missing(Text::tr("%n secret(s) that were found are not in the inventory: take them over on the page "
                               "\"Secrets\".",
                               nullptr, unlisted));
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
    table.header = {Text::tr("Name"),    Text::tr("Owner"),    Text::tr("What it may do"),
                    Text::tr("Kept in"), Text::tr("Replaced"), Text::tr("State")};
    table.emptyText = sayNothingListed();
    for (const SecretEntry &entry : listedSecrets(input.project))
        table.rows.push_back({nameOf(entry), orUnknown(entry.owner), orUnknown(entry.scope), placeOf(entry),
                              replacedText(entry), standingText(entry, input.now.toUTC().date())});
    sayWhatIsMissing(draft, input.project);
    draft.paragraph(Text::tr("Names only. The values stay where they are kept, and are in no document."));
    draft.add(std::move(table));
    handover::listChecks(draft, input.project,
                         {u"secrets.inventory"_s, u"secrets.least-privilege"_s, u"secrets.rotation"_s,
                          u"secrets.tree"_s, u"secrets.history"_s});
}

namespace {

// Also what is found and not written down yet: it is exposed all the same.
std::vector<SecretEntry> exposedSecrets(const ProjectState &project)
{
    return chosen(mergedSecrets(project.secrets, proposedSecrets(project)).entries,
                  [](const SecretEntry &entry) { return entry.exposure == Exposure::Yes; });
}

QStringList stepsOf(const SecretEntry &entry)
{
    QStringList cells{nameOf(entry)};
    for (std::size_t i = 0; i < kRotationSteps.size(); ++i) {
        const bool isDone = i < entry.rotation.size();
        cells << (isDone ? Text::tr("%1, %2").arg(dayText(entry.rotation[i].on), entry.rotation[i].by) : u"[  ]"_s);
    }
    return cells;
}

void writeHowAndWhere(Draft &draft, const std::vector<SecretEntry> &exposed)
{
    for (const SecretEntry &entry : exposed) {
        QStringList lines;
        if (!entry.exposedWhere.isEmpty())
            lines << Text::tr("It was seen here: %1.").arg(entry.exposedWhere);
        if (const QUrl page = rotationPage(entry.rule, entry.service); !isRotated(entry) && !page.isEmpty())
            lines << Text::tr("A new one is made here: %1").arg(page.toString());
        if (isRotated(entry))
            lines << Text::tr("How the old one was tried: %1").arg(entry.rotation.back().how);
        draft.labelled(entry.name, lines.join(u' '));
    }
}

} // namespace

void writeRotationChecklist(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(Text::tr(
        "For each secret that was exposed: make a new one, put it in place, deploy, revoke the old one, and show "
        "that the old one is dead."));
    const std::vector<SecretEntry> exposed = exposedSecrets(input.project);
    Table table;
    table.header = {Text::tr("Secret"),   Text::tr("New one made"), Text::tr("In place"),
                    Text::tr("Deployed"), Text::tr("Old revoked"),  Text::tr("Old dead")};
    table.emptyText = Text::tr("No exposed secret is known.");
    for (const SecretEntry &entry : exposed)
        table.rows.push_back(stepsOf(entry));
    draft.add(std::move(table));
    writeHowAndWhere(draft, exposed);
    const auto open = chosen(exposed, isOpenlyExposed);
    if (!open.empty())
        draft.missing(Text::tr("Not shown dead yet: %1. The steps are on the page \"Secrets\".").arg(namesOf(open)));
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
