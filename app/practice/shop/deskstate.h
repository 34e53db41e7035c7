// What the desk keeps in memory, and one request to it on its way through.
#pragma once

#include "app/practice/shop/deskapp.h"
#include "app/practice/shop/deskidentity.h"
#include "app/practice/shop/shopcall.h"

#include <map>
#include <mutex>

namespace cockpit::desk {

constexpr std::chrono::minutes kIdleLife(30);
constexpr std::chrono::hours kWholeLife(12);

struct Invoice
{
    int id = 0;
    int tenant = 0;
    QString memo;
    int cents = 0;
    QString status;
};

struct Session
{
    QByteArray csrf;
    int account = 0; // 0: not signed in
    qint64 since = 0;
    qint64 lastSeen = 0;
};

// A sign-in by the company's authorization server, on its way.
struct SignOnTrip
{
    QByteArray state;
    QByteArray verifier;
    qint64 since = 0;
};

// All that reset() makes anew.
struct Store
{
    std::vector<shop::Account> accounts;
    std::vector<Invoice> invoices;
    std::map<QByteArray, Session> sessions;  // by the cookie's value
    std::map<QByteArray, QByteArray> shared; // sessions by the visitor's address, where these share one
    std::map<QByteArray, shop::ResetLink> resets;
    std::map<QByteArray, SignOnTrip> trips;        // by the value of the trip's cookie
    std::map<QByteArray, AuthorizationCode> codes; // that were not redeemed yet
    TryCounter tries;
    int lastId = 100;

    shop::Account *accountById(int id);
    shop::Account *accountByEmail(const QString &email);
    Invoice *invoice(int id);
};

Store newStore(const std::vector<PracticeAccount> &accounts);

} // namespace cockpit::desk

namespace cockpit {

class DeskState
{
public:
    explicit DeskState(DeskSetup given);
    bool has(DeskFault fault) const { return setup.faults.has(fault); }

    std::mutex lock; // over setup.faults and store
    DeskSetup setup;
    const std::vector<PracticeAccount> accounts;
    const QByteArray linkSecret;
    desk::Store store;
    Outbox outbox;
    RequestJournal journal;
    PracticeClock clock;
};

} // namespace cockpit

namespace cockpit::desk {

struct Call
{
    DeskState &desk;
    const PageRequest &request;
    QUrlQuery query = {};
    QUrlQuery form = {};
    QStringList holes = {};
    QByteArray sessionId = {}; // the cookie's value, of a session that is alive
    shop::Account caller = {}; // id 0: nobody
    bool seesAll = false;      // came past the rules without a session
    bool countedATry = false;  // in this request
    std::chrono::milliseconds wait{0};

    bool has(DeskFault fault) const { return desk.has(fault); }
    Store &store() const { return desk.store; }
    QString field(const char *name) const; // of the form, decoded
    Session &session() const { return desk.store.sessions[sessionId]; }
    bool isOwn(int tenant) const { return seesAll || tenant == caller.tenant; }
};

using Handler = PageReply (*)(Call &);

struct Route
{
    QByteArray method;
    QByteArray path;
    shop::Access access = shop::Access::Public;
    Handler handler = nullptr;
    bool isForm = false; // with its CSRF token
};

const std::vector<Route> &routes();

// Pages (deskpages.cpp, desksignin.cpp)
PageReply home(Call &call);
PageReply loginForm(Call &call);
PageReply signIn(Call &call);
PageReply signOut(Call &call);
PageReply forgotForm(Call &call);
PageReply forgot(Call &call);
PageReply resetForm(Call &call);
PageReply reset(Call &call);
PageReply dashboard(Call &call);
PageReply accountPage(Call &call);
PageReply changeAccount(Call &call);
PageReply changePassword(Call &call);
PageReply usersPage(Call &call);
PageReply changeUser(Call &call);
// Signing in by the company's authorization server (desksignon.cpp), and that server (deskidentity.h)
PageReply beginSignOn(Call &call);
PageReply finishSignOn(Call &call);
PageReply authorizationPage(Call &call);
PageReply authorizationAnswer(Call &call);
// Invoices (deskinvoices.cpp)
PageReply listInvoices(Call &call);
PageReply showInvoice(Call &call);
PageReply showInvoiceByQuery(Call &call);
PageReply exportInvoices(Call &call);
PageReply search(Call &call);
PageReply createInvoice(Call &call);
PageReply changeInvoice(Call &call);
PageReply removeInvoice(Call &call);
PageReply file(Call &call);
// GraphQL (deskgraphql.cpp)
PageReply graphQl(Call &call);

PageReply seeOther(const QByteArray &where);
// A page of the desk with its links; form: the fields of a form that posts to `action`.
PageReply page(const Call &call, const QByteArray &title, const QByteArray &body, int status = 200);
QByteArray formOf(Call &call, const QByteArray &action, const QByteArray &fields, const QByteArray &button);
// Sets the cookie of a new session with nobody in it, when the visitor has none.
void keepSession(Call &call, PageReply &reply);
QByteArray cookieLine(const Call &call, const QByteArray &id);
QByteArray newSession(Call &call, int account);

// Tries at the password (desktries.cpp)
std::optional<PageReply> heldBack(const Call &call, const QString &email);
void countFailure(Call &call, const QString &email);
void forgetFailures(Call &call, const QString &email);
// Counts one letter to that address, asked for by whoever.
std::optional<PageReply> tooManyLetters(Call &call, const QString &email);
// The account when the password is right; counts the failure when not.
shop::Account *checkedAccount(Call &call, const QString &email, const QString &password);

} // namespace cockpit::desk
