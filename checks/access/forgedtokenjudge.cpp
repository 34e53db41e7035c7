#include "checks/access/forgedtoken.h"
#include "checks/access/forgerycharge.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/privatedata.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForgedToken)
};

SessionStanding standingIn(const ForgedTokenLook &look, const TriedToken &one)
{
    const QByteArray said = look.token ? look.token->claims.compact() : QByteArray();
    const SessionStanding standing = standingOf(one.answer, look.page, said);
    if (standing == SessionStanding::In || !one.markers || one.markers->isEmpty())
        return standing;
    PrivateAnswer theirs = look.page;
    theirs.markers = *one.markers;
    return standingOf(one.answer, theirs, said);
}

// The one fault behind: whoever checks no signature takes all of them, and an empty key needs no file.
bool isSaidBy(ForgeryKind kind, const std::vector<ForgeryKind> &taken)
{
    const auto has = [&](ForgeryKind other) { return std::ranges::find(taken, other) != taken.end(); };
    if (has(ForgeryKind::WrongSignature) && kind < ForgeryKind::Expired && kind != ForgeryKind::WrongSignature)
        return true;
    return kind == ForgeryKind::KeyIdFile && has(ForgeryKind::BlankKey);
}

Finding takenFinding(const ForgedTokenLook &look, const TriedToken &one)
{
    const ForgeryCharge charge = chargeOf(one.kind);
    Finding finding;
    finding = makeFinding(charge.code, severityOf(one.kind), Proof::Proven, Impact::AccountTakeover, charge.title,
                          one.pastedBy.isEmpty()
                              ? Text::tr("%1 showed what only %2 may see to a token that was changed (%3). Wanted: "
                                         "status 401.")
                                    .arg(look.page.request.url.toDisplayString(), look.actor, one.what)
                              : Text::tr("%1 took the token of the test account %2 (%3). Wanted: status 401.")
                                    .arg(look.page.request.url.toDisplayString(), one.pastedBy, one.what));
    finding.host = hostOf(look.page.request.url);
    finding.evidence = {requestProof(one.request, one.answer,
                                     {.actor = Text::tr("%1, with a forged token", "who asks").arg(look.actor),
                                      .markers = look.page.markers.all(),
                                      .known = look.known})};
    finding.effortMinutes = 60;
    return finding;
}

// A fact of cryptography: the signature fits, whatever the product answers.
Finding secretFinding(const ForgedTokenLook &look)
{
    Finding finding =
        makeFinding(u"weak_secret"_s, Severity::Critical, Proof::Proven, Impact::AccountTakeover,
                    chargeOf(ForgeryKind::KnownSecret).title,
                    Text::tr("The token of %1 (%2) is signed with a secret of %n letter(s) that stands on a short list "
                             "of common ones. It was found on this computer. Wanted: 32 random bytes or more.",
                             nullptr, look.secretLength)
                        .arg(look.actor, look.token ? look.token->algorithm() : QString()));
    finding.host = hostOf(look.page.request.url);
    finding.effortMinutes = 30;
    for (const TriedToken &one : look.tried) {
        if (one.kind == ForgeryKind::KnownSecret)
            finding.evidence = {
                requestProof(one.request, one.answer,
                             {.actor = look.actor, .markers = look.page.markers.all(), .known = look.known})};
    }
    return finding;
}

std::optional<Finding> personalFinding(const ForgedTokenLook &look)
{
    const PrivateData told = look.token ? privateDataIn(look.token->claims.compact()) : PrivateData();
    if (!told.isPersonal())
        return std::nullopt;
    Finding finding =
        makeFinding(u"personal_data"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
                    Text::tr("Tokens tell personal data to whoever finds one"),
                    Text::tr("The token of %1 holds these fields in plain text: %2. A token is signed, not encrypted. "
                             "Wanted: an id, and nothing of the person.")
                        .arg(look.actor, told.fields.join(u", "_s)));
    finding.host = hostOf(look.page.request.url);
    finding.effortMinutes = 30;
    return finding;
}

// What only identity tokens have (OpenID Connect Core section 2): they tell an app who signed in, and are not made to
// open anything.
std::optional<Finding> identityFinding(const ForgedTokenLook &look)
{
    const bool isIdentity =
        look.token && (look.token->claims.has(u"at_hash"_s) || look.token->claims.has(u"c_hash"_s) ||
                       (look.token->claims.has(u"nonce"_s) && !look.token->claims.has(u"scope"_s)));
    if (!isIdentity)
        return std::nullopt;
    Finding finding =
        makeFinding(u"identity_token"_s, Severity::Low, Proof::Lead, Impact::AccountTakeover,
                    Text::tr("An identity token is used to open the product"),
                    Text::tr("The token of %1 looks like an identity token (nonce, at_hash): it goes to browsers and "
                             "partners, and cannot be limited. Wanted: an access token.")
                        .arg(look.actor));
    finding.host = hostOf(look.page.request.url);
    finding.effortMinutes = 120;
    return finding;
}

struct ForgeryTally
{
    QJsonArray rows;
    std::vector<Finding> findings;
    std::vector<ForgeryKind> seen; // tried, whatever came of it
    int refused = 0;
    int unclear = 0;
};

ForgeryTally tallyOf(const ForgedTokenLook &look)
{
    ForgeryTally tally;
    std::vector<ForgeryKind> taken;
    for (const TriedToken &one : look.tried) {
        const SessionStanding standing = standingIn(look, one);
        tally.refused += standing == SessionStanding::Out ? 1 : 0;
        tally.unclear += standing == SessionStanding::Unclear ? 1 : 0;
        if (standing == SessionStanding::In)
            taken.push_back(one.kind);
        tally.seen.push_back(one.kind);
        tally.rows.append(QJsonObject{{u"kind"_s, toWord(one.kind)},
                                      {u"what"_s, one.what},
                                      {u"status"_s, one.answer.status},
                                      {u"standing"_s, toWord(standing)}});
    }
    if (look.hasCommonSecret)
        tally.findings.push_back(secretFinding(look));
    for (const TriedToken &one : look.tried) {
        if (standingIn(look, one) == SessionStanding::In && !isSaidBy(one.kind, taken))
            addOnce(tally.findings, takenFinding(look, one));
    }
    return tally;
}

// Why nothing of it counts; empty when the controls at the end were as they should be.
QString voidReason(const ForgedTokenLook &look)
{
    if (!look.brokenOff.isEmpty())
        return look.brokenOff;
    if (!look.goodLast || standingOf(*look.goodLast, look.page) != SessionStanding::In)
        return Text::tr("At the end the good token of %1 was refused as well (%2): the refusals before may have had "
                        "another reason.")
            .arg(look.actor, look.goodLast ? answerWords(*look.goodLast) : QString());
    if (!look.inventedLast || standingOf(*look.inventedLast, look.page) == SessionStanding::In)
        return Text::tr("At the end an invented token got the same as %1: the address is public, or a cache stands "
                        "in between.")
            .arg(look.actor);
    return {};
}

QStringList notTried(const ForgeryTally &tally)
{
    using enum ForgeryKind;
    QStringList words;
    for (const ForgeryKind kind : {Expired, NotYetValid, OtherAudience, OtherIssuer, UnknownCritical}) {
        if (std::ranges::find(tally.seen, kind) == tally.seen.end())
            words.append(toWord(kind));
    }
    return words;
}

QJsonObject observedIn(const ForgedTokenLook &look, const ForgeryTally &tally)
{
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"page"_s, look.page.request.url.path()},
                         {u"place"_s, look.place},
                         {u"kind"_s, look.token ? u"jwt"_s : u"opaque"_s},
                         {u"common_secret"_s, look.hasCommonSecret},
                         {u"published_keys"_s, look.publishedKeys},
                         {u"tried"_s, tally.rows},
                         {u"requests"_s, look.requests}};
    if (look.token) {
        observed.insert(u"alg"_s, look.token->algorithm());
        observed.insert(u"not_tried"_s, QJsonArray::fromStringList(notTried(tally)));
        if (const auto life = lifeOf(look.token->claims, look.at))
            observed.insert(u"life"_s, *life);
    }
    return observed;
}

QStringList gapsIn(const ForgedTokenLook &look, const ForgeryTally &tally)
{
    QStringList reasons;
    if (tally.unclear > 0)
        reasons.append(Text::tr("%n answer(s) did not tell whether the token was taken.", nullptr, tally.unclear));
    if (look.token && notTried(tally).contains(toWord(ForgeryKind::Expired)))
        reasons.append(Text::tr("Whether an expired token is refused could not be tried: add a test account with a "
                                "pasted token that has expired."));
    return reasons;
}

} // namespace

Judged judgeForgedToken(const ForgedTokenLook &look)
{
    ForgeryTally tried = tallyOf(look);
    const QString spoilt = voidReason(look);
    CaseTally tally{.told = spoilt.isEmpty() ? tried.refused : 0, .brokenOff = look.brokenOff};
    const bool isPublicNow = look.inventedLast && standingOf(*look.inventedLast, look.page) == SessionStanding::In;
    // Where anything gets the private text, getting it with a forged token proves nothing.
    std::ranges::copy_if(tried.findings, std::back_inserter(tally.findings),
                         [&](const Finding &one) { return !isPublicNow || one.code == "weak_secret"_L1; });
    for (const auto &quality : {personalFinding(look), identityFinding(look)}) {
        if (quality)
            tally.findings.push_back(*quality);
    }
    const QStringList gaps = spoilt.isEmpty() ? gapsIn(look, tried) : QStringList();
    if (look.brokenOff.isEmpty())
        tally.open = spoilt.isEmpty() ? gaps : QStringList{spoilt};
    if (!spoilt.isEmpty() || tried.unclear > 0)
        tally.unseen = {{}};
    else if (!gaps.isEmpty())
        tally.unseen = {{.code = u"expired_accepted"_s}};
    const QString summary = Text::tr("Of %1 forged tokens, %2 were refused at %3")
                                .arg(look.tried.size())
                                .arg(tried.refused)
                                .arg(look.page.request.url.path());
    return judgedFrom(std::move(tally), summary, observedIn(look, tried));
}

} // namespace cockpit
