#include "models/handover/owners.h"

#include "models/handover/facts.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Ownership)
};

constexpr int kLongestName = 200;

QString monitoringSystem()
{
    return Text::tr("Monitoring");
}

QStringList detectedNames(const ProjectState &project, ProviderKind kind)
{
    QStringList names;
    for (const handover::DetectedProvider &provider : handover::detectedProviders(project)) {
        const QString name = plainText(provider.name, kLongestName);
        if (provider.kind == kind && !names.contains(name))
            names += name;
    }
    return names;
}

std::vector<Ownership> expectedRows(const ProjectState &project)
{
    constexpr std::array kKinds{ProviderKind::Dns, ProviderKind::Edge, ProviderKind::Hosting, ProviderKind::MailIn,
                                ProviderKind::MailOut};
    std::vector<Ownership> rows{{Text::tr("Domain registration"), {}, {}, {}, {}}};
    for (const ProviderKind kind : kKinds)
        rows.push_back({labelOf(kind), detectedNames(project, kind).join(QStringLiteral(", ")), {}, {}, {}});
    for (const QString &system : {Text::tr("Source code"), Text::tr("Database"), monitoringSystem()})
        rows.push_back({system, {}, {}, {}, {}});
    return rows;
}

} // namespace

std::vector<Ownership> ownershipRows(const ProjectState &project)
{
    std::vector<Ownership> rows = project.ownership;
    for (const Ownership &expected : expectedRows(project)) {
        const auto known = std::ranges::find(rows, expected.system, &Ownership::system);
        if (known == rows.end())
            rows.push_back(expected);
        else if (known->provider.isEmpty())
            known->provider = expected.provider;
    }
    return rows;
}

QString monitoringOwner(const ProjectState &project)
{
    const auto row = std::ranges::find(project.ownership, monitoringSystem(), &Ownership::system);
    return row == project.ownership.end() ? QString() : plainText(row->owner, kLongestName);
}

std::vector<Ownership> writtenRows(std::vector<Ownership> rows)
{
    std::erase_if(rows, [](const Ownership &row) {
        return row.provider.isEmpty() && row.owner.isEmpty() && row.backup.isEmpty() && row.notes.isEmpty();
    });
    return rows;
}

} // namespace cockpit
