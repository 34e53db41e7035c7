#include "checks/secrets/dependencies/lockfiles.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

const std::map<QString, LockForm> &forms()
{
    static const std::map<QString, LockForm> all{
        {u"package-lock.json"_s, {Ecosystem::Npm, readPackageLock, {u"package.json"_s}}},
        {u"npm-shrinkwrap.json"_s, {Ecosystem::Npm, readPackageLock, {u"package.json"_s}}},
        {u"yarn.lock"_s, {Ecosystem::Npm, readYarnLock, {u"package.json"_s}}},
        {u"bun.lock"_s, {Ecosystem::Npm, readBunLock, {}}},
        {u"pnpm-lock.yaml"_s, {Ecosystem::Npm, readPnpmLock, {}}},
        {u"requirements.txt"_s, {Ecosystem::PyPi, readRequirements, {}}},
        {u"Pipfile.lock"_s, {Ecosystem::PyPi, readPipfileLock, {}}},
        {u"poetry.lock"_s, {Ecosystem::PyPi, readPoetryLock, {u"pyproject.toml"_s}}},
        {u"pdm.lock"_s, {Ecosystem::PyPi, readPdmLock, {u"pyproject.toml"_s}}},
        {u"uv.lock"_s, {Ecosystem::PyPi, readUvLock, {}}},
        {u"composer.lock"_s, {Ecosystem::Packagist, readComposerLock, {u"composer.json"_s}}},
        {u"Gemfile.lock"_s, {Ecosystem::RubyGems, readGemfileLock, {u"Gemfile"_s}}},
        {u"gems.locked"_s, {Ecosystem::RubyGems, readGemfileLock, {u"gems.rb"_s}}},
        {u"go.mod"_s, {Ecosystem::Go, readGoModules, {u"go.sum"_s}}},
        {u"go.sum"_s, {Ecosystem::Go, readGoSum, {u"go.mod"_s}}},
        {u"Cargo.lock"_s, {Ecosystem::CratesIo, readCargoLock, {u"Cargo.toml"_s}}},
        {u"pom.xml"_s, {Ecosystem::Maven, readPom, {}}},
        {u"gradle.lockfile"_s, {Ecosystem::Maven, readGradleLock, {}}},
        {u"buildscript-gradle.lockfile"_s, {Ecosystem::Maven, readGradleLock, {}}},
        {u"settings-gradle.lockfile"_s, {Ecosystem::Maven, readGradleLock, {}}},
        {u"packages.lock.json"_s, {Ecosystem::NuGet, readNuGetLock, {}}},
        {u"pubspec.lock"_s, {Ecosystem::Pub, readPubspecLock, {}}}};
    return all;
}

// requirements-dev.txt, requirements/production.txt, dev-requirements.txt
bool isRequirements(const QString &path)
{
    static const QRegularExpression form(u"(?:^|/)(?:[^/]*requirements[^/]*|requirements/[^/]+)\\.txt$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(path).hasMatch();
}

// Before Gradle 6.8: one file for each configuration.
bool isOldGradleLock(const QString &path)
{
    static const QRegularExpression form(u"(?:^|/)gradle/dependency-locks/[^/]+\\.lockfile$"_s);
    return form.match(path).hasMatch();
}

QString fileNameOf(const QString &path)
{
    return path.section(u'/', -1);
}

QString formNameOf(const QString &path)
{
    if (isRequirements(path))
        return u"requirements.txt"_s;
    return isOldGradleLock(path) ? u"gradle.lockfile"_s : fileNameOf(path);
}

// What the name of the file alone says.
bool isForDevelopment(const LockForm &form, const QString &path)
{
    const QString name = fileNameOf(path);
    if (form.parse == readGradleLock) // plugins of the build
        return name == "buildscript-gradle.lockfile"_L1 || name == "settings-gradle.lockfile"_L1;
    return form.parse == readRequirements && isDevelopmentWord(name);
}

} // namespace

const LockForm *lockFormFor(const QString &path)
{
    const auto form = forms().find(formNameOf(path));
    return form == forms().end() ? nullptr : &form->second;
}

const LockForm &includedForm()
{
    return forms().at(u"requirements.txt"_s);
}

bool isUnreadLockFile(const QString &fileName)
{
    static const QStringList names{
        u"bun.lockb"_s,       u"deno.lock"_s,    u"mix.lock"_s,  u"Package.resolved"_s, u"Podfile.lock"_s,
        u"paket.lock"_s,      u"pylock.toml"_s,  u"renv.lock"_s, u"conan.lock"_s,       u"cabal.project.freeze"_s,
        u"stack.yaml.lock"_s, u"Manifest.toml"_s};
    return names.contains(fileName);
}

bool isManifest(const QString &fileName)
{
    return std::ranges::any_of(forms(), [&](const auto &form) { return form.second.manifests.contains(fileName); });
}

Result<LockReading> readLockFile(const QString &path, const LockText &text)
{
    const LockForm *const form = lockFormFor(path);
    if (!form)
        return failure(ErrorKind::BadInput, Text::tr("It is no lock file."));
    return readLockFile(*form, path, text);
}

Result<LockReading> readLockFile(const LockForm &form, const QString &path, LockText text)
{
    if (text.bytes.size() > kLargestLockFile)
        return failure(ErrorKind::TooLarge, Text::tr("It is larger than %1 MB.").arg(kLargestLockFile >> 20));
    if (text.bytes.count('\n') > kMostLines)
        return failure(ErrorKind::TooLarge, Text::tr("It has more than %1 lines.").arg(kMostLines));
    // The go.mod beside it says more.
    if (fileNameOf(path) == "go.sum"_L1 && text.beside.contains(u"go.mod"_s))
        return LockReading{};
    text.path = path;
    auto reading = form.parse(text);
    if (text.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("The look ended before it was read."));
    if (!reading)
        return reading;
    const bool isOfDevelopers = isForDevelopment(form, path);
    for (Dependency &package : reading->packages) {
        package.file = path;
        if (isOfDevelopers)
            package.use = PackageUse::Development;
    }
    return reading;
}

} // namespace cockpit
