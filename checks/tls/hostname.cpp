#include "checks/tls/hostname.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

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

// "refused": the server closes, or says that it does not know the name.
QJsonObject shownTo(const Result<EndpointSession> &view, const Certificate &leaf)
{
    if (!view) {
        const bool isRefusal = view.error().kind == ErrorKind::Protocol;
        return {{u"answer"_s, isRefusal ? u"refused"_s : u"unknown"_s}, {u"names"_s, QJsonArray()}, {u"issuer"_s, {}}};
    }
    const Certificate &shown = view->session.chain.front();
    return {{u"answer"_s, shown.fingerprint == leaf.fingerprint ? u"same"_s : u"other"_s},
            {u"names"_s, QJsonArray::fromStringList(shown.names.mid(0, kMostNamesSaid))},
            {u"issuer"_s, shown.issuer}};
}

// At the address that showed the certificate.
StrangersView askAsStranger(const TlsSession &session, const Look &look)
{
    std::vector<TlsEndpoint> questions(
        2, {.host = look.host->name, .port = look.host->httpsPort, .address = session.peer});
    questions[0].name = NameSent::None;
    questions[1].name = NameSent::Unknown;
    const auto answers = look.seen.askAll(questions);
    return StrangersView{*answers[0], *answers[1]};
}

Judged lookAtHostname(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    Judged judged = judgeHostname(*look.host, session->chain.front(), askAsStranger(*session, look));
    for (Finding &finding : judged.findings)
        finding.evidence = {chainEvidence(*session)};
    return judged;
}

} // namespace

Judged judgeHostname(const Host &host, const Certificate &leaf, const std::optional<StrangersView> &stranger)
{
    const bool covers = coversHost(leaf, host.name);
    Judged judged;
    judged.observed = {{u"certificate"_s, certificateJson(leaf)}, {u"covers_host"_s, covers}};
    if (stranger) {
        judged.observed.insert(u"without_sni"_s, shownTo(stranger->withoutName, leaf));
        judged.observed.insert(u"unknown_sni"_s, shownTo(stranger->withUnknownName, leaf));
    }
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
