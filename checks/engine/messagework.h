// What the window asks for about messages. Both block, run on a worker, and end within 100 ms of a cancelled token.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/delivery.h"
#include "models/messagestory.h"
#include "models/secret.h"

#include <functional>

namespace cockpit {

using MessageReader =
    std::function<Result<MessageStory>(const MessageInput &, const NetOptions &, const CancelToken &)>;
using MessageSender = std::function<Result<SentMessage>(const DeliverySetup &, const Secret &password,
                                                        const NetOptions &, const CancelToken &)>;
// Signs in to the account that messages go out through and sends none: a sentence. Errors: NotPermitted when the server
// refused the user name or the password; any other says nothing about them.
using MailSignIn = std::function<Result<QString>(const DeliverySetup &, const Secret &password, const NetOptions &,
                                                 const CancelToken &)>;

} // namespace cockpit
