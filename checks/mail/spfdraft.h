// The SPF record that a domain should publish: repaired, cleaned up, with a service put in or taken out. Pure.
#pragma once

#include "models/recorddraft.h"

#include <QByteArray>

namespace cockpit {

struct SpfWish
{
    QStringList add;    // domains to include
    QStringList remove; // domains whose include (or redirect) goes
    QString ending;     // "~all", "-all"; empty: as it is, or "~all" where it protects nothing

    bool operator==(const SpfWish &) const = default;
};

// published: the texts at the domain that start with v=spf1.
RecordDraft draftSpf(const QString &domain, const std::vector<QByteArray> &published, const SpfWish &wish);

} // namespace cockpit
