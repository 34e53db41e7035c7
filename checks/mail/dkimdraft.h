// The DKIM record that a provider gave, as it came out of a mail, a web page or a zone file: cleaned, checked, ready to
// publish. Pure.
#pragma once

#include "models/recorddraft.h"
#include "models/recordwish.h"

namespace cockpit {

// published: what stands at the selector today.
RecordDraft draftDkim(const QString &domain, const NameToday &published, const DkimWish &wish);

// The full name that a wish is about; empty when neither field says it.
QString dkimNameOf(const QString &domain, const DkimWish &wish);

} // namespace cockpit
