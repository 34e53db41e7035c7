#include "checks/access/forgedtokenlook.h"

#include "checks/access/tokenkeys.h"
#include "checks/net/urlhost.h"
#include "checks/tokens/commonsecrets.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForgedToken)
};

// Libraries let a token live on for up to 5 minutes, as clocks differ.
constexpr qint64 kUsualLeewaySeconds = 300;

// "aud" is one name or a list of them (RFC 7519 section 4.1.3).
QStringList audienceOf(const Jwt &token)
{
    const QJsonValue value = token.claims.value(u"aud"_s);
    if (value.isString())
        return {value.toString()};
    QStringList names;
    for (const QJsonValue one : value.toArray())
        names.append(one.toString());
    return names;
}

bool hasOtherAudience(const Jwt &pasted, const Jwt &good)
{
    const QStringList names = audienceOf(pasted);
    const QStringList taken = audienceOf(good);
    const bool isShared = std::ranges::any_of(names, [&](const QString &name) { return taken.contains(name); });
    return !names.isEmpty() && !taken.isEmpty() && !isShared;
}

bool hasOtherIssuer(const Jwt &pasted, const Jwt &good)
{
    const QString name = u"iss"_s;
    return pasted.claims.has(name) && good.claims.has(name) && pasted.claims.value(name) != good.claims.value(name);
}

// Nobody learns its private half, so that one serves all runs: making one takes long.
const std::optional<OwnKey> &ownKey()
{
    static const std::optional<OwnKey> key = OwnKey::made();
    return key;
}

QString whatOf(ForgeryKind kind)
{
    if (kind == ForgeryKind::Expired)
        return u"pasted token that has expired"_s;
    if (kind == ForgeryKind::NotYetValid)
        return u"pasted token that is not yet valid"_s;
    return kind == ForgeryKind::OtherIssuer ? u"pasted token of another issuer"_s
                                            : u"pasted token for another audience"_s;
}

} // namespace

std::optional<ForgeryKind> pastedFaultOf(const Jwt &pasted, const Jwt *good, const NowByBoth &now)
{
    const auto ends = timeClaim(pasted.claims, u"exp"_s);
    const auto begins = timeClaim(pasted.claims, u"nbf"_s);
    if (ends && ends->addSecs(kUsualLeewaySeconds) < now.earliest)
        return ForgeryKind::Expired;
    if (begins && *begins > now.latest.addSecs(kUsualLeewaySeconds))
        return ForgeryKind::NotYetValid;
    if (!good)
        return std::nullopt;
    if (hasOtherIssuer(pasted, *good))
        return ForgeryKind::OtherIssuer;
    return hasOtherAudience(pasted, *good) ? std::optional(ForgeryKind::OtherAudience) : std::nullopt;
}

ForgedTokenRun::ForgedTokenRun(const Look &look, Wire &wire, ActorSession session, std::vector<PastedToken> spare,
                               const TestActor *other)
    : m_look(look),
      m_wire(wire),
      m_session(std::move(session)),
      m_spare(std::move(spare)),
      m_other(other ? std::optional(*other) : std::nullopt)
{
    m_result.actor = m_session.actor().name;
    m_result.at = look.startedAt;
}

QByteArray ForgedTokenRun::said() const
{
    return m_result.token ? m_result.token->claims.compact() : QByteArray();
}

std::optional<HttpResponse> ForgedTokenRun::ask(const std::optional<Secret> &value, ActiveRequest *sent)
{
    const ActiveRequest request = m_spot->dressed(m_result.page.request, value, m_session.actor());
    if (sent)
        *sent = request;
    if (value && m_wire.gate())
        m_wire.gate()->learnSecret(*value);
    auto answer = m_wire.send(request);
    if (!answer) {
        m_result.brokenOff = answer.error().message;
        return std::nullopt;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    return std::move(*answer);
}

// The good value is taken there, and an invented one is not: only then do the answers in between tell anything.
Result<bool> ForgedTokenRun::isSpot(const TokenSpot &spot)
{
    const auto standing = [&](const Secret &value) -> Result<SessionStanding> {
        const auto answer = m_wire.send(spot.dressed(m_result.page.request, value, m_session.actor()));
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        return standingOf(*answer, m_result.page);
    };
    const auto good = standing(spot.value());
    if (!good || *good != SessionStanding::In)
        return good.map([](SessionStanding) { return false; });
    return standing(inventedLike(spot.value())).map([](SessionStanding one) { return one == SessionStanding::Out; });
}

Result<void> ForgedTokenRun::findSpot(const Session &session)
{
    for (const TokenSpot &spot : TokenSpot::of(session)) {
        const auto isGood = isSpot(spot);
        if (!isGood)
            return tl::unexpected<Error>(isGood.error());
        if (!*isGood)
            continue;
        m_spot = spot;
        m_result.place = spot.name();
        m_result.token = jwtIn(spot.value());
        return {};
    }
    return failure(ErrorKind::NotFound,
                   Text::tr("%1 answers the same with and without the token or cookie of %2, or not at all with it: "
                            "what it makes of forged ones cannot be told.")
                       .arg(m_result.page.request.url.toDisplayString(), m_result.actor));
}

bool ForgedTokenRun::isTaken(const Forgery &forgery)
{
    if (isOver())
        return false;
    TriedToken one{.kind = forgery.kind, .what = forgery.what, .request = {}, .answer = {}};
    auto answer = ask(forgery.token, &one.request);
    if (!answer)
        return false;
    one.answer = std::move(*answer);
    const bool taken = standingOf(one.answer, m_result.page, said()) == SessionStanding::In;
    m_result.tried.push_back(std::move(one));
    return taken;
}

void ForgedTokenRun::forgeSecondRound(const Forgery &way)
{
    for (const Forgery &forgery : claimForgeriesOf(*m_result.token, way, QDateTime::currentDateTimeUtc()))
        (void)isTaken(forgery);
}

void ForgedTokenRun::forgeFirstRound()
{
    if (!m_result.token) {
        for (const Forgery &forgery : forgeriesOfOpaque(m_spot->value()))
            (void)isTaken(forgery);
        return;
    }
    std::optional<Forgery> way;
    if (const auto secret = commonSecretOf(*m_result.token, m_look.target.domain)) {
        m_result.hasCommonSecret = true;
        m_result.secretLength = static_cast<int>(secret->reveal().size());
        const Forgery made = signedWithSecret(*m_result.token, *secret);
        if (isTaken(made))
            way = made;
    }
    PublicKeys shown = publicKeysOf(m_look, *m_result.token, m_result.page.request.url);
    const ForgeryKeys keys{
        .spellings = std::move(shown.spellings), .own = ownKey(), .encryption = std::move(shown.encryption)};
    m_result.publishedKeys = static_cast<int>(std::min(keys.spellings.size(), kMostKeySpellings));
    m_result.spellingsLeftOut = static_cast<int>(keys.spellings.size()) - m_result.publishedKeys;
    m_result.hasSigningKey = shown.hasSigningKey;
    for (const Forgery &forgery : forgeriesOf(*m_result.token, keys, QDateTime::currentDateTimeUtc())) {
        const bool taken = isTaken(forgery);
        if (taken && !way && forgery.kind != ForgeryKind::Nested)
            way = forgery;
    }
    if (way)
        forgeSecondRound(*way);
}

// A product may take tokens of several issuers, one per customer, and for several audiences. Only a token whose account
// is asked for at another service is known to be none of this product's.
bool ForgedTokenRun::isOfAnotherService(const TestActor &actor) const
{
    const QString host = hostOf(QUrl(actor.whoAmIUrl));
    const bool isOurs = std::ranges::any_of(m_look.target.hosts, [&](const Host &one) { return one.name == host; }) ||
                        (m_wire.gate() && m_wire.gate()->covers(host));
    return !host.isEmpty() && !isOurs;
}

std::optional<ForgeryKind> ForgedTokenRun::faultOfPasted(const PastedToken &spare) const
{
    const auto token = jwtIn(spare.token);
    if (!token)
        return std::nullopt;
    const Jwt *good = m_result.token ? &*m_result.token : nullptr;
    const auto kind = pastedFaultOf(*token, good, nowByBoth(m_result.page, m_look.startedAt));
    const bool isForOthers = kind == ForgeryKind::OtherIssuer || kind == ForgeryKind::OtherAudience;
    return isForOthers && !isOfAnotherService(spare.actor) ? std::nullopt : kind;
}

void ForgedTokenRun::tryPasted()
{
    int tried = 0;
    for (const PastedToken &spare : m_spare) {
        const auto kind = faultOfPasted(spare);
        if (!kind || isOver())
            continue;
        if (tried == kMostPastedTokens) {
            ++m_result.pastedLeftOut;
            continue;
        }
        ++tried;
        TriedToken one{.kind = *kind, .what = whatOf(*kind), .request = {}, .answer = {}, .pastedBy = spare.actor.name};
        auto answer = ask(spare.token, &one.request);
        if (!answer)
            return;
        one.answer = std::move(*answer);
        // Of the account alone: what stands in the answer that is judged proves nothing about it.
        const std::array others{m_result.page.stranger};
        one.markers = markersOf(spare.actor, {}, others);
        m_result.tried.push_back(std::move(one));
    }
}

// The good token again, and one that nobody made: an account that was locked, or a cache in between, answers otherwise.
void ForgedTokenRun::control()
{
    if (isOver())
        return;
    m_result.inventedLast = ask(inventedLike(m_spot->value()));
    if (!isOver())
        m_result.goodLast = ask(m_spot->value());
}

Result<ForgedTokenLook> ForgedTokenRun::run()
{
    if (auto ready = m_session.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    auto page = findPrivateAnswer(m_look, m_session.actor(), m_wire,
                                  [this](const ActiveRequest &request) { return m_session.ask(request); });
    if (!page)
        return tl::unexpected<Error>(page.error());
    m_result.page = std::move(*page);
    if (auto found = findSpot(m_session.session()); !found)
        return tl::unexpected<Error>(found.error());
    forgeFirstRound();
    tryOtherAccount();
    tryPasted();
    control();
    m_result.known = m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

} // namespace cockpit
