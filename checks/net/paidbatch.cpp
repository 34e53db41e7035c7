// A batch on a thread that somebody pays for: each exchange has leave of its own.
#include "checks/net/httpbatch.h"

#include <algorithm>

namespace cockpit {

// Nobody's slot at the host is held while the pace has this worker wait.
void HttpBatch::startNextPaid()
{
    if (m_running > 0)
        return;
    for (auto &[name, origin] : m_origins)
        origin.passes.clear();
    for (auto &[name, origin] : m_origins) {
        if (origin.waiting.empty() || !isLetOut(origin, m_items[origin.waiting.front()]))
            continue;
        auto pass =
            m_context.gate.enter(name, m_context.token, Deadline::in(kLongestBlindWait).earlierOf(m_context.deadline));
        if (pass) {
            origin.passes.push_back(std::move(pass));
            start(origin);
        }
        return; // what is full is asked again in the next turn
    }
}

// Once for each. Where there is no leave, the rest for that origin goes without, too.
bool HttpBatch::isLetOut(Origin &origin, Item &item)
{
    if (item.letOutAt)
        return true;
    const Visit visit{item.question->method, item.question->url, item.addresses};
    if (const auto leave = m_payer->letOut(visit); !leave) {
        giveUpWaiting(origin, leave.error());
        return false;
    }
    item.letOutAt = Clock::now();
    return true;
}

void HttpBatch::tellPayer(const Item &item, const Result<int> &status)
{
    if (!item.letOutAt)
        return;
    const Visit visit{item.question->method, item.question->url, item.addresses};
    m_payer->ended(visit, status, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *item.letOutAt));
}

// A server may end a kept connection just as it is used again, and what only reads may then be sent once more (RFC 9112
// section 9.3.1). Whether the first one arrived nobody knows: it counts.
bool HttpBatch::mayTryAgain(const Item &item) const
{
    return item.letOutAt && !item.isSecondTry && item.transfer->wouldBeSentAgain();
}

void HttpBatch::tryAgain(Item &item)
{
    tellPayer(item, failure(ErrorKind::Protocol, {}));
    item.letOutAt.reset();
    item.isSecondTry = true;
    item.transfer = std::make_unique<HttpTransfer>(*item.question, item.addresses, m_roots, Sending{.once = true});
    m_origins[item.origin].waiting.push_front(static_cast<std::size_t>(&item - m_items.data()));
}

} // namespace cockpit
