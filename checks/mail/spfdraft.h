// The SPF record that a domain should publish: repaired, cleaned up, with a service put in or taken out. Pure.
#pragma once

#include "models/recorddraft.h"
#include "models/recordwish.h"

#include <QByteArray>

namespace cockpit {

// published: the texts at the domain that start with v=spf1.
RecordDraft draftSpf(const QString &domain, const std::vector<QByteArray> &published, const SpfWish &wish);

} // namespace cockpit
