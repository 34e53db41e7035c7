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

// Where a package's public home is, and its well-known mirrors.
bool isPublicRegistry(const QString &host)
{
    static const QStringList hosts{u"registry.npmjs.org"_s,
                                   u"registry.yarnpkg.com"_s,
                                   u"registry.npmmirror.com"_s,
                                   u"pypi.org"_s,
                                   u"files.pythonhosted.org"_s,
                                   u"pypi.python.org"_s,
                                   u"github.com"_s,
                                   u"index.crates.io"_s,
                                   u"static.crates.io"_s,
                                   u"rubygems.org"_s,
                                   u"pub.dev"_s,
                                   u"pub.dartlang.org"_s,
                                   u"storage.googleapis.com"_s};
    return hosts.contains(host);
}

// "name@https://user:password@example.com/…", "user:password@example.com/…": what is no name is not shown.
QString shownName(Ecosystem ecosystem, const QString &name)
{
    const qsizetype at = name.indexOf(u'@', 1);
    const QString shown = at < 0 ? name : name.first(at);
    if (shown.count(u':') > (ecosystem == Ecosystem::Maven && at < 0 ? 1 : 0))
        return {};
    const bool isPath = shown.count(u'/') > 1 || (shown.contains(u'/') && shown.section(u'/', 0, 0).contains(u'.'));
    return isPath && ecosystem != Ecosystem::Go ? QString() : shown;
}

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
        const bool mayNameRepository = ecosystem == Ecosystem::Maven || ecosystem == Ecosystem::Packagist;
        if ((mayNameRepository ? word.section(u':', 0, 0) : word) == QLatin1StringView(known))
            return ecosystem;
    }
    return std::nullopt;
}

QString ownRegistryIn(const QString &address)
{
    const qsizetype begin = address.indexOf("://"_L1);
    if (begin < 0)
        return {};
    const QString authority = address.sliced(begin + 3).section(u'/', 0, 0);
    const QString host = authority.section(u'@', -1).section(u':', 0, 0).toLower();
    return isPublicRegistry(host) || !isPlain(host, kLongestName) ? QString() : host;
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
        skip(dependency.ecosystem, dependency.name);
        return;
    }
    if (packages.size() >= kMostPackagesOfFile) {
        isCut = true;
        return;
    }
    dependency.name = packageName(dependency.ecosystem, dependency.name);
    packages.push_back(std::move(dependency));
}

void LockReading::skip(Ecosystem ecosystem, const QString &name)
{
    ++notComparable;
    isCut = isCut || notComparable > static_cast<qint64>(kMostPackagesOfFile);
    if (named.size() >= kMostNamed || name.size() > kLongestName)
        return;
    if (const QString shown = shownName(ecosystem, name); isPlain(shown, kLongestName))
        named += shown;
}

} // namespace cockpit
