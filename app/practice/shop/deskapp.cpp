#include "app/practice/shop/deskapp.h"

#include "app/practice/shop/deskstate.h"
#include "app/practice/shop/livesocket.h"
#include "app/practice/shop/shopgate.h"

#include <algorithm>
#include <thread>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using desk::Call;
using shop::Access;
using enum DeskFault;

constexpr qsizetype kMostBody = 256LL * 1024;

struct Found
{
    const desk::Route *route = nullptr;
    const desk::Route *rule = nullptr; // whose rule is asked
    QStringList holes = {};
    bool isPastTheRules = false;
    bool isPath = false; // there, with another method
};

std::optional<QStringList> holesOf(const QByteArray &pattern, const QByteArray &path, Qt::CaseSensitivity letters)
{
    const QByteArrayList wanted = pattern.split('/');
    const QByteArrayList given = path.split('/');
    if (wanted.size() != given.size())
        return {};
    QStringList holes;
    for (qsizetype at = 0; at < wanted.size(); ++at) {
        if (wanted[at].startsWith('{'))
            holes.append(QString::fromUtf8(QByteArray::fromPercentEncoding(given[at])));
        else if (wanted[at].compare(given[at], letters) != 0)
            return {};
    }
    return holes;
}

Found lookUp(const QByteArray &method, const QByteArray &path, Qt::CaseSensitivity letters = Qt::CaseSensitive)
{
    Found found;
    for (const desk::Route &route : desk::routes()) {
        const auto holes = holesOf(route.path, path, letters);
        if (holes && route.method == method)
            return {.route = &route, .rule = &route, .holes = *holes, .isPath = true};
        found.isPath = found.isPath || holes;
    }
    return found;
}

// "/account/lc.css" means "/account" to a router that reads the beginning only.
QByteArray withoutFileName(const QByteArray &path)
{
    const QByteArray rest = path.mid(QByteArray("/account").size()).toLower();
    const bool isAppended = rest.startsWith('/') || rest.startsWith(';') || rest.startsWith('%');
    const bool isFile = rest.endsWith(".css") || rest.endsWith(".js") || rest.endsWith(".ico");
    return path.startsWith("/account") && isAppended && isFile ? QByteArray("/account") : path;
}

Found find(const Call &call)
{
    const QByteArray method = call.request.method == "HEAD" ? "GET" : call.request.method;
    QByteArray path = call.has(CacheDeception) ? withoutFileName(call.request.path()) : call.request.path();
    Found found = lookUp(method, path);
    if (!found.isPath) {
        while (call.has(DoubleSlashBypass) && path.contains("//"))
            path.replace("//", "/");
        found = lookUp(method, path, call.has(PathCaseBypass) ? Qt::CaseInsensitive : Qt::CaseSensitive);
        found.isPastTheRules = true;
    }
    const QByteArray header = call.request.header("x-http-method-override").toUpper();
    const QByteArray other = header.isEmpty() ? call.field("_method").toUpper().toLatin1() : header;
    if (call.has(MethodOverride) && !other.isEmpty()) {
        const desk::Route *wire = found.route;
        found = lookUp(other, path);
        found.rule = wire;
        found.isPastTheRules = !wire;
    }
    return found;
}

void findSession(Call &call)
{
    auto &sessions = call.store().sessions;
    const QByteArray id = shop::cookieOf(call.request, kDeskCookie);
    const qint64 now = call.desk.clock.seconds();
    auto found = sessions.find(id);
    if (found == sessions.end() && call.has(SessionFixation) && !id.isEmpty()) // whatever the visitor brings
        found = sessions.emplace(id, desk::Session{randomText(32), 0, now, now}).first;
    if (found == sessions.end())
        return;
    const std::chrono::seconds idle = desk::kIdleLife;
    const std::chrono::seconds whole = desk::kWholeLife;
    const bool isOver = now - found->second.lastSeen > idle.count() || now - found->second.since > whole.count();
    if (isOver && !call.has(SessionForEver)) {
        sessions.erase(found);
        return;
    }
    found->second.lastSeen = now;
    call.sessionId = id;
    if (const shop::Account *account = call.store().accountById(found->second.account))
        call.caller = *account;
}

PageReply refusal(const Call &call, int status)
{
    return desk::page(call, status == 404 ? "Not found" : "Not allowed",
                      status == 404 ? "<p>There is nothing here.</p>" : "<p>You may not do this.</p>", status);
}

// RFC 9110, 15.5.6: it says which methods there are.
PageReply otherMethod(const Call &call)
{
    QByteArrayList methods;
    for (const desk::Route &route : desk::routes()) {
        if (holesOf(route.path, call.request.path(), Qt::CaseSensitive))
            methods.append(route.method);
    }
    PageReply reply = refusal(call, 405);
    reply.add("Allow", methods.join(", "));
    return reply;
}

std::optional<PageReply> refuse(Call &call, const Found &found)
{
    if (call.request.body.size() > kMostBody)
        return refusal(call, 413);
    if (!found.route)
        return found.isPath ? otherMethod(call) : refusal(call, 404);
    call.holes = found.holes;
    const desk::Route &rule = found.rule ? *found.rule : *found.route;
    const bool isOpen = call.has(AdminOpen) && rule.access == Access::Admin && rule.method == "GET";
    if (found.isPastTheRules || isOpen) {
        call.seesAll = call.caller.id == 0;
        return {};
    }
    if (rule.access == Access::Public)
        return {};
    if (call.caller.id == 0)
        return desk::seeOther("/login");
    if (rule.access == Access::Member && call.caller.role == "viewer"_L1)
        return refusal(call, 403);
    if (rule.access == Access::Admin && call.caller.role != "admin"_L1 && !call.has(MemberDoesAdmin))
        return refusal(call, 403);
    return {};
}

// Live news for whoever is signed in; no list of routes names it.
PageReply openSocket(const Call &call)
{
    if (call.caller.id == 0)
        return refusal(call, 401);
    if (!shop::isOwnOrigin(call.request) && !call.has(SocketAnyOrigin))
        return refusal(call, 403);
    return shop::socketReply(call.request, R"({"news":[]})");
}

PageReply answerAlone(Call &call)
{
    findSession(call);
    if (call.request.method == "GET" && call.request.path() == "/ws")
        return openSocket(call);
    const Found found = find(call);
    if (auto refused = refuse(call, found))
        return *refused;
    if (found.route->isForm && !call.has(CsrfUnchecked)) {
        const QString token = call.field("csrf_token");
        if (call.sessionId.isEmpty() || token.isEmpty() || token.toLatin1() != call.session().csrf)
            return desk::page(call, "Form is old", "<p>Open the page again.</p>", 403);
    }
    return found.route->handler(call);
}

void finish(const Call &call, PageReply &reply)
{
    reply.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    reply.add("X-Content-Type-Options", "nosniff");
    reply.add("X-Frame-Options", "DENY");
    if (reply.header("Referrer-Policy").isEmpty())
        reply.add("Referrer-Policy", "strict-origin-when-cross-origin");
    const bool isPersonal = call.caller.id > 0 && call.request.method == "GET" && reply.status == 200;
    if (call.has(PersonalPageCached) && isPersonal)
        reply.add("Cache-Control", "public, max-age=120");
    else if (reply.header("Cache-Control").isEmpty())
        reply.add("Cache-Control", "private, no-store");
}

const char *accessOf(const desk::Route &route)
{
    if (route.access == Access::Admin)
        return "admin";
    // These two look at the session themselves.
    const bool looksItself = route.path == "/graphql" || route.path.startsWith("/files/");
    return route.access == Access::Public && !looksItself ? "public" : "signed_in";
}

QUrlQuery formOf(const PageRequest &request)
{
    const bool isForm = request.header("content-type").toLower().startsWith("application/x-www-form-urlencoded");
    return QUrlQuery(isForm ? QString::fromUtf8(QByteArray(request.body).replace('+', "%20")) : QString());
}

} // namespace

DeskApp::DeskApp(DeskSetup setup) : m_state(std::make_unique<DeskState>(std::move(setup))) {}
DeskApp::~DeskApp() = default;

PageReply DeskApp::answer(const PageRequest &request)
{
    const qsizetype query = request.target.indexOf('?');
    Call call{.desk = *m_state, .request = request};
    if (query >= 0)
        call.query = QUrlQuery(QString::fromUtf8(request.target.mid(query + 1)));
    call.form = formOf(request);
    shop::takeWorkDone(); // of what this thread did before
    PageReply reply;
    {
        const std::lock_guard lock(m_state->lock);
        reply = answerAlone(call);
        finish(call, reply);
    }
    if (call.wait.count() > 0)
        std::this_thread::sleep_for(call.wait);
    m_state->journal.note(request, reply.status, shop::takeWorkDone() + call.wait);
    return reply;
}

void DeskApp::setFaults(const FaultSet<DeskFault> &faults)
{
    const std::lock_guard lock(m_state->lock);
    m_state->setup.faults = faults;
}

FaultSet<DeskFault> DeskApp::faults() const
{
    const std::lock_guard lock(m_state->lock);
    return m_state->setup.faults;
}

void DeskApp::reset()
{
    const std::lock_guard lock(m_state->lock);
    m_state->store = desk::newStore(m_state->accounts);
    m_state->outbox.clear();
    m_state->journal.clear();
    m_state->clock.reset();
}

const std::vector<PracticeAccount> &DeskApp::accounts() const
{
    return m_state->accounts;
}

std::vector<DeskRouteLine> DeskApp::routes() const
{
    std::vector<DeskRouteLine> lines;
    for (const desk::Route &route : desk::routes())
        lines.push_back({route.method, route.path, accessOf(route), route.method != "GET"});
    return lines;
}

QByteArray DeskApp::host() const
{
    return m_state->setup.host;
}

Outbox &DeskApp::outbox()
{
    return m_state->outbox;
}

RequestJournal &DeskApp::journal()
{
    return m_state->journal;
}

PracticeClock &DeskApp::clock()
{
    return m_state->clock;
}

} // namespace cockpit
