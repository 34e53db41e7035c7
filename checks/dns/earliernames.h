// Names that an earlier look knew and that no source names today, while a source is missing. They are asked for again:
// so that what is repaired is seen to be, and what is there is looked at as before.
#pragma once

#include "checks/dns/foundnames.h"

#include <QJsonObject>

namespace cockpit {

struct EarlierName
{
    QString name;                         // A-labels; "*.example.com" for what a wildcard led to
    std::vector<NameSource> sources = {}; // empty: not remembered
};

// Of an earlier look at the inventory, by what it observed: those that it listed, with where they were learnt, and
// those that it did not see either.
std::vector<EarlierName> earlierNames(const QJsonObject &inventory);

// Adds those that are there to the names that were found. Says of which nobody knows whether they are; those that do
// not exist are neither. With all sources heard nobody is asked: who is not named then is not of the product any more.
QStringList askForEarlier(const std::vector<EarlierName> &earlier, const QString &domain, FoundNames &found,
                          Observations &seen);

} // namespace cockpit
