// Content-Security-Policy as browsers read it (CSP level 3): several policies must all allow a thing, the first of two
// equal directives counts, names in any case, nonces and hashes as written.
#pragma once

#include "checks/http/cspbypass.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QMap>

#include <optional>
#include <vector>

namespace cockpit {

struct CspPolicy
{
    QMap<QByteArray, QByteArrayList> directives; // lower-case name -> source list; keywords and hosts in lower case
    QByteArrayList duplicates;                   // names that came twice; the later ones do nothing
    QByteArrayList ignored;                      // names that a meta tag cannot carry

    // The source list that decides: the directive or what it falls back to; empty when nothing limits it.
    std::optional<QByteArrayList> sourcesFor(const QByteArray &directive) const;
    bool operator==(const CspPolicy &) const = default;
};

// A source that names no host: somebody who attacks can have such an address. With any port or path ("https://*:*").
bool isAnyAddress(const QByteArray &source);

// A header line may hold several policies, separated by commas. A policy without any directive is left out.
std::vector<CspPolicy> parseCsp(const QByteArrayList &headerLines);
// The same from meta tags, where frame-ancestors, report-uri and sandbox do nothing.
std::vector<CspPolicy> parseMetaCsp(const QByteArrayList &contents);

// Why a script that somebody managed to put into the page would run; empty when one of the policies stops it. Without
// any policy everything runs, and nothing is said about it.
QByteArrayList waysToInjectScript(const std::vector<CspPolicy> &policies);

// Gaps beside scripts that every policy leaves: eval, plugins, base address, plain http sources, hosts that serve other
// people's scripts.
QByteArrayList weakParts(const std::vector<CspPolicy> &policies, const CspBypassHosts &known);

// Directives without a fallback that no policy names, so that nothing limits them whatever default-src says. Stricter
// judges than the Observatory count each as a fault (Internet.nl). Empty without any policy.
QByteArrayList unlimitedParts(const std::vector<CspPolicy> &policies);

} // namespace cockpit
