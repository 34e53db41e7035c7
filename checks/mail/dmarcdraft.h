// The DMARC record that a domain should publish. Pure.
#pragma once

#include "checks/mail/dmarcrecord.h"
#include "models/recorddraft.h"
#include "models/recordwish.h"

namespace cockpit {

// published: the texts at _dmarc.<domain> that are, or were meant as, a DMARC record. What the owner set beside the
// policy (adkim, aspf, psd=n, ruf with fo) is kept; tags that the standard of 2026 removed go.
RecordDraft draftDmarc(const QString &domain, const std::vector<QByteArray> &published, const DmarcWish &wish);

// A first record: nothing is refused for the domain's own mail yet, made-up subdomains are, reports come in.
QString firstDmarcRecord(const QString &domain, bool sendsNoMail);
// The step after p=none: quarantine, with what the owner set beside the policy kept.
QString nextDmarcRecord(const DmarcRecord &record, const QString &domain);

} // namespace cockpit
