// The practice company's second product, of another style: pages rendered by the server, a form to sign in with a CSRF
// token, cookie sessions, GraphQL, signed links to files. Two tenants, as in the shop; all in memory. Each DeskFault
// makes one thing wrong; with none, every check passes.
//
// Ids: invoices count; in GraphQL they are global ids, base64 of "Invoice:4" (Relay's convention).
#pragma once

#include "app/practice/shop/deskfault.h"
#include "app/practice/shop/outbox.h"
#include "app/practice/shop/practiceaccount.h"
#include "app/practice/shop/practiceclock.h"
#include "app/practice/shop/requestjournal.h"
#include "app/practice/shop/trylimits.h"
#include "app/practice/webpage.h"

#include <memory>

namespace cockpit {

struct DeskSetup
{
    FaultSet<DeskFault> faults = {};
    QByteArray host = "desk.harbor-ledger.example";
    TryLimits limits = {};
};

struct DeskRouteLine
{
    QByteArray method;
    QByteArray path;   // template: "/invoices/{id}"
    QByteArray access; // "public", "signed_in", "admin"
    bool writes = false;
};

inline const QByteArray kDeskCookie = "desk_session";

class DeskState;

class DeskApp // any thread
{
public:
    explicit DeskApp(DeskSetup setup = {});
    ~DeskApp();
    Q_DISABLE_COPY_MOVE(DeskApp)

    PageReply answer(const PageRequest &request);
    void setFaults(const FaultSet<DeskFault> &faults); // from the next request on
    FaultSet<DeskFault> faults() const;
    void reset(); // records, sessions, limits, outbox, journal and clock as at the start; accounts stay

    const std::vector<PracticeAccount> &accounts() const;
    PracticeAccount account(const QString &tenant, const QString &role) const
    {
        return accountOf(accounts(), tenant, role);
    }
    std::vector<DeskRouteLine> routes() const;
    QByteArray host() const;

    Outbox &outbox();
    RequestJournal &journal();
    PracticeClock &clock();

private:
    const std::unique_ptr<DeskState> m_state;
};

} // namespace cockpit
