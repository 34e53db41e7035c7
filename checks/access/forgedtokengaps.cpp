#include "checks/access/forgedtokengaps.h"

#include "checks/access/forgerycharge.h"
#include "checks/actors/likeness.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForgedToken)
};

class ForgeryGaps
{
public:
    explicit ForgeryGaps(const ForgedTokenLook &look) : m_look(look) {}
    std::vector<ForgeryGap> all();

private:
    bool isTried(ForgeryKind kind) const
    {
        return std::ranges::find(m_look.tried, kind, &TriedToken::kind) != m_look.tried.end();
    }
    void add(ForgeryKind kind, const QString &sentence, const QString &what = {})
    {
        if (!isTried(kind))
            m_gaps.push_back({toWord(kind), chargeOf(kind).code, sentence, what});
    }
    void addKeys();
    void addPasted();
    void addOther(ForgeryKind kind, const QString &claim, const QString &sentence);
    void addSignerOnly();
    void addLeftOut();

    const ForgedTokenLook &m_look;
    std::vector<ForgeryGap> m_gaps;
};

void ForgeryGaps::addKeys()
{
    const QString algorithm = m_look.token->algorithm();
    const bool isShared = isHmacAlgorithm(algorithm);
    // A certificate's key alone is not the one that signs.
    if (!isShared && !m_look.hasSigningKey)
        m_gaps.push_back({toWord(ForgeryKind::KeyConfusion),
                          chargeOf(ForgeryKind::KeyConfusion).code,
                          Text::tr("The public key that belongs to %1 tokens of this product was not found (no key set "
                                   "at /.well-known/jwks.json): whether it is taken as the secret could not be tried.")
                              .arg(algorithm),
                          {}});
    for (const ForgeryKind kind : {ForgeryKind::EmbeddedKey, ForgeryKind::KeyAddress})
        add(kind,
            Text::tr("No key could be made on this computer: whether a token may bring its own key (%1) could not "
                     "be tried.")
                .arg(kind == ForgeryKind::EmbeddedKey ? u"jwk"_s : u"jku"_s));
}

void ForgeryGaps::addOther(ForgeryKind kind, const QString &claim, const QString &sentence)
{
    const QString absent =
        Text::tr("The token of %1 does not say it (no claim %2): whether a product that is not meant "
                 "refuses it could not be tried.")
            .arg(m_look.actor, claim);
    add(kind, m_look.token->claims.has(claim) ? sentence : absent);
}

// What a sound product can be asked with tokens that its own signer made.
void ForgeryGaps::addPasted()
{
    add(ForgeryKind::Expired,
        Text::tr("Whether an expired token is refused could not be tried: add a test account with "
                 "a pasted token that has expired."));
    addOther(
        ForgeryKind::OtherAudience, u"aud"_s,
        Text::tr("Whether a token for another service (aud) is refused could not be tried: add a test account with "
                 "a pasted token of another service."));
    addOther(
        ForgeryKind::OtherIssuer, u"iss"_s,
        Text::tr("Whether a token of another issuer (iss) is refused could not be tried: add a test account with a "
                 "pasted token of another issuer."));
}

// Without a key or a hole that makes up for one, such a token can come from the product alone.
void ForgeryGaps::addSignerOnly()
{
    add(ForgeryKind::NotYetValid, {}, Text::tr("a beginning in the future (nbf)"));
    if (m_look.token->claims.has(u"exp"_s))
        add(ForgeryKind::WithoutExpiry, {}, Text::tr("no end (exp)"));
    add(ForgeryKind::UnknownCritical, {}, Text::tr("a condition that nobody understands (crit)"));
}

void ForgeryGaps::addLeftOut()
{
    if (m_look.spellingsLeftOut > 0)
        m_gaps.push_back({u"published_keys"_s,
                          chargeOf(ForgeryKind::KeyConfusion).code,
                          Text::tr("Not tried as the secret: %n more spelling(s) of published keys.", nullptr,
                                   m_look.spellingsLeftOut),
                          {}});
    if (m_look.pastedLeftOut > 0)
        m_gaps.push_back({u"pasted_tokens"_s,
                          {},
                          Text::tr("Not tried: %n more pasted token(s).", nullptr, m_look.pastedLeftOut),
                          {}});
}

std::vector<ForgeryGap> ForgeryGaps::all()
{
    if (m_look.token) {
        add(ForgeryKind::OtherAccount, m_look.noOtherAccount);
        addKeys();
        addPasted();
        addSignerOnly();
    }
    addLeftOut();
    return std::move(m_gaps);
}

} // namespace

SessionStanding standingIn(const ForgedTokenLook &look, const TriedToken &one)
{
    const QByteArray said = (look.token ? look.token->claims.compact() : QByteArray()) + one.claims;
    const SessionStanding standing = standingOf(one.answer, look.page, said);
    if (standing == SessionStanding::In || !one.markers || one.markers->isEmpty())
        return standing;
    // What anybody gets with an invented token as well proves nothing of an account that was put into this one.
    const bool isForAll = look.inventedLast && one.markers->areIn(*look.inventedLast);
    if (one.kind == ForgeryKind::OtherAccount && isForAll)
        return standing;
    PrivateAnswer theirs = look.page;
    theirs.markers = *one.markers;
    return standingOf(one.answer, theirs, said);
}

bool isTakenWithoutProof(const ForgedTokenLook &look, const TriedToken &one)
{
    if (one.kind != ForgeryKind::OtherAccount || standingIn(look, one) != SessionStanding::Unclear)
        return false;
    int refused = 0;
    for (const TriedToken &control : look.tried) {
        if (control.kind != ForgeryKind::NoSignature)
            continue;
        if (standingIn(look, control) != SessionStanding::Out)
            return false;
        ++refused;
    }
    const Likeness likeness = likenessOf(one.answer, look.page.good);
    return refused > 0 && isSuccess(one.answer) && (likeness == Likeness::Same || likeness == Likeness::SameShape);
}

std::vector<ForgeryGap> forgeryGapsOf(const ForgedTokenLook &look)
{
    return look.brokenOff.isEmpty() ? ForgeryGaps(look).all() : std::vector<ForgeryGap>();
}

LookGaps toldOf(const std::vector<ForgeryGap> &gaps)
{
    LookGaps told;
    for (const ForgeryGap &gap : gaps)
        told.add(LookGap{{{.code = gap.code}}, gap.sentence, gap.sentence.isEmpty()}); // the summary names such tokens
    return told;
}

QString signerOnlyWords(const std::vector<ForgeryGap> &gaps)
{
    QStringList words;
    for (const ForgeryGap &gap : gaps) {
        if (gap.sentence.isEmpty())
            words.append(gap.what);
    }
    return words.join(u", "_s);
}

QJsonArray notTriedRows(const std::vector<ForgeryGap> &gaps)
{
    QJsonArray rows;
    for (const ForgeryGap &gap : gaps)
        rows.append(
            QJsonObject{{u"kind"_s, gap.word}, {u"why"_s, gap.sentence.isEmpty() ? u"signer_only"_s : gap.sentence}});
    return rows;
}

} // namespace cockpit
