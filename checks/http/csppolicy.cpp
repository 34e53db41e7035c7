#include "checks/http/csppolicy.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

bool isNonceOrHash(const QByteArray &source)
{
    return source.startsWith("'nonce-") || source.startsWith("'sha256-") || source.startsWith("'sha384-") ||
           source.startsWith("'sha512-");
}

bool hasNonceOrHash(const QByteArrayList &sources)
{
    return std::ranges::any_of(sources, isNonceOrHash);
}

// Base64 and base64url are case-sensitive; hosts and keywords are not.
QByteArray normalised(const QByteArray &source)
{
    QByteArray lower = source.toLower();
    if (!isNonceOrHash(lower))
        return lower;
    const qsizetype dash = source.indexOf('-');
    return lower.first(dash) + source.sliced(dash);
}

QByteArrayList fallbacksOf(const QByteArray &directive)
{
    if (directive == "script-src-elem" || directive == "script-src-attr")
        return {directive, "script-src", "default-src"};
    if (directive == "style-src-elem" || directive == "style-src-attr")
        return {directive, "style-src", "default-src"};
    if (directive == "worker-src")
        return {directive, "child-src", "script-src", "default-src"};
    if (directive == "frame-src")
        return {directive, "child-src", "default-src"};
    if (directive == "base-uri" || directive == "form-action" || directive == "frame-ancestors")
        return {directive};
    return {directive, "default-src"};
}

std::optional<CspPolicy> parsePolicy(const QByteArray &text)
{
    CspPolicy policy;
    for (const QByteArray &part : text.split(';')) {
        QByteArrayList words = part.simplified().split(' ');
        const QByteArray name = words.takeFirst().toLower();
        if (name.isEmpty())
            continue;
        if (policy.directives.contains(name)) {
            policy.duplicates.append(name);
            continue;
        }
        for (QByteArray &word : words)
            word = normalised(word);
        policy.directives.insert(name, words);
    }
    return policy.directives.isEmpty() ? std::nullopt : std::optional(policy);
}

QByteArrayList scriptSources(const CspPolicy &policy, const QByteArray &directive)
{
    return policy.sourcesFor(directive).value_or(QByteArrayList{"*", "data:", "'unsafe-inline'", "'unsafe-eval'"});
}

// A nonce or hash makes browsers ignore 'unsafe-inline', and so does 'strict-dynamic'.
bool allowsInline(const CspPolicy &policy)
{
    return std::ranges::any_of(QByteArrayList{"script-src-elem", "script-src-attr"}, [&](const QByteArray &directive) {
        const QByteArrayList sources = scriptSources(policy, directive);
        return sources.contains("'unsafe-inline'") && !hasNonceOrHash(sources) && !sources.contains("'strict-dynamic'");
    });
}

// With 'strict-dynamic' hosts and schemes do nothing.
QByteArrayList addressesFor(const CspPolicy &policy)
{
    const QByteArrayList sources = scriptSources(policy, "script-src-elem");
    return sources.contains("'strict-dynamic'") ? QByteArrayList() : sources;
}

bool allowsAnyAddress(const CspPolicy &policy)
{
    return std::ranges::any_of(addressesFor(policy), isAnyAddress);
}

bool allowsData(const CspPolicy &policy)
{
    return addressesFor(policy).contains("data:");
}

bool allowsEval(const CspPolicy &policy)
{
    return scriptSources(policy, "script-src").contains("'unsafe-eval'");
}

bool allowsPlugins(const CspPolicy &policy)
{
    const QByteArrayList sources = policy.sourcesFor("object-src").value_or(QByteArrayList{"*"});
    return std::ranges::any_of(sources, [](const QByteArray &s) { return isAnyAddress(s) || s == "data:"; });
}

// Only matters where scripts are named by an address that a base tag would bend.
bool leavesBaseOpen(const CspPolicy &policy)
{
    return hasNonceOrHash(scriptSources(policy, "script-src")) && !policy.directives.contains("base-uri");
}

bool allowsPlainHttp(const CspPolicy &policy)
{
    const QByteArrayList sources = addressesFor(policy);
    return std::ranges::any_of(sources, [](const QByteArray &s) { return s.startsWith("http://") || s == "ftp:"; });
}

// Browsers then run no script at all.
bool isDynamicWithoutNonce(const CspPolicy &policy)
{
    const QByteArrayList sources = scriptSources(policy, "script-src");
    return sources.contains("'strict-dynamic'") && !hasNonceOrHash(sources);
}

// What is wrong with each policy is wrong with the page; what only some policies allow is not allowed.
QByteArrayList wordsOfAll(const std::vector<CspPolicy> &policies,
                          std::initializer_list<std::pair<const char *, bool (*)(const CspPolicy &)>> questions)
{
    QByteArrayList words;
    for (const auto &[word, holds] : questions) {
        if (!policies.empty() && std::ranges::all_of(policies, holds))
            words.append(word);
    }
    return words;
}

QByteArrayList bypassesOf(const CspPolicy &policy, const CspBypassHosts &known)
{
    return bypassesIn(addressesFor(policy), known);
}

} // namespace

bool isAnyAddress(const QByteArray &source)
{
    if (source == "https:" || source == "http:")
        return true;
    const qsizetype scheme = source.indexOf("://");
    const QByteArray host = scheme < 0 ? source : source.sliced(scheme + 3);
    return host == "*" || host.startsWith("*:") || host.startsWith("*/");
}

std::optional<QByteArrayList> CspPolicy::sourcesFor(const QByteArray &directive) const
{
    for (const QByteArray &name : fallbacksOf(directive)) {
        const auto it = directives.constFind(name);
        if (it != directives.cend())
            return *it;
    }
    return std::nullopt;
}

std::vector<CspPolicy> parseCsp(const QByteArrayList &headerLines)
{
    std::vector<CspPolicy> policies;
    for (const QByteArray &line : headerLines) {
        for (const QByteArray &text : line.split(',')) {
            if (const auto policy = parsePolicy(text))
                policies.push_back(*policy);
        }
    }
    return policies;
}

std::vector<CspPolicy> parseMetaCsp(const QByteArrayList &contents)
{
    std::vector<CspPolicy> policies = parseCsp(contents);
    for (CspPolicy &policy : policies) {
        for (const char *name : {"frame-ancestors", "report-uri", "sandbox"}) {
            if (policy.directives.remove(name) > 0)
                policy.ignored.append(name);
        }
    }
    return policies;
}

QByteArrayList waysToInjectScript(const std::vector<CspPolicy> &policies)
{
    const auto isSilent = [](const CspPolicy &policy) { return !policy.sourcesFor("script-src-elem"); };
    if (!policies.empty() && std::ranges::all_of(policies, isSilent))
        return {"no script-src and no default-src"};
    return wordsOfAll(policies,
                      {{"'unsafe-inline'", allowsInline}, {"any address", allowsAnyAddress}, {"data:", allowsData}});
}

QByteArrayList weakParts(const std::vector<CspPolicy> &policies, const CspBypassHosts &known)
{
    QByteArrayList parts = wordsOfAll(policies, {{"'unsafe-eval'", allowsEval},
                                                 {"object-src", allowsPlugins},
                                                 {"base-uri", leavesBaseOpen},
                                                 {"http:", allowsPlainHttp}});
    for (const CspPolicy &policy : policies) {
        if (isDynamicWithoutNonce(policy) && !parts.contains("'strict-dynamic' without a nonce"))
            parts.append("'strict-dynamic' without a nonce");
    }
    // A shared host counts when no other policy keeps it out: each names one, or everything.
    const bool isShared = !policies.empty() && std::ranges::all_of(policies, [&](const CspPolicy &policy) {
        return allowsAnyAddress(policy) || !bypassesOf(policy, known).isEmpty();
    });
    if (isShared) {
        for (const CspPolicy &policy : policies)
            parts.append(bypassesOf(policy, known));
    }
    return parts;
}

QByteArrayList unlimitedParts(const std::vector<CspPolicy> &policies)
{
    QByteArrayList parts;
    for (const char *name : {"base-uri", "form-action", "frame-ancestors"}) {
        const auto isSilent = [name](const CspPolicy &policy) { return !policy.directives.contains(name); };
        if (!policies.empty() && std::ranges::all_of(policies, isSilent))
            parts.append(name);
    }
    return parts;
}

} // namespace cockpit
