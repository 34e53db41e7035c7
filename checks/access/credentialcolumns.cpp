// The credentials that are none, and what they are called.
#include "checks/access/credentialmatrix.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialMatrix)
};

std::optional<Secret> forgedAs(ForgeryKind kind, const Jwt &token)
{
    for (const Forgery &one : forgeriesOf(token, {}, QDateTime::currentDateTimeUtc())) {
        if (one.kind == kind)
            return one.token;
    }
    return std::nullopt;
}

} // namespace

QString toWord(BadCredential value)
{
    switch (value) {
    case BadCredential::Word:
        return u"word"_s;
    case BadCredential::Invented:
        return u"invented"_s;
    case BadCredential::Altered:
        return u"altered"_s;
    case BadCredential::Unsigned:
        return u"unsigned"_s;
    case BadCredential::Expired:
        return u"expired"_s;
    case BadCredential::Ended:
        return u"ended"_s;
    case BadCredential::OtherKey:
        return u"other_key"_s;
    }
    Q_UNREACHABLE();
}

QString describe(BadCredential value)
{
    switch (value) {
    case BadCredential::Word:
        return Text::tr("any word in the place of the token or cookie");
    case BadCredential::Invented:
        return Text::tr("an invented token or cookie");
    case BadCredential::Altered:
        return Text::tr("a token or cookie with one letter changed");
    case BadCredential::Unsigned:
        return Text::tr("a token without a signature");
    case BadCredential::Expired:
        return Text::tr("a token that has expired");
    case BadCredential::Ended:
        return Text::tr("a session that was signed out");
    case BadCredential::OtherKey:
        return Text::tr("an invented API key");
    }
    Q_UNREACHABLE();
}

std::vector<CredentialColumn> credentialColumns(const Secret &good, const std::optional<Secret> &expired,
                                                const QByteArray &keyHeader)
{
    std::vector<CredentialColumn> columns{{BadCredential::Word, Secret(QByteArray("lctest"))},
                                          {BadCredential::Invented, inventedLike(good)}};
    const auto token = jwtIn(good);
    const auto add = [&](BadCredential kind, const std::optional<Secret> &value) {
        if (value)
            columns.push_back({kind, *value});
    };
    if (token) {
        add(BadCredential::Altered, forgedAs(ForgeryKind::WrongSignature, *token));
        add(BadCredential::Unsigned, forgedAs(ForgeryKind::AlgorithmNone, *token));
    } else if (const auto changed = forgeriesOfOpaque(good); !changed.empty()) {
        columns.push_back({BadCredential::Altered, changed.front().token});
    }
    add(BadCredential::Expired, expired);
    if (!keyHeader.isEmpty())
        columns.push_back(
            {BadCredential::OtherKey, inventedLike(Secret(QByteArray("0a1b2c3d4e5f60718293a4b5c6d7e8f9"))), keyHeader});
    return columns;
}

} // namespace cockpit
