#include "checks/http/mdncsp.h"

#include "checks/http/mdncspparser.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QStringList kBroad{u"ftp:"_s,     u"http:"_s,      u"https:"_s,    u"*"_s,
                         u"http://*"_s, u"http://*.*"_s, u"https://*"_s, u"https://*.*"_s};
const QStringList kInline{u"'unsafe-inline'"_s, u"data:"_s};
const QStringList kPassive{u"img-src"_s, u"media-src"_s};

bool isNonceOrHash(const QString &source)
{
    static constexpr std::array kStarts{"'sha256-"_L1, "'sha384-"_L1, "'sha512-"_L1, "'nonce-"_L1};
    return std::ranges::any_of(kStarts, [&](QLatin1StringView start) { return source.startsWith(start); });
}

bool hasNonceOrHash(const QStringList &sources)
{
    return std::ranges::any_of(sources, isNonceOrHash);
}

bool isPlain(const QString &source)
{
    return source.startsWith("http:"_L1) || source.startsWith("ftp:"_L1);
}

bool holdsOneOf(const QStringList &sources, const QStringList &words)
{
    return std::ranges::any_of(sources, [&](const QString &source) { return words.contains(source); });
}

// Where script-src or style-src fall back to default-src, changing them changes it: kept, as the outcome shows it.
class Sources
{
public:
    explicit Sources(MdnCsp &csp) : m_csp(csp) {}

    QStringList &of(const QString &directive)
    {
        for (const QString &name : {directive, u"default-src"_s}) {
            if (const auto it = m_csp.find(name); it != m_csp.end())
                return *it;
        }
        return m_everything[directive] = {u"*"_s};
    }

private:
    MdnCsp &m_csp;
    QMap<QString, QStringList> m_everything;
};

// A nonce or hash makes 'unsafe-inline' void; 'strict-dynamic' with one of them also hosts, schemes and 'self'.
void dropVoidSources(QStringList &scripts, QStringList &styles)
{
    for (QStringList *sources : {&scripts, &styles}) {
        if (hasNonceOrHash(*sources))
            sources->removeAll(u"'unsafe-inline'"_s);
    }
    if (!hasNonceOrHash(scripts) || !scripts.contains(u"'strict-dynamic'"_s))
        return;
    scripts.removeIf([](const QString &source) {
        const bool isBroad =
            std::ranges::any_of(kBroad, [&](const QString &broad) { return source.startsWith(broad); });
        return isBroad || source == "'self'"_L1 || source == "'unsafe-inline'"_L1;
    });
}

bool allowsPlainActive(const MdnCsp &csp, const QStringList &scripts)
{
    for (auto it = csp.begin(); it != csp.end(); ++it) {
        const bool isActive = !kPassive.contains(it.key()) && it.key() != "script-src"_L1;
        if (isActive && std::ranges::any_of(*it, isPlain))
            return true;
    }
    return std::ranges::any_of(scripts, isPlain);
}

bool allowsPlainPassive(const MdnCsp &csp)
{
    return std::ranges::any_of(kPassive, [&](const QString &directive) {
        const QStringList sources = csp.contains(directive) ? csp[directive] : csp.value(u"default-src"_s);
        return std::ranges::any_of(sources, isPlain);
    });
}

MdnOutcome outcomeOf(MdnCsp csp, bool isHttps)
{
    Sources sources(csp);
    QStringList &scripts = sources.of(u"script-src"_s);
    QStringList &styles = sources.of(u"style-src"_s);
    const QStringList &plugins = sources.of(u"object-src"_s);
    dropVoidSources(scripts, styles);
    if (scripts.contains(u"'strict-dynamic'"_s) && !hasNonceOrHash(scripts))
        return MdnOutcome::CspInvalid;
    if (holdsOneOf(scripts, kBroad + kInline) || holdsOneOf(plugins, kBroad))
        return MdnOutcome::CspUnsafeInline;
    if (isHttps && allowsPlainActive(csp, scripts))
        return MdnOutcome::CspInsecureScheme;
    if (scripts.contains(u"'unsafe-eval'"_s) || styles.contains(u"'unsafe-eval'"_s))
        return MdnOutcome::CspUnsafeEval;
    if (isHttps && allowsPlainPassive(csp))
        return MdnOutcome::CspInsecureSchemeInPassiveContentOnly;
    if (holdsOneOf(styles, kBroad + kInline))
        return MdnOutcome::CspUnsafeInlineInStyleSrcOnly;
    const bool isClosed = csp.value(u"default-src"_s) == QStringList{u"'none'"_s};
    return isClosed ? MdnOutcome::CspNoUnsafeDefaultSrcNone : MdnOutcome::CspNoUnsafe;
}

bool isPassed(MdnOutcome outcome)
{
    using enum MdnOutcome;
    return outcome == CspNoUnsafe || outcome == CspNoUnsafeDefaultSrcNone || outcome == CspUnsafeInlineInStyleSrcOnly ||
           outcome == CspInsecureSchemeInPassiveContentOnly;
}

} // namespace

MdnCspVerdict judgeMdnCsp(const MdnCspFacts &facts)
{
    const QStringList headers = splitMdnPolicies(facts.headers);
    const QStringList metas = splitMdnPolicies(facts.metas);
    const auto all = parseMdnCsp(headers + metas);
    if (!all)
        return {MdnOutcome::CspInvalid};
    const MdnParsedCsp inHeaders = parseMdnCsp(headers).value_or(MdnParsedCsp());
    const MdnParsedCsp inMetas = parseMdnCsp(metas).value_or(MdnParsedCsp());
    if (inHeaders.directives.isEmpty() && withoutHeaderOnly(inMetas).directives.isEmpty())
        return {facts.reportOnly ? MdnOutcome::CspReportOnly : MdnOutcome::CspMissing};
    const MdnOutcome outcome = outcomeOf(all->directives, facts.isHttps);
    const bool isTwice = all->hasReportTwice && isPassed(outcome);
    return {isTwice ? MdnOutcome::CspDuplicateDirectives : outcome,
            !all->directives.value(u"frame-ancestors"_s).isEmpty()};
}

} // namespace cockpit
