// mail.starttls, the part about servers that could not be talked to: whose fault that is.
#pragma once

#include "checks/mail/starttls.h"

namespace cockpit {

Finding startTlsFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                        const QString &host);

// The judgement when there is nothing to judge, because the network lets no mail connections out. Empty otherwise.
std::optional<Judged> whyNobodyWasReached(const StartTlsFacts &facts);
// Servers that do not answer or are no mail servers, where that is not our own network's doing.
std::vector<Finding> judgeSilence(const StartTlsFacts &facts);
bool toldAboutEncryption(const MailServerSeen &server);
// Why a server did not tell.
QString whyUnknown(const MailServerSeen &server);
// Why no server said anything about encryption: all declined, or lie where our network does not reach.
QString whyNothingIsKnown(const StartTlsFacts &facts);

} // namespace cockpit
