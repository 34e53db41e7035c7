// The values of one account put where its sign-in wants them.
#include "checks/actors/signinparts.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

HoleValues holeValuesFor(const TestActor &actor, const Secret &entry)
{
    HoleValues values = holeValuesOf(entry);
    values[u"user"_s] = Secret(actor.userName.toUtf8());
    values[u"client_id"_s] = Secret(actor.signIn.clientId.toUtf8());
    return values;
}

Result<QUrl> filledAddress(const QString &address, const HoleValues &values)
{
    const auto text = filled(address, values, "application/x-www-form-urlencoded");
    if (!text)
        return tl::unexpected<Error>(text.error());
    return QUrl(QString::fromUtf8(text->reveal()));
}

Result<std::vector<std::pair<QByteArray, Secret>>> filledHeaders(const SignIn &how, const HoleValues &values)
{
    std::vector<std::pair<QByteArray, Secret>> headers;
    for (const auto &[name, value] : how.headers) {
        auto text = filled(value, values, {});
        if (!text)
            return tl::unexpected<Error>(text.error());
        headers.emplace_back(name.toLatin1(), std::move(*text));
    }
    return headers;
}

QByteArray OAuthSelf::basicHeader() const
{
    const QByteArray pair = id.toPercentEncoding() + ':' + secret->reveal().toPercentEncoding();
    return "Basic " + pair.toBase64();
}

std::vector<std::pair<QByteArray, QByteArray>> OAuthSelf::bodyFields(bool secretInBody) const
{
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    if (secretInBody || !secret)
        fields.emplace_back("client_id", id);
    if (secretInBody && secret)
        fields.emplace_back("client_secret", secret->reveal());
    return fields;
}

OAuthSelf oauthSelfOf(const TestActor &actor, const HoleValues &values)
{
    const SignIn &how = actor.signIn;
    const bool isClient = how.kind == SignInKind::OAuthClient;
    const auto secret = values.find(isClient ? u"password"_s : u"client_secret"_s);
    return {.id = (isClient && how.clientId.isEmpty() ? actor.userName : how.clientId).toUtf8(),
            .secret = secret == values.end() ? std::nullopt : std::optional(secret->second)};
}

} // namespace cockpit
