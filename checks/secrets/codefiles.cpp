#include "checks/secrets/codefiles.h"

#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/dependencies/manifests.h"

#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// By the manifest of who copies, or by what each of them leaves there.
bool isCopied(const QString &parent, const QString &vendor)
{
    static const QStringList beside{u"composer.json"_s, u"go.mod"_s, u"Gemfile"_s, u"gems.rb"_s, u"Cargo.toml"_s};
    static const QStringList within{u"autoload.php"_s, u"modules.txt"_s, u"bundle"_s};
    return std::ranges::any_of(beside, [&](const QString &name) { return QFileInfo::exists(parent + name); }) ||
           std::ranges::any_of(within, [&](const QString &name) { return QFileInfo::exists(vendor + name); });
}

} // namespace

QString folderOf(const QString &path)
{
    return path.left(path.lastIndexOf(u'/') + 1);
}

bool VendorFolders::isFetched(const QString &path)
{
    static const QString name = u"vendor/"_s;
    for (qsizetype at = path.indexOf(name); at >= 0; at = path.indexOf(name, at + 1)) {
        if (at > 0 && path[at - 1] != u'/')
            continue;
        const QString folder = path.first(at + name.size());
        auto known = m_known.constFind(folder);
        if (known == m_known.constEnd())
            known = m_known.insert(folder, isCopied(m_root + u'/' + path.first(at), m_root + u'/' + folder));
        if (*known)
            return true;
    }
    return false;
}

void LockPlaces::add(const QString &path, const LockForm *form)
{
    static const QString oldGradle = u"gradle/dependency-locks/"_s;
    static const QString requirements = u"requirements/"_s;
    QString folder = folderOf(path);
    QString name = path.sliced(folder.size());
    if (form == &includedForm()) {
        name = u"requirements.txt"_s;
        if (folder.endsWith(requirements))
            folder.chop(requirements.size());
    } else if (folder.endsWith(oldGradle)) {
        name = u"gradle.lockfile"_s;
        folder.chop(oldGradle.size());
    }
    m_places.emplace(folder, name);
}

bool LockPlaces::hasFor(const QString &manifest) const
{
    const QString folder = folderOf(manifest);
    const QString name = manifest.sliced(folder.size());
    return std::ranges::any_of(m_places, [&](const auto &place) {
        return folder.startsWith(place.first) && isAnsweredBy(name, place.second);
    });
}

} // namespace cockpit
