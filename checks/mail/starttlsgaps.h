// mail.starttls, what a look did not get to see, and which findings that may hide (models/unseen.h). Pure.
#pragma once

#include "checks/mail/starttls.h"
#include "models/unseen.h"

namespace cockpit {

struct StartTlsGap
{
    QString why; // a sentence
    std::vector<Unseen> hides;
    bool isSlight = false; // hides advice alone: no reason to withhold a pass
};

// In the order in which they are told; empty when everything was seen.
std::vector<StartTlsGap> gapsIn(const StartTlsFacts &facts);

} // namespace cockpit
