#include "checks/access/credentialfindings.h"
#include "checks/access/forgedtoken.h"
#include "checks/access/forgedtokengaps.h"
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

// The one fault behind: whoever checks no signature takes all of them, and an empty key needs no file.
bool isSaidBy(ForgeryKind kind, const std::vector<ForgeryKind> &taken)
{
    const auto has = [&](ForgeryKind other) { return std::ranges::find(taken, other) != taken.end(); };
    // With another account's id it is the same finding, and the plainer proof.
    const bool isSignature = kind == ForgeryKind::WrongSignature || kind == ForgeryKind::OtherAccount;
    if (has(ForgeryKind::WrongSignature) && kind < ForgeryKind::Expired && !isSignature)
        return true;
    return kind == ForgeryKind::KeyIdFile && has(ForgeryKind::BlankKey);
}

QString sawTaken(const ForgedTokenLook &look, const TriedToken &one)
{
    const QString page = look.page.request.url.toDisplayString();
    if (one.kind == ForgeryKind::OtherAccount)
        return Text::tr("%1 took a token of %2 that was changed to name the test account %3 (%4). Wanted: status 401.")
            .arg(page, look.actor, look.otherAccount, one.what);
    if (!one.pastedBy.isEmpty())
        return Text::tr("%1 took the token of the test account %2 (%3). Wanted: status 401.")
            .arg(page, one.pastedBy, one.what);
    return Text::tr("%1 showed what only %2 may see to a token that was changed (%3). Wanted: status 401.")
        .arg(page, look.actor, one.what);
}

std::vector<Marker> markersToShow(const ForgedTokenLook &look, const TriedToken &one)
{
    std::vector<Marker> shown = look.page.markers.all();
    if (one.markers)
        std::ranges::copy(one.markers->all(), std::back_inserter(shown));
    return shown;
}

Finding takenFinding(const ForgedTokenLook &look, const TriedToken &one)
{
    const ForgeryCharge charge = chargeOf(one.kind);
    const Proof proof = standingIn(look, one) == SessionStanding::In ? Proof::Proven : Proof::Strong;
    Finding finding = makeFinding(charge.code, severityOf(one.kind), proof, Impact::AccountTakeover, charge.title,
                                  sawTaken(look, one));
    finding.host = hostOf(look.page.request.url);
    finding.evidence = {requestProof(one.request, one.answer,
                                     {.actor = Text::tr("%1, with a forged token", "who asks").arg(look.actor),
                                      .markers = markersToShow(look, one),
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
    int refused = 0; // of those that were forged here: that a pasted token is refused says nothing of these
    QStringList unclear;
};

bool isTaken(const ForgedTokenLook &look, const TriedToken &one)
{
    return standingIn(look, one) == SessionStanding::In || isTakenWithoutProof(look, one);
}

std::vector<Finding> findingsIn(const ForgedTokenLook &look, const std::vector<ForgeryKind> &taken)
{
    std::vector<Finding> findings;
    if (look.hasCommonSecret)
        findings.push_back(secretFinding(look));
    const auto add = [&](const TriedToken &one) {
        if (isTaken(look, one) && !isSaidBy(one.kind, taken))
            addOnce(findings, takenFinding(look, one));
    };
    // That somebody becomes another person is the plainest of all.
    for (const TriedToken &one : look.tried) {
        if (one.kind == ForgeryKind::OtherAccount)
            add(one);
    }
    std::ranges::for_each(look.tried, add);
    return findings;
}

ForgeryTally tallyOf(const ForgedTokenLook &look)
{
    ForgeryTally tally;
    std::vector<ForgeryKind> taken;
    for (const TriedToken &one : look.tried) {
        const SessionStanding standing = standingIn(look, one);
        const bool isOurs = one.pastedBy.isEmpty();
        tally.refused += isOurs && standing == SessionStanding::Out ? 1 : 0;
        if (isTaken(look, one))
            taken.push_back(one.kind);
        else if (standing == SessionStanding::Unclear)
            tally.unclear.append(one.what);
        tally.rows.append(QJsonObject{{u"kind"_s, toWord(one.kind)},
                                      {u"what"_s, one.what},
                                      {u"status"_s, one.answer.status},
                                      {u"standing"_s, toWord(standing)}});
    }
    tally.findings = findingsIn(look, taken);
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

QJsonObject observedIn(const ForgedTokenLook &look, const ForgeryTally &tally, const std::vector<ForgeryGap> &gaps)
{
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"page"_s, look.page.request.url.path()},
                         {u"place"_s, look.place},
                         {u"kind"_s, look.token ? u"jwt"_s : u"opaque"_s},
                         {u"common_secret"_s, look.hasCommonSecret},
                         {u"published_keys"_s, look.publishedKeys},
                         {u"tried"_s, tally.rows},
                         {u"not_tried"_s, notTriedRows(gaps)},
                         {u"routes"_s, credentialRows(look.table)},
                         {u"routes_left_out"_s, QJsonArray::fromStringList(look.table.leftOut + look.table.unreachable +
                                                                           look.table.unreadable)},
                         {u"requests"_s, look.requests}};
    if (!look.otherAccount.isEmpty())
        observed.insert(u"other_account"_s, look.otherAccount);
    if (look.token) {
        observed.insert(u"alg"_s, look.token->algorithm());
        if (const auto life = lifeOf(look.token->claims, look.at))
            observed.insert(u"life"_s, *life);
    }
    return observed;
}

// What is to be said of a run whose answers, or the lack of them, may hide anything.
QStringList whatDidNotTell(const ForgedTokenLook &look, const ForgeryTally &tally)
{
    if (std::ranges::none_of(look.tried, [](const TriedToken &one) { return one.pastedBy.isEmpty(); }))
        return {
            Text::tr("Nothing could be forged: what %1 is let in with (%2) is too short to be changed and told from "
                     "another value.")
                .arg(look.actor, look.place)};
    if (tally.unclear.isEmpty())
        return {};
    return {Text::tr("%n answer(s) did not tell whether the token was taken (%1).", nullptr,
                     static_cast<int>(tally.unclear.size()))
                .arg(tally.unclear.join(u"; "_s))};
}

QString summaryOf(const ForgedTokenLook &look, const ForgeryTally &tally, const std::vector<ForgeryGap> &gaps)
{
    const auto forged = std::ranges::count_if(look.tried, [](const auto &one) { return one.pastedBy.isEmpty(); });
    const QString refused =
        Text::tr("Of %1 forged tokens, %2 were refused at %3")
            .arg(QString::number(forged), QString::number(tally.refused), look.page.request.url.path());
    const QString others = signerOnlyWords(gaps);
    const QString tokens =
        others.isEmpty()
            ? refused
            : Text::tr("%1. Not tried, as only your own signer could make such tokens: %2").arg(refused, others);
    const QString routes = credentialWords(look.table);
    return routes.isEmpty() ? tokens : Text::tr("%1. %2", "two sentences without their full stops").arg(tokens, routes);
}

// What the whole product takes is said once, and not of each route.
void addRoutes(const ForgedTokenLook &look, CaseTally &tally)
{
    std::vector<BadCredential> told;
    for (const TriedToken &one : look.tried) {
        const auto column = columnOf(one.kind);
        if (column && isTaken(look, one))
            told.push_back(*column);
        if (column == BadCredential::Invented && isTaken(look, one))
            told.push_back(BadCredential::Word);
    }
    std::ranges::move(credentialFindings(look.table, told, look.known), std::back_inserter(tally.findings));
    // Broken off before: that is said already, and hides everything.
    if (!look.brokenOff.isEmpty())
        return;
    tally.gaps.add(credentialGaps(look.table));
}

} // namespace

Judged judgeForgedToken(const ForgedTokenLook &look)
{
    ForgeryTally tried = tallyOf(look);
    const QString spoilt = voidReason(look);
    CaseTally tally{.told = spoilt.isEmpty() ? tried.refused : 0, .gaps = LookGaps(look.brokenOff)};
    const bool isPublicNow = look.inventedLast && standingOf(*look.inventedLast, look.page) == SessionStanding::In;
    // Where anything gets the private text, getting it with a forged token proves nothing.
    std::ranges::copy_if(tried.findings, std::back_inserter(tally.findings),
                         [&](const Finding &one) { return !isPublicNow || one.code == "weak_secret"_L1; });
    for (const auto &quality : {personalFinding(look), identityFinding(look)}) {
        if (quality)
            tally.findings.push_back(*quality);
    }
    const std::vector<ForgeryGap> gaps = spoilt.isEmpty() ? forgeryGapsOf(look) : std::vector<ForgeryGap>();
    const QStringList silent = spoilt.isEmpty() ? whatDidNotTell(look, tried) : QStringList();
    tally.gaps.say(silent + QStringList{spoilt});
    if (tally.gaps.isSaid())
        tally.gaps.hideAll();
    tally.gaps.add(toldOf(gaps));
    addRoutes(look, tally);
    return judgedFrom(std::move(tally), summaryOf(look, tried, gaps), observedIn(look, tried, gaps));
}

} // namespace cockpit
