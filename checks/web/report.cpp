#include "checks/web/report.h"

#include "checks/web/movement.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebReport)
};

constexpr int kLongestHeaderInJson = 2000;

QString joinedValues(const HttpResponse &response, const char *name)
{
    QStringList values;
    for (const QByteArray &value : response.headerValues(name))
        values.append(quoted(value, kLongestHeaderInJson));
    return values.join(u'\n');
}

} // namespace

QJsonObject observedOf(const HttpResponse &response, std::initializer_list<const char *> headers)
{
    QJsonObject present;
    for (const char *name : headers) {
        if (response.header(name))
            present.insert(QString::fromLatin1(name), joinedValues(response, name));
    }
    return {
        {u"url"_s, redact(response.url.toDisplayString())}, {u"status"_s, response.status}, {u"headers"_s, present}};
}

QJsonArray chainOf(const RedirectChain &chain)
{
    QJsonArray hops;
    for (const RedirectHop &hop : chain.hops) {
        hops.append(QJsonObject{{u"url"_s, redact(hop.url.toDisplayString())},
                                {u"status"_s, hop.status},
                                {u"location"_s, quoted(hop.location, kLongestHeaderInJson)}});
    }
    return hops;
}

QJsonObject observedOf(const RedirectChain &chain, std::initializer_list<const char *> headers)
{
    QJsonObject observed = observedOf(chain.last, headers);
    observed.insert(u"chain"_s, chainOf(chain));
    return observed;
}

Evidence evidenceOf(const HttpResponse &response)
{
    return {redact(u"GET "_s + response.url.toDisplayString()), response.head()};
}

Evidence evidenceOf(const RedirectChain &chain)
{
    QStringList lines;
    for (const RedirectHop &hop : chain.hops) {
        const QString line = u"%1  %2"_s.arg(describeStatus(hop.status), hop.url.toDisplayString());
        lines.append(redact(hop.location.isEmpty() ? line : line + u"  ->  "_s + quoted(hop.location)));
    }
    return {Text::tr("Where the address leads"), lines.join(u'\n')};
}

Finding makeFinding(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                    const QString &whatWeSaw)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.proof = proof;
    finding.impact = impact;
    finding.title = title;
    finding.whatWeSaw = whatWeSaw;
    return finding;
}

QString quoted(const QByteArray &bytes, int maxLength)
{
    // Cut after masking: half a secret would no longer look like one.
    return plainText(redact(QString::fromUtf8(bytes)), maxLength);
}

Judged concluded(std::vector<Finding> findings, const QString &summary, QJsonObject observed,
                 std::vector<Evidence> evidence)
{
    Judged judged;
    judged.outcome = outcomeFor(findings);
    judged.summary = summary;
    judged.observed = std::move(observed);
    judged.findings = std::move(findings);
    judged.evidence = std::move(evidence);
    return judged;
}

bool isSignedInRole(HostRole role)
{
    switch (role) {
    case HostRole::App:
    case HostRole::Api:
    case HostRole::Admin:
    case HostRole::Auth:
    case HostRole::Portal:
        return true;
    case HostRole::Site:
    case HostRole::Www:
    case HostRole::Mail:
    case HostRole::Other:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
