// Answers made by hand, for tests of judges.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit::test {

// headerLines: "Name: value" lines, separated by \n.
inline HttpResponse answer(int status, const QByteArray &headerLines = {}, const QByteArray &body = {},
                           const QString &url = QStringLiteral("https://app.example.com/"))
{
    HttpResponse response;
    response.url = QUrl(url);
    response.status = status;
    response.body = body;
    response.trust = url.startsWith(QLatin1String("https")) ? CertificateTrust::Trusted : CertificateTrust::NotTls;
    response.peer = {QStringLiteral("192.0.2.1"), 443};
    for (const QByteArray &line : headerLines.split('\n')) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            response.headers.push_back({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    return response;
}

// A walk that arrived; earlier: the addresses passed on the way.
inline RedirectChain arrivedAt(const HttpResponse &last, const QStringList &earlier = {})
{
    RedirectChain chain;
    for (const QString &url : earlier)
        chain.hops.push_back({QUrl(url), 301, "/"});
    chain.hops.push_back({last.url, last.status, {}});
    chain.last = last;
    return chain;
}

// "missing:medium short:low", or the outcome's word when there is no finding.
inline QString said(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words.append(finding.code + u':' + toWord(finding.severity));
    words.sort();
    return words.isEmpty() ? toWord(judged.outcome) : words.join(u' ');
}

} // namespace cockpit::test
