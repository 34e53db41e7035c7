// The practice company's back office, a product of another style than its API: pages, a form to sign in, a session in a
// cookie, GraphQL (shop/deskapp.h). And what the founder has told the program of it.
#pragma once

#include "app/practice/practicekeeper.h"
#include "app/practice/shop/cachingproxy.h"
#include "app/practice/shop/deskapp.h"

#include <optional>
#include <vector>

namespace cockpit {

// The desk's faults that the practice company has; what an audit makes of them stands in faults.h.
FaultSet<DeskFault> practiceDeskFaults();

class PracticeDesk
{
public:
    explicit PracticeDesk(const FaultSet<DeskFault> &faults);
    Q_DISABLE_COPY_MOVE(PracticeDesk)

    PageReply answer(const PageRequest &request) { return m_cache.answer(request); } // any thread
    const DeskApp &desk() const { return m_desk; }

    std::vector<Route> routes() const;
    std::vector<RouteSample> samples() const;
    // An admin and a member of each customer, and one that may be locked out.
    const std::vector<PracticeKeeper> &keepers() const { return m_keepers; }

private:
    DeskApp m_desk;
    CachingProxy m_cache;
    std::vector<PracticeKeeper> m_keepers;
};

} // namespace cockpit
