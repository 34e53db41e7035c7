#include "checks/access/crossenvironment.h"
#include "checks/actors/casetally.h"
#include "checks/actors/likeness.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CrossEnvironment)
};

struct Verdict
{
    SessionStanding standing = SessionStanding::Unclear;
    Proof proof = Proof::Proven;
};

// The texts of the owner or of who sent it prove. Where the answer has the form of the good one, is neither a
// stranger's nor what an invented value gets, and names somebody else, that is strong.
Verdict verdictOf(const EnvironmentCrossing &one)
{
    Verdict verdict{.standing = standingOf(one.answer, one.page)};
    if (verdict.standing == SessionStanding::In)
        return verdict;
    PrivateAnswer theirs = one.page;
    theirs.markers = one.senders;
    if (!one.senders.isEmpty() && standingOf(one.answer, theirs) == SessionStanding::In)
        return {.standing = SessionStanding::In, .proof = proofOf(one.senders.all()).value_or(Proof::Lead)};
    const bool isLikeGood = isGoodAnswer(one.answer, {}) &&
                            likenessOf(one.answer, one.page.good) == Likeness::SameShape && one.invented &&
                            likenessOf(one.answer, *one.invented) == Likeness::Different;
    if (verdict.standing == SessionStanding::Unclear && isLikeGood)
        return {.standing = SessionStanding::In, .proof = Proof::Strong};
    return verdict;
}

// Why the direction tells nothing; empty when its controls are as they should be.
QString voidReason(const EnvironmentCrossing &one)
{
    if (!one.goodLast || standingOf(*one.goodLast, one.page) != SessionStanding::In)
        return Text::tr("%1 was refused at the end itself: the refusal before may have had another reason.")
            .arg(one.owner);
    if (!one.invented || standingOf(*one.invented, one.page) != SessionStanding::Out)
        return Text::tr("An invented token got no clear refusal at %1.").arg(one.page.request.url.toDisplayString());
    return {};
}

Finding crossingFinding(const CrossEnvironmentLook &look, const EnvironmentCrossing &one, Proof proof)
{
    const QString page = one.page.request.url.toDisplayString();
    Finding finding;
    if (one.from == CrossingFrom::Staging)
        finding =
            makeFinding(u"staging_opens_production"_s, Severity::Critical, proof, Impact::AccountTakeover,
                        Text::tr("A sign-in at staging opens production"),
                        Text::tr("%1 showed private data to the token or cookie of %2, which was made at staging. "
                                 "Whoever can sign up or forge there is in here. Wanted: status 401.")
                            .arg(page, look.staging));
    else
        finding = makeFinding(u"production_opens_staging"_s, Severity::High, proof, Impact::AccountTakeover,
                              Text::tr("A sign-in at production opens staging"),
                              Text::tr("%1 showed private data to the token or cookie of %2, which was made at "
                                       "production: both share their keys or their sessions. Wanted: status 401.")
                                  .arg(page, look.production));
    finding.host = hostOf(one.page.request.url);
    finding.effortMinutes = 90;
    std::vector<Marker> shown = one.page.markers.all();
    shown.insert(shown.end(), one.senders.all().begin(), one.senders.all().end());
    finding.evidence = {requestProof(one.request, one.answer,
                                     {.actor = one.from == CrossingFrom::Staging ? look.staging : look.production,
                                      .markers = shown,
                                      .known = look.known})};
    return finding;
}

} // namespace

Judged judgeCrossEnvironment(const CrossEnvironmentLook &look)
{
    CaseTally tally;
    tally.gaps.say(look.notTried);
    for (const EnvironmentCrossing &one : look.crossings) {
        const Verdict verdict = verdictOf(one);
        tally.rows.append(QJsonObject{{u"from"_s, toWord(one.from)},
                                      {u"status"_s, one.answer.status},
                                      {u"standing"_s, toWord(verdict.standing)}});
        const QString spoilt = voidReason(one);
        // An invented value that gets the same makes a find worthless; a control that failed later does not.
        const bool isPublic = one.invented && standingOf(*one.invented, one.page) == SessionStanding::In;
        if (verdict.standing == SessionStanding::In && !isPublic)
            tally.findings.push_back(crossingFinding(look, one, verdict.proof));
        if (!spoilt.isEmpty())
            tally.gaps.say(spoilt);
        else if (verdict.standing == SessionStanding::Unclear)
            tally.gaps.say(Text::tr("The answer of %1 did not tell.").arg(one.page.request.url.toDisplayString()));
        else
            ++tally.told;
    }
    if (tally.gaps.isSaid())
        tally.gaps.hideAll();
    const QJsonObject observed{{u"production"_s, look.production},
                               {u"staging"_s, look.staging},
                               {u"crossings"_s, tally.rows},
                               {u"requests"_s, look.requests}};
    return judgedFrom(
        std::move(tally),
        Text::tr("Tried the session of %1 at production, and that of %2 at staging").arg(look.staging, look.production),
        observed);
}

} // namespace cockpit
