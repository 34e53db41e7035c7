#include "checks/secrets/packagefolders.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace cockpit {

namespace {

constexpr auto kVendor = "vendor";
// Folders below it, down to the top of a package.
constexpr std::array<std::pair<std::string_view, qsizetype>, 6> kDepths{{
    {"node_modules", 1}, // one more below "@scope"
    {"bower_components", 1},
    {kVendor, 3}, // Go: github.com/acme/own; Composer and Cargo need fewer
    {"site-packages", 1},
    {"Pods", 1},
    {".venv", 4}, // lib/python3.12/site-packages/own, src/own
}};

std::optional<qsizetype> depthOf(const QByteArray &name)
{
    const auto *found = std::ranges::find(kDepths, std::string_view(name.constData(), static_cast<size_t>(name.size())),
                                          &std::pair<std::string_view, qsizetype>::first);
    return found == kDepths.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

bool PackageFolders::isAmongPackages(const QByteArray &path)
{
    return std::ranges::any_of(path.split('/'), [](const QByteArray &name) { return depthOf(name).has_value(); });
}

bool PackageFolders::isWorthEntering(const QByteArray &folder)
{
    const QList<QByteArray> names = folder.split('/');
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto depth = depthOf(names[i]);
        if (!depth)
            continue;
        const bool isScoped = names[i] == "node_modules" && names.value(i + 1).startsWith('@');
        const bool isBelow = names.size() - 1 - i > *depth + (isScoped ? 1 : 0);
        if (isBelow && (names[i] != kVendor || m_vendors.isFetched(QFile::decodeName(folder))))
            return false;
    }
    return true;
}

} // namespace cockpit
