#include "models/providers.h"

#include "models/ipnetwork.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Providers)
};

constexpr std::array kKinds{ProviderKind::Dns,    ProviderKind::Edge,    ProviderKind::Hosting,
                            ProviderKind::MailIn, ProviderKind::MailOut, ProviderKind::Service};

struct StringField
{
    QLatin1StringView key;
    QStringList Provider::*member;
};
const std::array kStringFields{
    StringField{"ns"_L1, &Provider::ns},
    StringField{"cname"_L1, &Provider::cname},
    StringField{"addresses"_L1, &Provider::addresses},
    StringField{"cookies"_L1, &Provider::cookies},
    StringField{"mx"_L1, &Provider::mx},
    StringField{"spf"_L1, &Provider::spf},
    StringField{"txt"_L1, &Provider::txt},
    StringField{"pages"_L1, &Provider::pages},
    StringField{"match"_L1, &Provider::takes},
    StringField{"miss"_L1, &Provider::leaves},
};

tl::unexpected<Error> wrongEntry(const QString &id, const QString &what)
{
    return failure(ErrorKind::BadInput, Text::tr("The entry \"%1\" of the provider list: %2").arg(id, what));
}

Result<QStringList> readStrings(const QString &id, const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue element : value.toArray()) {
        if (element.toString().isEmpty())
            return wrongEntry(id, Text::tr("a pattern is empty or not a text."));
        list << element.toString();
    }
    return list;
}

Result<std::vector<HeaderMark>> readHeaders(const QString &id, const QJsonArray &array)
{
    std::vector<HeaderMark> headers;
    for (const QJsonValue element : array) {
        const HeaderMark mark{element["name"_L1].toString(), element["value"_L1].toString()};
        if (mark.name.isEmpty() || mark.name != mark.name.toLower())
            return wrongEntry(id, Text::tr("a header has no name, or one that is not in lower case."));
        headers.push_back(mark);
    }
    return headers;
}

Result<std::vector<ProviderKind>> readKinds(const QString &id, const QJsonArray &array)
{
    std::vector<ProviderKind> kinds;
    for (const QJsonValue element : array) {
        const auto kind = std::ranges::find(kKinds, element.toString(), [](ProviderKind k) { return toWord(k); });
        if (kind == kKinds.end())
            return wrongEntry(id, Text::tr("\"%1\" is no kind of provider.").arg(element.toString()));
        kinds.push_back(*kind);
    }
    if (kinds.empty())
        return wrongEntry(id, Text::tr("it has no kind."));
    return kinds;
}

Result<void> refuseUnknownFields(const QString &id, const QJsonObject &object)
{
    static const QStringList others{u"id"_s, u"name"_s, u"kinds"_s, u"headers"_s};
    for (const QString &key : object.keys()) {
        const bool isKnown = others.contains(key) ||
                             std::ranges::any_of(kStringFields, [&](const StringField &f) { return key == f.key; });
        if (!isKnown)
            return wrongEntry(id, Text::tr("\"%1\" is no field of a provider.").arg(key));
    }
    return {};
}

Result<Provider> readProvider(const QJsonObject &object)
{
    Provider provider;
    provider.id = object["id"_L1].toString();
    provider.name = object["name"_L1].toString();
    static const QRegularExpression idForm(u"^[a-z0-9][a-z0-9-]*$"_s);
    if (!idForm.match(provider.id).hasMatch() || provider.name.isEmpty())
        return wrongEntry(provider.id, Text::tr("it needs an id of small letters and a name."));
    if (const Result<void> fields = refuseUnknownFields(provider.id, object); !fields)
        return tl::unexpected<Error>(fields.error());
    for (const StringField &field : kStringFields) {
        Result<QStringList> list = readStrings(provider.id, object[field.key]);
        if (!list)
            return tl::unexpected<Error>(list.error());
        provider.*field.member = std::move(*list);
    }
    for (const QString &block : provider.addresses) {
        if (!parseIpNetwork(block))
            return wrongEntry(provider.id, Text::tr("\"%1\" is no address block.").arg(block));
    }
    Result<std::vector<HeaderMark>> headers = readHeaders(provider.id, object["headers"_L1].toArray());
    if (!headers)
        return tl::unexpected<Error>(headers.error());
    provider.headers = std::move(*headers);
    Result<std::vector<ProviderKind>> kinds = readKinds(provider.id, object["kinds"_L1].toArray());
    if (!kinds)
        return tl::unexpected<Error>(kinds.error());
    provider.kinds = std::move(*kinds);
    return provider;
}

} // namespace

QString toWord(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::Dns:
        return u"dns"_s;
    case ProviderKind::Edge:
        return u"edge"_s;
    case ProviderKind::Hosting:
        return u"hosting"_s;
    case ProviderKind::MailIn:
        return u"mail_in"_s;
    case ProviderKind::MailOut:
        return u"mail_out"_s;
    case ProviderKind::Service:
        return u"service"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ProviderKind> providerKindFromWord(QStringView word)
{
    const auto kind = std::ranges::find_if(kKinds, [&](ProviderKind candidate) { return toWord(candidate) == word; });
    return kind == kKinds.end() ? std::nullopt : std::optional(*kind);
}

QString labelOf(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::Dns:
        return Text::tr("DNS");
    case ProviderKind::Edge:
        return Text::tr("Edge network");
    case ProviderKind::Hosting:
        return Text::tr("Hosting");
    case ProviderKind::MailIn:
        return Text::tr("Incoming mail");
    case ProviderKind::MailOut:
        return Text::tr("Outgoing mail");
    case ProviderKind::Service:
        return Text::tr("Connected service");
    }
    Q_UNREACHABLE();
}

bool Provider::is(ProviderKind kind) const
{
    return std::ranges::find(kinds, kind) != kinds.end();
}

Result<std::vector<Provider>> parseProviders(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (document.isNull())
        return failure(ErrorKind::BadInput, Text::tr("The provider list is not JSON."), problem.errorString());
    std::vector<Provider> providers;
    QStringList ids;
    for (const QJsonValue value : document["providers"_L1].toArray()) {
        Result<Provider> provider = readProvider(value.toObject());
        if (!provider)
            return tl::unexpected<Error>(provider.error());
        if (ids.contains(provider->id))
            return wrongEntry(provider->id, Text::tr("the id stands there twice."));
        ids << provider->id;
        providers.push_back(std::move(*provider));
    }
    if (providers.empty())
        return failure(ErrorKind::BadInput, Text::tr("The provider list is empty."));
    return providers;
}

const std::vector<Provider> &knownProviders()
{
    static const std::vector<Provider> providers = [] {
        QFile file(u":/providers.json"_s);
        const bool isThere = file.open(QIODevice::ReadOnly);
        Result<std::vector<Provider>> parsed = parseProviders(isThere ? file.readAll() : QByteArray());
        Q_ASSERT(parsed); // compiled in, and read by a test
        return parsed ? std::move(*parsed) : std::vector<Provider>();
    }();
    return providers;
}

} // namespace cockpit
