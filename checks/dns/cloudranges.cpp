#include "checks/dns/cloudranges.h"

#include "models/providers.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudRanges)
};

Cloud readCloud(StrictObject &entry)
{
    Cloud cloud;
    cloud.id = entry.text(u"id"_s);
    cloud.name = entry.text(u"name"_s);
    cloud.domains = entry.texts(u"domains"_s);
    const QStringList addresses = entry.texts(u"addresses"_s);
    cloud.blocks.reserve(static_cast<size_t>(addresses.size()));
    for (const QString &text : addresses) {
        if (const auto block = parseIpNetwork(text))
            cloud.blocks.push_back(*block);
        else
            entry.complain(u"addresses"_s, Text::tr("%1 is no block of addresses").arg(text));
    }
    entry.refuseOthers();
    return cloud;
}

} // namespace

Result<std::vector<Cloud>> parseClouds(const QByteArray &json)
{
    FirstError error;
    std::vector<Cloud> clouds;
    StrictObject file(QJsonDocument::fromJson(json).object(), u"cloud-ranges"_s, error);
    if (file.wholeNumber(u"schema"_s) != 1)
        file.complain(u"schema"_s, Text::tr("must be 1"));
    file.each(u"clouds"_s, [&](StrictObject &entry) {
        Cloud cloud = readCloud(entry);
        if (std::ranges::find(clouds, cloud.id, &Cloud::id) != clouds.end())
            entry.complain(u"id"_s, Text::tr("is used twice"));
        clouds.push_back(std::move(cloud));
    });
    file.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return clouds;
}

const std::vector<Cloud> &knownClouds()
{
    static const std::vector<Cloud> clouds = [] {
        QFile file(u":/rules/cloud-ranges.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        return parseClouds(opened ? file.readAll() : QByteArray()).value_or(std::vector<Cloud>{});
    }();
    return clouds;
}

const Cloud *cloudAt(const QString &ip)
{
    const auto address = parseIpNetwork(ip);
    if (!address)
        return nullptr;
    const auto isThere = [&](const Provider &provider) { return matchesAddress(provider.addresses, ip); };
    if (std::ranges::any_of(knownProviders(), isThere))
        return nullptr;
    const auto cloud = std::ranges::find_if(knownClouds(), [&](const Cloud &known) {
        return std::ranges::any_of(known.blocks, [&](const IpNetwork &block) { return block.contains(*address); });
    });
    return cloud == knownClouds().end() ? nullptr : &*cloud;
}

} // namespace cockpit
