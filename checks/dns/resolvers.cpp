#include "checks/dns/resolvers.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Resolvers)
};

const std::vector<NamedResolver> &publicResolvers()
{
    static const std::vector<NamedResolver> resolvers = [] {
        QFile file(u":/rules/public-resolvers.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        return parseResolvers(opened ? file.readAll() : QByteArray()).value_or(std::vector<NamedResolver>{});
    }();
    return resolvers;
}

} // namespace

Result<std::vector<NamedResolver>> parseResolvers(const QByteArray &json)
{
    std::vector<NamedResolver> resolvers;
    const QJsonArray list = QJsonDocument::fromJson(json).object().value("resolvers"_L1).toArray();
    for (const QJsonValue value : list) {
        const QString name = value["name"_L1].toString();
        const auto address = parseResolver(value["address"_L1].toString());
        if (name.isEmpty() || !address)
            return failure(
                ErrorKind::BadInput,
                Text::tr("The public resolver \"%1\" is not usable: it needs a name and an address.").arg(name));
        resolvers.push_back({name, *address, false});
    }
    if (resolvers.empty())
        return failure(ErrorKind::BadInput, Text::tr("The list of public resolvers is empty."));
    return resolvers;
}

std::vector<NamedResolver> resolversToCompare(const NetOptions &options)
{
    if (options.resolvers.empty()) {
        std::vector<NamedResolver> all{{Text::tr("the resolver of this computer"), std::nullopt, true}};
        all.insert(all.end(), publicResolvers().begin(), publicResolvers().end());
        return all;
    }
    std::vector<NamedResolver> given;
    for (const SocketAddress &address : options.resolvers)
        given.push_back({address.toString(), address, false});
    return given;
}

} // namespace cockpit
