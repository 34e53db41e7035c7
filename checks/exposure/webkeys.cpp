#include "checks/exposure/webkeys.h"

#include "checks/exposure/localaddresses.h"
#include "checks/secrets/candidate.h"
#include "checks/secrets/patternliterals.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBeforeValue = 120;

bool beginsWithWord(const QByteArray &pattern)
{
    constexpr qsizetype tells = 3; // "re_", "key-"
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return pattern.size() > tells && std::ranges::all_of(pattern.first(tells), isPlain);
}

// A rule whose matches hold its keyword knows a value by itself. A word nearby is a second sign beside a beginning of
// its own, and little beside mere digits: in a file of one line everything is near.
Proof proofOf(const LeakRule &rule)
{
    if (rule.kind == LeakKind::Jwt || (rule.near.isEmpty() && alwaysHolds(rule.pattern, rule.keywords)))
        return Proof::Proven;
    return beginsWithWord(rule.pattern) ? Proof::Strong : Proof::Lead;
}

KeyKind kindOf(LeakKind kind)
{
    switch (kind) {
    case LeakKind::PublicByDesign:
        return KeyKind::Public;
    case LeakKind::TestMode:
        return KeyKind::TestMode;
    case LeakKind::Secret:
    case LeakKind::Jwt: // decoded before: never left over
        return KeyKind::Secret;
    }
    Q_UNREACHABLE();
}

// Code for browsers names things "password" that are none, and holds tokens of nobody. What a name alone tells counts
// where the name is one of a setting that goes into browsers.
bool countsInBrowsers(const SecretHit &hit, const QString &variable)
{
    if (isGeneric(*hit.rule))
        return !variable.isEmpty();
    const bool isToken = hit.rule->kind == LeakKind::Jwt && hit.kind == LeakKind::Secret;
    return !isToken || hit.severity == Severity::Critical;
}

} // namespace

Result<WebKeys> WebKeys::make(const std::shared_ptr<const PatternSet> &patterns, const QByteArray &fingerprintKey,
                              const CancelToken &token)
{
    auto scanner = TextScanner::make(patterns, {.key = fingerprintKey, .token = token});
    if (!scanner)
        return tl::unexpected(scanner.error());
    return WebKeys(std::move(*scanner), fingerprintKey, token);
}

KeySearch WebKeys::search(const QByteArray &text)
{
    KeySearch search;
    addFrom(text, search);
    return search;
}

void WebKeys::addFrom(const QByteArray &text, KeySearch &search)
{
    const TextScan scan = m_scanner.scan(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    search.isWhole = search.isWhole && !scan.isCut && !scan.ended;
    if (const Error *trouble = scan.trouble())
        search.trouble = *trouble;
    for (const SecretHit &hit : scan.hits) {
        const qsizetype from = std::max<qsizetype>(0, hit.offset - kBeforeValue);
        const QString variable = browserVariable(QString::fromUtf8(text.sliced(from, hit.offset - from)));
        if (!countsInBrowsers(hit, variable))
            continue;
        search.keys.push_back({.rule = hit.rule->id,
                               .name = hit.rule->name,
                               .kind = kindOf(hit.kind),
                               .severity = hit.severity,
                               .proof = proofOf(*hit.rule),
                               .shown = hit.masked,
                               .fingerprint = hit.fingerprint,
                               .variable = variable});
    }
    addLocalAddresses(text, m_key, search);
}

QString browserVariable(const QString &before)
{
    static const QRegularExpression assignment(
        u"\\b((?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP)_[A-Z0-9_]{1,60})\\\\?[\"']?"
        u"\\s*[:=]\\s*\\\\?[\"'`]?$"_s);
    return assignment.match(before.right(kBeforeValue)).captured(1);
}

} // namespace cockpit
