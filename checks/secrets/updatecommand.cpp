#include "checks/secrets/updatecommand.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isHarmless(const QString &name, const QString &version)
{
    static const QRegularExpression plainName(u"^[A-Za-z0-9@][A-Za-z0-9@._/:-]*\\z"_s);
    static const QRegularExpression plainVersion(u"^[A-Za-z0-9][A-Za-z0-9.+_-]*\\z"_s);
    return plainName.match(name).hasMatch() && plainVersion.match(version).hasMatch();
}

// Empty: the tool has no command for it, or none that does the same in each of its versions.
QString ofNpm(const QString &file, const Dependency &package, const QString &version)
{
    const bool isDirect = package.reach == PackageReach::Direct;
    const bool isForDevelopment = package.use == PackageUse::Development;
    const QString wanted = package.name + u'@' + version;
    // "yarn up" is of the later Yarn, "yarn upgrade" of the first one. "add" moves a package to the others without
    // "-D".
    if (file == "yarn.lock"_L1)
        return isDirect ? (isForDevelopment ? u"yarn add -D %1"_s : u"yarn add %1"_s).arg(wanted) : QString();
    if (file == "bun.lock"_L1)
        return isDirect ? (isForDevelopment ? u"bun add -d %1"_s : u"bun add %1"_s).arg(wanted) : QString();
    if (file == "pnpm-lock.yaml"_L1)
        return isDirect ? u"pnpm update %1"_s.arg(wanted) : u"pnpm update --depth Infinity %1"_s.arg(package.name);
    return isDirect ? u"npm install %1"_s.arg(wanted) : u"npm update %1"_s.arg(package.name);
}

QString ofPython(const QString &file, const QString &name, const QString &version)
{
    if (file == "poetry.lock"_L1)
        return u"poetry update %1"_s.arg(name);
    if (file == "pdm.lock"_L1)
        return u"pdm update %1"_s.arg(name);
    if (file == "uv.lock"_L1)
        return u"uv lock --upgrade-package %1==%2"_s.arg(name, version);
    if (file == "Pipfile.lock"_L1)
        return u"pipenv upgrade %1==%2"_s.arg(name, version);
    return u"%1==%2"_s.arg(name, version); // a line of requirements.txt
}

} // namespace

QString updateCommand(const Dependency &package, const QString &version)
{
    if (!isHarmless(package.name, version))
        return {};
    const QString file = package.file.section(u'/', -1);
    switch (package.ecosystem) {
    case Ecosystem::Npm:
        return ofNpm(file, package, version);
    case Ecosystem::PyPi:
        return ofPython(file, package.name, version);
    case Ecosystem::Packagist:
        return u"composer update %1 --with-all-dependencies"_s.arg(package.name);
    case Ecosystem::RubyGems:
        return u"bundle update %1 --conservative"_s.arg(package.name);
    case Ecosystem::Go:
        return u"go get %1@v%2"_s.arg(package.name, version);
    case Ecosystem::CratesIo:
        return u"cargo update -p %1@%2 --precise %3"_s.arg(package.name, package.version, version);
    case Ecosystem::NuGet:
        return u"dotnet add package %1 --version %2"_s.arg(package.name, version);
    case Ecosystem::Pub:
        return u"dart pub upgrade %1"_s.arg(package.name);
    case Ecosystem::Maven: // an edit of the file
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
