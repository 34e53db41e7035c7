#include "checks/tokens/forgery.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(ForgeryKind value)
{
    switch (value) {
    case ForgeryKind::AlgorithmNone:
        return u"alg_none"_s;
    case ForgeryKind::NoSignature:
        return u"no_signature"_s;
    case ForgeryKind::WrongSignature:
        return u"wrong_signature"_s;
    case ForgeryKind::ChangedHeader:
        return u"changed_header"_s;
    case ForgeryKind::ChangedClaims:
        return u"changed_claims"_s;
    case ForgeryKind::OtherAccount:
        return u"other_account"_s;
    case ForgeryKind::BlankKey:
        return u"blank_key"_s;
    case ForgeryKind::KeyConfusion:
        return u"key_confusion"_s;
    case ForgeryKind::KeyIdFile:
        return u"kid_file"_s;
    case ForgeryKind::KeyIdSql:
        return u"kid_sql"_s;
    case ForgeryKind::EmbeddedKey:
        return u"embedded_key"_s;
    case ForgeryKind::KeyAddress:
        return u"key_address"_s;
    case ForgeryKind::ZeroSignature:
        return u"zero_signature"_s;
    case ForgeryKind::Nested:
        return u"nested"_s;
    case ForgeryKind::KnownSecret:
        return u"known_secret"_s;
    case ForgeryKind::Expired:
        return u"expired"_s;
    case ForgeryKind::NotYetValid:
        return u"not_yet_valid"_s;
    case ForgeryKind::WithoutExpiry:
        return u"without_expiry"_s;
    case ForgeryKind::OtherAudience:
        return u"other_audience"_s;
    case ForgeryKind::OtherIssuer:
        return u"other_issuer"_s;
    case ForgeryKind::UnknownCritical:
        return u"unknown_crit"_s;
    case ForgeryKind::Invented:
        return u"invented"_s;
    case ForgeryKind::Altered:
        return u"altered"_s;
    case ForgeryKind::Cut:
        return u"cut"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
