#include "checks/access/credentialfindings.h"

#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/privatedata.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialMatrix)
};

struct Opened
{
    const CredentialTry *by = nullptr;
    Proof proof = Proof::Lead;
};

std::vector<Opened> openedIn(const CredentialRow &row, const std::vector<BadCredential> &toldAlready)
{
    std::vector<Opened> opened;
    for (const CredentialTry &one : row.tries) {
        const bool isTold = std::ranges::find(toldAlready, one.kind) != toldAlready.end();
        const auto proof = openedBy(one, row);
        if (proof && toldOf(one, row) == TryTold::Opened && !isTold)
            opened.push_back({&one, *proof});
    }
    return opened;
}

QString titleOf(const QString &code)
{
    if (code == codeOf(BadCredential::OtherKey))
        return Text::tr("A route takes any API key");
    if (code == codeOf(BadCredential::Expired))
        return Text::tr("A route takes a token that has expired");
    return code == codeOf(BadCredential::Ended)
               ? Text::tr("A route takes a session that was signed out")
               : Text::tr("A route takes whatever stands in the place of a credential");
}

Finding findingOf(const QString &code, const CredentialRow &row, const std::vector<Opened> &opened,
                  const std::vector<Secret> &known)
{
    QStringList kinds;
    for (const Opened &one : opened)
        kinds.append(describe(one.by->kind));
    const Opened &surest = *std::ranges::min_element(opened, {}, &Opened::proof);
    const bool isGrave = row.route.access == AccessClass::Admin || privateDataIn(surest.by->answer.body).isPersonal() ||
                         surest.proof == Proof::Proven;
    // Whoever has one had to be let in once.
    const bool wasGood = std::ranges::all_of(opened, [](const Opened &one) {
        return one.by->kind == BadCredential::Ended || one.by->kind == BadCredential::Expired;
    });
    const Severity severity = surest.proof == Proof::Lead ? Severity::Medium
                              : isGrave && !wasGood       ? Severity::Critical
                                                          : Severity::High;
    Finding finding = makeFinding(
        code, severity, surest.proof, Impact::DataExposure, titleOf(code),
        Text::tr("%1 refuses a stranger (status %2), and gives what it gives to %3 to: %4. "
                 "Wanted: 401, as the rest of the product answers.")
            .arg(routeName(row.route), QString::number(row.stranger.status), row.account, kinds.join(u"; "_s)));
    finding.subject = routeName(row.route);
    finding.host = hostOf(row.request.url);
    finding.effortMinutes = 60;
    finding.evidence = {
        requestProof(surest.by->request, surest.by->answer,
                     {.actor = describe(surest.by->kind), .markers = row.markers.all(), .known = known})};
    return finding;
}

} // namespace

std::optional<BadCredential> columnOf(ForgeryKind kind)
{
    switch (kind) {
    case ForgeryKind::AlgorithmNone:
        return BadCredential::Unsigned;
    case ForgeryKind::WrongSignature:
    case ForgeryKind::Altered:
        return BadCredential::Altered;
    case ForgeryKind::Expired:
        return BadCredential::Expired;
    case ForgeryKind::Invented:
        return BadCredential::Invented;
    case ForgeryKind::NoSignature:
    case ForgeryKind::ChangedHeader:
    case ForgeryKind::ChangedClaims:
    case ForgeryKind::OtherAccount:
    case ForgeryKind::BlankKey:
    case ForgeryKind::KeyConfusion:
    case ForgeryKind::KeyIdFile:
    case ForgeryKind::KeyIdSql:
    case ForgeryKind::EmbeddedKey:
    case ForgeryKind::KeyAddress:
    case ForgeryKind::ZeroSignature:
    case ForgeryKind::Nested:
    case ForgeryKind::KnownSecret:
    case ForgeryKind::NotYetValid:
    case ForgeryKind::WithoutExpiry:
    case ForgeryKind::OtherAudience:
    case ForgeryKind::OtherIssuer:
    case ForgeryKind::UnknownCritical:
    case ForgeryKind::Cut:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

QStringList credentialCodes()
{
    return {kRouteOpened, codeOf(BadCredential::OtherKey), codeOf(BadCredential::Expired),
            codeOf(BadCredential::Ended)};
}

QString codeOf(BadCredential kind)
{
    switch (kind) {
    case BadCredential::Word:
    case BadCredential::Invented:
    case BadCredential::Altered:
    case BadCredential::Unsigned:
        return u"bad_credential_opens"_s;
    case BadCredential::Expired:
        return u"expired_token_opens"_s;
    case BadCredential::Ended:
        return u"ended_session_opens"_s;
    case BadCredential::OtherKey:
        return u"invented_key_opens"_s;
    }
    Q_UNREACHABLE();
}

std::vector<Finding> credentialFindings(const CredentialTable &table, const std::vector<BadCredential> &toldAlready,
                                        const std::vector<Secret> &known)
{
    std::vector<Finding> findings;
    std::vector<BadCredential> told = toldAlready;
    if (endsNowhere(table))
        told.push_back(BadCredential::Ended);
    for (const CredentialRow &row : table.rows) {
        const std::vector<Opened> opened = openedIn(row, told);
        std::map<QString, std::vector<Opened>> byCode;
        for (const Opened &one : opened)
            byCode[codeOf(one.by->kind)].push_back(one);
        // A route that takes anything takes these as well: one fault.
        if (byCode.contains(kRouteOpened))
            byCode = {{kRouteOpened, opened}};
        for (const auto &[code, ways] : byCode)
            findings.push_back(findingOf(code, row, ways, known));
    }
    return findings;
}

QJsonArray credentialRows(const CredentialTable &table)
{
    QJsonArray rows;
    for (const CredentialRow &row : table.rows) {
        QJsonArray cells;
        for (const CredentialTry &one : row.tries)
            cells.append(QJsonObject{{u"credential"_s, toWord(one.kind)},
                                     {u"status"_s, one.answer.status},
                                     {u"opened"_s, toldOf(one, row) == TryTold::Opened}});
        rows.append(QJsonObject{{u"route"_s, routeName(row.route)}, {u"cells"_s, cells}});
    }
    return rows;
}

} // namespace cockpit
