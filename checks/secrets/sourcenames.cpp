#include "checks/secrets/sourcenames.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

SourceNames::SourceNames(const std::vector<LocalSource> &sources)
{
    m_places.reserve(sources.size());
    for (const LocalSource &source : sources)
        m_places.push_back(placeOf(source));
}

SourceNames::Place SourceNames::placeOf(const LocalSource &source)
{
    return {source.kind, QDir::cleanPath(source.path), QFileInfo(source.path).isDir()};
}

template<typename IsLike>
bool SourceNames::isUnique(const Place &own, const IsLike &isLike) const
{
    return std::ranges::none_of(m_places, [&](const Place &other) {
        return other.kind == own.kind && other.isFolder == own.isFolder && other.path != own.path && isLike(other);
    });
}

QString SourceNames::shown(const LocalSource &source, const QString &below) const
{
    const Place own = placeOf(source);
    const auto lastOf = [](const Place &place, int parts) { return place.path.section(u'/', -parts); };
    const bool isAlone =
        isUnique(own, [&](const Place &other) { return own.isFolder || lastOf(other, 1) == lastOf(own, 1); });
    if (isAlone)
        return below;
    const int parts = own.isFolder ? 1 : 2; // "shop/.env" of a folder, "staging/.env" of a file
    const bool isNamedOnce =
        isUnique(own, [&](const Place &other) { return lastOf(other, parts) == lastOf(own, parts); });
    const QString name = isNamedOnce ? lastOf(own, parts) : QDir::toNativeSeparators(own.path);
    return own.isFolder ? name + u'/' + below : name;
}

} // namespace cockpit
