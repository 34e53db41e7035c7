// Addresses that clouds hand from one customer to the next (resources/rules/cloud-ranges.json): the large blocks that
// they publish as theirs. An address that is not in them says nothing.
#pragma once

#include "models/ipnetwork.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct Cloud
{
    QString id;
    QString name;
    QStringList domains; // the cloud's own: a certificate for these is no other customer's
    std::vector<IpNetwork> blocks;

    bool operator==(const Cloud &) const = default;
};

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<std::vector<Cloud>> parseClouds(const QByteArray &json);
// Those that come with the program. Any thread.
const std::vector<Cloud> &knownClouds();

// Whose address that is; null when it is nobody's, or stands for a service in front of many sites
// (models/providers.h), which knows its customers by name.
const Cloud *cloudAt(const QString &ip);

} // namespace cockpit
