#include "ui/handover/ownershiprows.h"

#include "models/handover/facts.h"
#include "models/providers.h"
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

QStringList detectedNames(const ProjectState &project, const QString &systemWord)
{
    QStringList names;
    for (const handover::Provider &provider : handover::detectedProviders(project)) {
        const QString name = plainText(provider.name, kLongestName);
        if (provider.system == systemWord && !names.contains(name))
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
        rows.push_back({labelOf(kind), detectedNames(project, toWord(kind)).join(QStringLiteral(", ")), {}, {}, {}});
    for (const QString &system : {Text::tr("Source code"), Text::tr("Database"), Text::tr("Monitoring")})
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

std::vector<Ownership> writtenRows(std::vector<Ownership> rows)
{
    std::erase_if(rows, [](const Ownership &row) {
        return row.provider.isEmpty() && row.owner.isEmpty() && row.backup.isEmpty() && row.notes.isEmpty();
    });
    return rows;
}

} // namespace cockpit
