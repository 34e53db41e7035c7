#include "checks/secrets/dependencies/dependency.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestName = 300; // npm allows 214, Maven's coordinates stay below
constexpr qsizetype kLongestVersion = 200;

// PEP 503: runs of -, _ and . are one dash.
QString pep503(const QString &name)
{
    QString normal;
    bool inRun = false;
    for (const QChar c : name) {
        const bool isSeparator = c == u'-' || c == u'_' || c == u'.';
        if (isSeparator && !inRun)
            normal += u'-';
        else if (!isSeparator)
            normal += c.toLower();
        inRun = isSeparator;
    }
    return normal;
}

constexpr std::array<std::pair<Ecosystem, const char *>, 9> kWords{{{Ecosystem::Npm, "npm"},
                                                                    {Ecosystem::PyPi, "PyPI"},
                                                                    {Ecosystem::Packagist, "Packagist"},
                                                                    {Ecosystem::RubyGems, "RubyGems"},
                                                                    {Ecosystem::Go, "Go"},
                                                                    {Ecosystem::CratesIo, "crates.io"},
                                                                    {Ecosystem::Maven, "Maven"},
                                                                    {Ecosystem::NuGet, "NuGet"},
                                                                    {Ecosystem::Pub, "Pub"}}};

// A name with a line break or a control character is nobody's, and would break every list that shows it.
bool isPlain(const QString &text, qsizetype longest)
{
    return !text.isEmpty() && text.size() <= longest &&
           std::ranges::all_of(text, [](QChar c) { return c > u' ' && c.isPrint(); });
}

} // namespace

QString toWord(Ecosystem value)
{
    const auto word = std::ranges::find(kWords, value, &std::pair<Ecosystem, const char *>::first);
    return QString::fromLatin1(word->second);
}

std::optional<Ecosystem> ecosystemFromWord(const QString &word)
{
    for (const auto &[ecosystem, known] : kWords) {
        if (word == QLatin1StringView(known))
            return ecosystem;
    }
    return std::nullopt;
}

QString packageName(Ecosystem ecosystem, const QString &name)
{
    return ecosystem == Ecosystem::PyPi ? pep503(name) : name;
}

QString packageKey(Ecosystem ecosystem, const QString &name)
{
    const bool hasNoCase = ecosystem == Ecosystem::NuGet || ecosystem == Ecosystem::Packagist;
    const QString spelled = packageName(ecosystem, name);
    return toWord(ecosystem) + u':' + (hasNoCase ? spelled.toLower() : spelled);
}

QString toWord(PackageUse value)
{
    switch (value) {
    case PackageUse::Production:
        return u"production"_s;
    case PackageUse::Development:
        return u"development"_s;
    case PackageUse::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(PackageReach value)
{
    switch (value) {
    case PackageReach::Direct:
        return u"direct"_s;
    case PackageReach::Transitive:
        return u"transitive"_s;
    case PackageReach::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

void LockReading::add(Dependency dependency)
{
    if (!isPlain(dependency.name, kLongestName) || !isPlain(dependency.version, kLongestVersion)) {
        skip(dependency.name);
        return;
    }
    if (packages.size() >= kMostPackagesOfFile) {
        isCut = true;
        return;
    }
    dependency.name = packageName(dependency.ecosystem, dependency.name);
    packages.push_back(std::move(dependency));
}

void LockReading::skip(const QString &name)
{
    ++notComparable;
    // "name@https://user:password@example.com/…": the address may hold what nobody should read.
    const qsizetype at = name.contains("://"_L1) ? std::max<qsizetype>(name.indexOf(u'@', 1), 0) : name.size();
    const QString shown = name.first(at);
    if (named.size() < kMostNamed && isPlain(shown, kLongestName))
        named += shown;
}

} // namespace cockpit
