// Tells the story of one message: reads its header, evaluates SPF, verifies every signature and works out DMARC by both
// standards, with the DNS as it is now.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/messagealignment.h"
#include "checks/mail/messageclues.h"
#include "models/messagestory.h"

#include <QDateTime>

namespace cockpit {

// Blocks while it asks; bounded by the token and deadline of `seen`. BadInput or TooLarge for what is no message,
// Cancelled when stopped meanwhile. What the DNS does not answer is Unknown in the story, never an error.
[[nodiscard]] Result<MessageStory> tellMessage(const MessageInput &input, const QDateTime &now, Observations &seen);

// The same as a MessageReader, with the time of now.
[[nodiscard]] Result<MessageStory> readMessage(const MessageInput &input, const NetOptions &net,
                                               const CancelToken &token);

// What DMARC comes to. The two discoveries and the domain's existence are those of the author's domain.
struct DmarcView
{
    DmarcDiscovery found;
    bool isUnsure = false;
    bool existsInDns = true;
    bool isOld = false; // RFC 7489, which knows neither np nor t
};
DmarcStory judgeMessageDmarc(const DmarcView &view, const QString &authorDomain, const SpfStory &spf,
                             const std::vector<SignatureStory> &signatures);

// Empty when receivers of both standards come to the same.
QString disagreementBetween(const DmarcStory &dmarc, const DmarcStory &oldDmarc);

} // namespace cockpit
