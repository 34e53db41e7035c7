#include "checks/actors/refusal.h"

#include "checks/actors/forgeryrefusal.h"
#include "checks/actors/idharvest.h"
#include "checks/actors/likeness.h"
#include "checks/net/statusclass.h"
#include "checks/web/htmlpage.h"
#include "checks/web/loginaddress.h"
#include "checks/web/obstacle.h"
#include "checks/web/similarity.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSamePage = 0.9;

bool isRedirect(const HttpResponse &answer)
{
    return answer.status >= 300 && answer.status < 400 && answer.status != 304;
}

const InventedAnswers &inventedOf(const Yardstick &yardstick)
{
    static const InventedAnswers none;
    return yardstick.invented ? *yardstick.invented : none;
}

bool isLoginPage(const HttpResponse &answer, const Yardstick &yardstick)
{
    const HttpResponse *login = yardstick.loginPage;
    return login && isPage(answer) && isPage(*login) &&
           (answer.body == login->body || similarity(simHash(answer.body), simHash(login->body)) >= kSamePage);
}

ReachVerdict verdict(ActorReach reach, ReachWhy why)
{
    return {.reach = reach, .why = why};
}

// Answers that say nothing about who may do what (facts 0.2).
std::optional<ReachWhy> whatStandsInTheWay(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    if (!obstacle || *obstacle == Obstacle::Refused)
        return isForgeryRefusal(answer) ? std::optional(ReachWhy::ForgeryToken) : std::nullopt;
    switch (*obstacle) {
    case Obstacle::Challenge:
        return ReachWhy::Challenge;
    case Obstacle::TooManyRequests:
        return ReachWhy::TooMany;
    case Obstacle::ServerError:
        return ReachWhy::Broken;
    case Obstacle::Refused:
        break;
    }
    return std::nullopt;
}

QUrl targetOf(const HttpResponse &answer)
{
    return answer.url.resolved(QUrl(QString::fromUtf8(answer.header("location").value_or(QByteArray()))));
}

// Another spelling of the address: what stands there was not asked yet.
bool isMoved(const HttpResponse &answer)
{
    const auto lastPart = [](const QUrl &url) {
        QString path = url.path().toLower();
        while (path.endsWith(u'/'))
            path.chop(1);
        return path.section(u'/', -1).section(u'.', 0, 0);
    };
    return lastPart(answer.url) == lastPart(targetOf(answer));
}

ReachVerdict reachOfRedirect(const HttpResponse &answer, bool hasGood)
{
    const QUrl target = targetOf(answer);
    if (leadsToLogin(answer.url, target))
        return verdict(ActorReach::Refused, ReachWhy::ToLogin);
    if (isMoved(answer))
        return verdict(ActorReach::Unclear, ReachWhy::Moved);
    static const QRegularExpression denied(
        u"^/?$|(?:^|[/_-])(?:denied|forbidden|un-?authori[sz]ed|not-?allowed|no-?access|access-?denied|40[134]|error|"
        u"upgrade|restricted|permission)(?:$|[/_-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (hasGood && target.host() == answer.url.host() && denied.match(target.path()).hasMatch())
        return verdict(ActorReach::Refused, ReachWhy::SentAway);
    return verdict(ActorReach::Unclear, ReachWhy::Other);
}

// Does the good answer hold something of the record itself, by which the record would be known again? The name of who
// is signed in stands on every page and in many answers, and goes with whoever asks.
bool isRecognisable(const HttpResponse &good, const Yardstick &yardstick)
{
    if (!yardstick.markers)
        return false;
    const std::vector<Marker> found = yardstick.markers->in(good, yardstick.sent);
    return std::ranges::any_of(found, [&](const Marker &marker) {
        const bool isOfRecord = marker.kind == MarkerKind::Record || marker.kind == MarkerKind::Value;
        return marker.kind == MarkerKind::Canary || (isOfRecord && !isPage(good));
    });
}

// The same record under both: what else differs may be who asks.
bool haveCommonRecord(const HttpResponse &a, const HttpResponse &b)
{
    static const QRegularExpression bare(u"/(?:_?id|uuid|guid)$"_s);
    const std::vector<FoundId> ofA = harvestIds(a);
    return std::ranges::any_of(harvestIds(b), [&](const FoundId &one) {
        return bare.match(one.where).hasMatch() && std::ranges::any_of(ofA, [&](const FoundId &other) {
                   return one.where == other.where && one.value == other.value;
               });
    });
}

bool saysDenied(const HttpResponse &answer)
{
    const auto page = parseHtml(answer.body, answer.url);
    static const QRegularExpression words(
        u"\\b(?:access (?:is )?denied|permission denied|forbidden|un-?authori[sz]ed|not (?:authori[sz]ed|allowed|"
        u"permitted)|(?:no|not have|n't have|insufficient) (?:access|permissions?|rights?)|page not found|"
        u"(?:sign|log) in to (?:continue|see|view))\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return page && words.match(page->title + u'\n' + page->text).hasMatch();
}

// A page that is the same for two people is perhaps only drawn by its scripts. It is more when a stranger does not get
// it.
bool isGuardedPage(const HttpResponse &answer, const Yardstick &yardstick)
{
    return yardstick.signedOut && !obstacleIn(*yardstick.signedOut) &&
           likenessOf(answer, *yardstick.signedOut) == Likeness::Different;
}

ReachVerdict comparedRoute(const HttpResponse &answer, const Yardstick &yardstick, Likeness likeness)
{
    const bool isSame = likeness == Likeness::Same;
    if (isPage(answer) && isSame && !isGuardedPage(answer, yardstick))
        return verdict(ActorReach::Unclear, ReachWhy::NoDifference);
    if (isPage(answer) && !isSame && saysDenied(answer) && !saysDenied(*yardstick.good))
        return likeness == Likeness::Different ? verdict(ActorReach::Refused, ReachWhy::SaysError)
                                               : verdict(ActorReach::Unclear, ReachWhy::Other);
    if (isSame || likeness == Likeness::SameShape)
        return {.reach = ActorReach::Allowed,
                .why = isSame ? ReachWhy::SameContent : ReachWhy::SameShape,
                .proof = Proof::Strong};
    const bool isDocument = likeness == Likeness::Unclear && !answer.body.isEmpty() && !isPage(answer);
    return isDocument ? ReachVerdict{.reach = ActorReach::Allowed, .why = ReachWhy::Document, .proof = Proof::Lead}
                      : verdict(ActorReach::Unclear, ReachWhy::Other);
}

ReachVerdict comparedRecord(const HttpResponse &answer, const Yardstick &yardstick, Likeness likeness)
{
    const bool isRecognised = isRecognisable(*yardstick.good, yardstick);
    if (likeness == Likeness::Same && !isRecognised)
        return isPage(answer)
                   ? verdict(ActorReach::Unclear, ReachWhy::NoDifference)
                   : ReachVerdict{.reach = ActorReach::Allowed, .why = ReachWhy::SameContent, .proof = Proof::Lead};
    if (isPage(answer) && likeness == Likeness::Different && saysDenied(answer) && !saysDenied(*yardstick.good))
        return verdict(ActorReach::Refused, ReachWhy::SaysError);
    // The good answer tells whose it is, and this one does not: it is about something else.
    if (!isRecognised || haveCommonRecord(answer, *yardstick.good))
        return verdict(ActorReach::Unclear, ReachWhy::NoMarker);
    const bool hasOwn = yardstick.ownMarkers && yardstick.ownMarkers->areIn(answer, yardstick.sent);
    return hasOwn || likeness == Likeness::SameShape ? verdict(ActorReach::Filtered, ReachWhy::OwnData)
                                                     : verdict(ActorReach::Unclear, ReachWhy::Other);
}

// 2xx with something in it, beside a good answer.
ReachVerdict compared(const HttpResponse &answer, const Yardstick &yardstick)
{
    const Likeness likeness = likenessOf(answer, *yardstick.good);
    return yardstick.question == ReachOf::Route ? comparedRoute(answer, yardstick, likeness)
                                                : comparedRecord(answer, yardstick, likeness);
}

ReachVerdict reachOfSuccess(const HttpResponse &answer, const Yardstick &yardstick, bool hasGood)
{
    if (isLoginPage(answer, yardstick))
        return verdict(ActorReach::Refused, ReachWhy::ToLogin);
    switch (admissionOf(answer, inventedOf(yardstick))) {
    case Admission::Denied:
        return verdict(ActorReach::Refused, isPage(answer) ? ReachWhy::ToLogin : ReachWhy::SaysError);
    case Admission::Shell:
        // What an address that does not exist gets as well. Where the good credential gets more, that is a "not found".
        return hasGood ? verdict(ActorReach::Refused, ReachWhy::Shell)
                       : verdict(ActorReach::Unclear, ReachWhy::NoDifference);
    case Admission::Empty: {
        if (inventedOf(yardstick).haveSame(answer)) // {"ok":true} to everybody, everywhere
            return verdict(ActorReach::Unclear, ReachWhy::NoDifference);
        const bool isGoodEmpty = !hasGood || admissionOf(*yardstick.good, inventedOf(yardstick)) == Admission::Empty;
        if (!isGoodEmpty)
            return verdict(ActorReach::Filtered, ReachWhy::Empty);
        const bool isSame =
            hasGood && yardstick.question == ReachOf::Route && likenessOf(answer, *yardstick.good) == Likeness::Same;
        return isSame ? ReachVerdict{.reach = ActorReach::Allowed, .why = ReachWhy::SameContent, .proof = Proof::Lead}
                      : verdict(ActorReach::Unclear, ReachWhy::NoDifference);
    }
    case Admission::Allowed:
    case Admission::Unclear:
        return hasGood ? compared(answer, yardstick) : verdict(ActorReach::Unclear, ReachWhy::NoControl);
    }
    Q_UNREACHABLE();
}

ReachVerdict reachByStatus(const HttpResponse &answer, const Yardstick &yardstick, bool hasGood)
{
    // A host that refuses the good credential as well refuses everybody: nothing is proved by that.
    const bool isControlBroken = yardstick.good && !hasGood;
    if (answer.status == 401 || answer.status == 403)
        return isControlBroken ? verdict(ActorReach::Unclear, ReachWhy::NoControl)
                               : verdict(ActorReach::Refused, ReachWhy::Status);
    if (isRedirect(answer)) {
        const ReachVerdict redirect = reachOfRedirect(answer, hasGood);
        return isControlBroken ? verdict(ActorReach::Unclear, ReachWhy::NoControl) : redirect;
    }
    if (answer.status == 404 || answer.status == 410)
        return hasGood ? verdict(ActorReach::Refused, ReachWhy::NotFound)
                       : verdict(ActorReach::Unclear, ReachWhy::NoControl);
    if (isSuccess(answer)) {
        const ReachVerdict success = reachOfSuccess(answer, yardstick, hasGood);
        return isControlBroken && success.reach != ActorReach::Unclear
                   ? verdict(ActorReach::Unclear, ReachWhy::NoControl)
                   : success;
    }
    return verdict(ActorReach::Unclear, ReachWhy::Other);
}

} // namespace

QString toWord(ActorReach value)
{
    switch (value) {
    case ActorReach::Allowed:
        return u"allowed"_s;
    case ActorReach::Refused:
        return u"refused"_s;
    case ActorReach::Filtered:
        return u"filtered"_s;
    case ActorReach::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(ReachWhy value)
{
    switch (value) {
    case ReachWhy::Marker:
        return u"marker"_s;
    case ReachWhy::SameContent:
        return u"same_content"_s;
    case ReachWhy::SameShape:
        return u"same_shape"_s;
    case ReachWhy::Document:
        return u"document"_s;
    case ReachWhy::Status:
        return u"status"_s;
    case ReachWhy::ToLogin:
        return u"to_login"_s;
    case ReachWhy::SentAway:
        return u"sent_away"_s;
    case ReachWhy::SaysError:
        return u"says_error"_s;
    case ReachWhy::NotFound:
        return u"not_found"_s;
    case ReachWhy::Shell:
        return u"shell"_s;
    case ReachWhy::Empty:
        return u"empty"_s;
    case ReachWhy::OwnData:
        return u"own_data"_s;
    case ReachWhy::TooMany:
        return u"too_many"_s;
    case ReachWhy::Challenge:
        return u"challenge"_s;
    case ReachWhy::Broken:
        return u"broken"_s;
    case ReachWhy::ForgeryToken:
        return u"forgery_token"_s;
    case ReachWhy::NoControl:
        return u"no_control"_s;
    case ReachWhy::NoDifference:
        return u"no_difference"_s;
    case ReachWhy::NoMarker:
        return u"no_marker"_s;
    case ReachWhy::Moved:
        return u"moved"_s;
    case ReachWhy::Other:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

bool isGoodAnswer(const HttpResponse &answer, const Yardstick &yardstick)
{
    if (!isSuccess(answer) || whatStandsInTheWay(answer) || isLoginPage(answer, yardstick))
        return false;
    const Admission admission = admissionOf(answer, inventedOf(yardstick));
    return admission != Admission::Denied && admission != Admission::Shell &&
           !(admission == Admission::Empty && inventedOf(yardstick).haveSame(answer));
}

ReachVerdict reachOf(const HttpResponse &answer, const Yardstick &yardstick)
{
    const bool hasGood = yardstick.good && isGoodAnswer(*yardstick.good, yardstick);
    ReachVerdict result;
    std::vector<Marker> found =
        yardstick.markers ? yardstick.markers->in(answer, yardstick.sent) : std::vector<Marker>();
    if (!found.empty()) {
        // Whatever the status: data that comes with a refusal is out all the same.
        result = {.reach = ActorReach::Allowed, .why = ReachWhy::Marker, .markers = found, .proof = proofOf(found)};
    } else if (const auto obstacle = whatStandsInTheWay(answer)) {
        result = verdict(ActorReach::Unclear, *obstacle);
    } else {
        result = reachByStatus(answer, yardstick, hasGood);
    }
    result.isPublic = result.reach == ActorReach::Allowed && yardstick.signedOut && isSuccess(*yardstick.signedOut) &&
                      likenessOf(answer, *yardstick.signedOut) == Likeness::Same;
    return result;
}

} // namespace cockpit
