// https://packaging.python.org/en/latest/specifications/version-specifiers/ (PEP 440): epoch, release, then dev before
// pre-releases before the release before post-releases, then the local part.
#include "checks/secrets/dependencies/versionorder.h"
#include "checks/secrets/dependencies/versionparts.h"

#include <QByteArrayList>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Where a part stands against the same part of another version.
enum class Rank { BeforeAll, Given, AfterAll };

struct Ranked
{
    Rank rank = Rank::AfterAll;
    QByteArray number;
};

struct PythonVersion
{
    QByteArray epoch;
    QByteArrayList release;
    QByteArray preLetter; // a, b or rc
    Ranked pre;
    Ranked post;
    Ranked dev;
    QByteArrayList local;
};

const QRegularExpression &form()
{
    static const QRegularExpression expression(
        u"^(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
        "(?:[-_.]?(?<preword>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]*))?"
        "(?<haspost>-(?<post1>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<post2>[0-9]*))?"
        "(?<hasdev>[-_.]?dev[-_.]?(?<dev>[0-9]*))?"
        "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"_s);
    return expression;
}

QByteArray letterOf(const QByteArray &word)
{
    if (word == "alpha")
        return "a";
    if (word == "beta")
        return "b";
    return word == "pre" || word == "preview" || word == "c" ? QByteArray("rc") : word;
}

std::optional<PythonVersion> parsed(const QByteArray &text)
{
    const auto match = form().match(QString::fromLatin1(text.toLower()));
    if (!match.hasMatch())
        return std::nullopt;
    const auto part = [&](const QString &name) { return match.captured(name).toLatin1(); };
    PythonVersion version{.epoch = part(u"epoch"_s),
                          .release = part(u"release"_s).split('.'),
                          .preLetter = letterOf(part(u"preword"_s)),
                          .local = {}};
    while (version.release.size() > 1 && withoutLeadingZeros(version.release.last()) == "0")
        version.release.removeLast();
    const bool hasPost = !match.captured(u"haspost"_s).isEmpty();
    const bool hasDev = !match.captured(u"hasdev"_s).isEmpty();
    if (!version.preLetter.isEmpty())
        version.pre = {Rank::Given, part(u"pre"_s)};
    else if (!hasPost && hasDev)
        version.pre = {Rank::BeforeAll, {}}; // 1.0.dev1 is before 1.0a1
    version.post = hasPost ? Ranked{Rank::Given, part(u"post1"_s) + part(u"post2"_s)} : Ranked{Rank::BeforeAll, {}};
    if (hasDev)
        version.dev = {Rank::Given, part(u"dev"_s)};
    const QByteArray local = part(u"local"_s).replace('-', '.').replace('_', '.');
    if (!local.isEmpty())
        version.local = local.split('.');
    return version;
}

std::weak_ordering compareRanked(const Ranked &left, const Ranked &right)
{
    return left.rank != right.rank ? std::weak_ordering(left.rank <=> right.rank)
                                   : compareNumbers(left.number, right.number);
}

std::weak_ordering compareRelease(const QByteArrayList &left, const QByteArrayList &right)
{
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i) {
        const auto order = compareNumbers(left.value(i, "0"), right.value(i, "0"));
        if (order != 0)
            return order;
    }
    return std::weak_ordering::equivalent;
}

std::weak_ordering compareLocal(const QByteArrayList &left, const QByteArrayList &right)
{
    for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
        const bool isLeftNumber = isNumber(left[i]);
        if (isLeftNumber != isNumber(right[i]))
            return isLeftNumber ? std::weak_ordering::greater : std::weak_ordering::less;
        const auto order = isLeftNumber ? compareNumbers(left[i], right[i]) : compareBytes(left[i], right[i]);
        if (order != 0)
            return order;
    }
    return left.size() <=> right.size();
}

} // namespace

VersionOrder comparePep440(const QByteArray &left, const QByteArray &right)
{
    const auto one = parsed(left);
    const auto other = parsed(right);
    if (!one || !other)
        return std::nullopt;
    const std::array orders{compareNumbers(one->epoch, other->epoch),
                            compareRelease(one->release, other->release),
                            std::weak_ordering(one->pre.rank <=> other->pre.rank),
                            compareBytes(one->preLetter, other->preLetter),
                            compareRanked(one->pre, other->pre),
                            compareRanked(one->post, other->post),
                            compareRanked(one->dev, other->dev),
                            compareLocal(one->local, other->local)};
    for (const std::weak_ordering order : orders) {
        if (order != 0)
            return order;
    }
    return std::weak_ordering::equivalent;
}

} // namespace cockpit
