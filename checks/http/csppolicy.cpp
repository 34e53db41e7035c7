#include "checks/http/csppolicy.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// Public script stores and JSONP hosts: allowing them allows scripts that anybody may place there.
constexpr std::array kSharedHosts{
    "cdnjs.cloudflare.com", "cdn.jsdelivr.net", "unpkg.com",       "ajax.googleapis.com", "www.google.com",
    "accounts.google.com",  "*.cloudfront.net", "*.amazonaws.com", "*.googleapis.com",    "raw.githubusercontent.com"};

bool isNonceOrHash(const QByteArray &source)
{
    return source.startsWith("'nonce-") || source.startsWith("'sha256-") || source.startsWith("'sha384-") ||
           source.startsWith("'sha512-");
}

QByteArray normalised(const QByteArray &source)
{
    return isNonceOrHash(source.toLower()) ? source : source.toLower();
}

QByteArrayList fallbacksOf(const QByteArray &directive)
{
    if (directive == "script-src-elem" || directive == "script-src-attr")
        return {directive, "script-src", "default-src"};
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

bool isOpenSource(const QByteArray &source)
{
    return source == "*" || source == "https:" || source == "http:" || source == "data:" || source == "https://*" ||
           source == "http://*";
}

bool hasInsecureSource(const QByteArrayList &sources)
{
    return std::ranges::any_of(sources,
                               [](const QByteArray &s) { return s.startsWith("http://") || s.startsWith("ftp:"); });
}

} // namespace

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

QByteArrayList waysToInjectScript(const CspPolicy &policy)
{
    const auto sources = policy.sourcesFor("script-src");
    if (!sources)
        return {"no script-src and no default-src"};
    const bool hasNonce = std::ranges::any_of(*sources, isNonceOrHash);
    QByteArrayList ways;
    // A nonce or hash makes browsers ignore 'unsafe-inline'; with 'strict-dynamic' also hosts and schemes.
    if (sources->contains("'unsafe-inline'") && !hasNonce && !sources->contains("'strict-dynamic'"))
        ways.append("'unsafe-inline'");
    if (hasNonce && sources->contains("'strict-dynamic'"))
        return ways;
    std::ranges::copy_if(*sources, std::back_inserter(ways), isOpenSource);
    return ways;
}

QByteArrayList weakParts(const CspPolicy &policy)
{
    QByteArrayList parts;
    const QByteArrayList scripts = policy.sourcesFor("script-src").value_or(QByteArrayList());
    const bool isStrict = scripts.contains("'strict-dynamic'") && std::ranges::any_of(scripts, isNonceOrHash);
    if (scripts.contains("'unsafe-eval'"))
        parts.append("'unsafe-eval'");
    const QByteArrayList plugins = policy.sourcesFor("object-src").value_or(QByteArrayList{"*"});
    if (std::ranges::any_of(plugins, isOpenSource))
        parts.append("object-src");
    if (std::ranges::any_of(scripts, isNonceOrHash) && !policy.directives.contains("base-uri"))
        parts.append("base-uri");
    if (hasInsecureSource(scripts))
        parts.append("http:");
    for (const char *host : kSharedHosts) {
        if (!isStrict && std::ranges::any_of(scripts, [&](const QByteArray &s) { return s.endsWith(host); }))
            parts.append(host);
    }
    return parts;
}

} // namespace cockpit
