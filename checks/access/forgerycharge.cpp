#include "checks/access/forgerycharge.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForgedToken)
};

} // namespace

ForgeryCharge chargeOf(ForgeryKind kind)
{
    switch (kind) {
    case ForgeryKind::AlgorithmNone:
        return {u"alg_none"_s, Text::tr("Anybody can be anybody: unsigned tokens are taken")};
    case ForgeryKind::NoSignature:
        return {u"signature_stripped"_s, Text::tr("Anybody can be anybody: tokens without a signature are taken")};
    case ForgeryKind::WrongSignature:
    case ForgeryKind::ChangedHeader:
    case ForgeryKind::ChangedClaims:
    case ForgeryKind::OtherAccount:
        return {u"signature_ignored"_s, Text::tr("Anybody can be anybody: the signature of tokens is not checked")};
    case ForgeryKind::BlankKey:
        return {u"blank_key"_s, Text::tr("Anybody can be anybody: tokens signed with an empty key are taken")};
    case ForgeryKind::KeyConfusion:
        return {u"key_confusion"_s, Text::tr("Anybody can be anybody: your public key is taken as the secret")};
    case ForgeryKind::KeyIdFile:
        return {u"kid_file"_s, Text::tr("Anybody can be anybody: a token names the file that its key is read from")};
    case ForgeryKind::KeyIdSql:
        return {u"kid_sql"_s, Text::tr("Anybody can be anybody: a token reaches into the query for its key")};
    case ForgeryKind::EmbeddedKey:
    case ForgeryKind::KeyAddress:
        return {u"embedded_key"_s, Text::tr("Anybody can be anybody: tokens may bring their own key")};
    case ForgeryKind::ZeroSignature:
        return {u"zero_signature"_s, Text::tr("Anybody can be anybody: a signature of zeros is taken")};
    case ForgeryKind::Nested:
        return {u"nested_unsigned"_s, Text::tr("Anybody can be anybody: an encrypted token need not be signed")};
    case ForgeryKind::KnownSecret:
        return {u"weak_secret"_s, Text::tr("Anybody can be anybody: the secret of your tokens is a common one")};
    case ForgeryKind::WithoutExpiry:
        return {u"expired_accepted"_s, Text::tr("Tokens without an end are taken")};
    case ForgeryKind::Expired:
        return {u"expired_accepted"_s, Text::tr("Tokens are taken after they have expired")};
    case ForgeryKind::NotYetValid:
        return {u"not_yet_valid_accepted"_s, Text::tr("Tokens are taken before they are valid")};
    case ForgeryKind::OtherAudience:
        return {u"other_audience_accepted"_s, Text::tr("Tokens that are meant for another service are taken")};
    case ForgeryKind::OtherIssuer:
        return {u"other_issuer_accepted"_s, Text::tr("Tokens of another issuer are taken")};
    case ForgeryKind::UnknownCritical:
        return {u"unknown_crit_accepted"_s, Text::tr("Tokens with conditions that nobody understands are taken")};
    case ForgeryKind::Invented:
    case ForgeryKind::Altered:
    case ForgeryKind::Cut:
        return {u"altered_accepted"_s, Text::tr("Altered session values are taken")};
    }
    Q_UNREACHABLE();
}

Severity severityOf(ForgeryKind kind)
{
    using enum ForgeryKind;
    constexpr std::array kOfTokensOnceGood{Expired, WithoutExpiry, OtherAudience, OtherIssuer, Altered, Cut};
    if (std::ranges::find(kOfTokensOnceGood, kind) != kOfTokensOnceGood.end())
        return Severity::High;
    // Whoever forges is whoever he likes.
    return kind == NotYetValid || kind == UnknownCritical ? Severity::Medium : Severity::Critical;
}

} // namespace cockpit
