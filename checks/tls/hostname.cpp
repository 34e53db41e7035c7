#include "checks/tls/hostname.h"

#include "models/redactor.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A certificate of a shared server may list hundreds.
constexpr int kMostNamesSaid = 5;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsHostname)
};

QString saidNames(const Certificate &leaf)
{
    QStringList names = leaf.names.mid(0, kMostNamesSaid);
    if (leaf.names.size() > kMostNamesSaid)
        names += u"…"_s;
    return plainText(names.join(u", "_s), 500);
}

Finding mismatch(const Host &host, const Certificate &leaf)
{
    Finding finding;
    finding.code = u"name_mismatch"_s;
    finding.severity = unusableSeverity(host.role);
    finding.proof = Proof::Proven;
    finding.impact = unusableImpact(host.role);
    finding.title = Text::tr("The certificate at %1 is for another name").arg(host.name);
    finding.whatWeSaw =
        leaf.names.isEmpty()
            ? Text::tr(
                  "The certificate shown at %1 lists no names at all; browsers do not read the old \"common name\".")
                  .arg(host.name)
            : Text::tr("The certificate shown at %1 is for: %2.").arg(host.name, saidNames(leaf));
    finding.effortMinutes = 30;
    return finding;
}

Judged lookAtHostname(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    Judged judged = judgeHostname(*look.host, session->chain.front());
    for (Finding &finding : judged.findings)
        finding.evidence = {chainEvidence(*session)};
    return judged;
}

} // namespace

Judged judgeHostname(const Host &host, const Certificate &leaf)
{
    const bool covers = coversHost(leaf, host.name);
    Judged judged;
    judged.observed = {{u"certificate"_s, certificateJson(leaf)}, {u"covers_host"_s, covers}};
    judged.values = {{u"names"_s, saidNames(leaf)}};
    if (covers)
        judged.summary = Text::tr("The certificate covers %1.").arg(host.name);
    else
        judged.findings = {mismatch(host, leaf)};
    if (!judged.findings.empty())
        judged.summary = judged.findings.front().whatWeSaw;
    judged.outcome = outcomeFor(judged.findings);
    return judged;
}

Check tlsHostname()
{
    return {.id = u"tls.hostname"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin},
            .needs = {},
            .look = &lookAtHostname};
}

} // namespace cockpit
