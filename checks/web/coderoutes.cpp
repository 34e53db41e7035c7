#include "checks/web/coderoutes.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "models/routes/routebuild.h"
#include "models/routes/routelist.h"

#include <QRegularExpression>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 500; // of one file
constexpr qsizetype kLongestList = 20000;
// "/api/x", `/api/${a}` or "https://api.example.com/v1/x", in its quotation marks.
const QString kQuoted = u"([\"'`])((?:(?:https?|wss?):\\/\\/[\\w.:-]{1,120})?\\/[^\"'`\\s<>\\\\]{0,200})\\%1"_s;
const QString kApiStart = u"(?:api|trpc|graphql|rest|rpc|v[0-9]{1,2})"_s;

QRegularExpression compiled(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

// Next.js writes its lists of pages with escaped slashes.
QString withPlainSlashes(const QByteArray &code)
{
    return QString::fromUtf8(code).replace("\\u002F"_L1, "/"_L1, Qt::CaseInsensitive).replace("\\/"_L1, "/"_L1);
}

QString withHoles(QString address)
{
    static const QRegularExpression hole(u"\\$\\{[^}]*\\}"_s);
    return address.replace(hole, u"{param}"_s);
}

class Reader
{
public:
    Reader(const QByteArray &code, const QUrl &page) : m_code(withPlainSlashes(code)), m_page(page) {}

    std::vector<Route> read()
    {
        readFetches();
        readCalls();
        readLiterals();
        readPages();
        readFiles();
        readOperations();
        return mergedRoutes({}, m_routes);
    }

private:
    // Empty when the address is not on the product's own domain.
    void add(const QString &method, const QString &address, AddressKind kind)
    {
        QString path = withHoles(address);
        QString host;
        if (const qsizetype scheme = path.indexOf("://"_L1); scheme > 0) {
            const QUrl url(path.section(u'?', 0, 0).section(u'{', 0, 0));
            host = hostIn(url);
            if (host.isEmpty() || !isSameSite(host, hostOf(m_page)))
                return;
            path = path.mid(path.indexOf(u'/', scheme + 3));
        }
        if (path.startsWith("//"_L1) || m_routes.size() >= kMostRoutes)
            return;
        const QString own = host.isEmpty() ? hostOf(m_page) : host;
        if (auto route = metRoute(method, path.section(u'#', 0, 0), own, u"page code"_s, kind)) {
            m_known.insert(route->path);
            m_routes.push_back(std::move(*route));
        }
    }

    // fetch("/api/x", {…, method: "POST"}): the method stands soon after, or it is GET.
    void readFetches()
    {
        constexpr qsizetype kOptions = 240;
        static const QRegularExpression call = compiled(u"\\bfetch\\(\\s*"_s + kQuoted.arg(1));
        static const QRegularExpression method = compiled(u"\\bmethod\\s*:\\s*[\"'`](\\w{3,7})[\"'`]"_s);
        for (auto it = call.globalMatch(m_code); it.hasNext();) {
            const QRegularExpressionMatch found = it.next();
            const QString options = m_code.mid(found.capturedEnd(), kOptions).section(u"fetch("_s, 0, 0);
            const QRegularExpressionMatch named = method.match(options);
            add(named.hasMatch() ? named.captured(1) : u"GET"_s, found.captured(2), AddressKind::Call);
        }
    }

    // axios.post("/x"), $http.get("/x"), api.delete(`/x/${id}`)
    void readCalls()
    {
        static const QRegularExpression call =
            compiled(u"\\b[\\w$]{1,40}\\.(get|post|put|patch|delete)\\(\\s*"_s + kQuoted.arg(2));
        for (auto it = call.globalMatch(m_code); it.hasNext();) {
            const QRegularExpressionMatch found = it.next();
            add(found.captured(1), found.captured(3), AddressKind::Call);
        }
    }

    // Whatever else looks like an address of an API. "/api/users/" + id has a hole at its end.
    void readLiterals()
    {
        static const QRegularExpression literal = compiled(
            u"([\"'`])((?:(?:https?|wss?):\\/\\/[\\w.:-]{1,120})?\\/%1\\/[\\w./{}$:-]{1,120})(?:\\1|\\?)(\\s*\\+)?"_s
                .arg(kApiStart));
        for (auto it = literal.globalMatch(m_code); it.hasNext();) {
            const QRegularExpressionMatch found = it.next();
            QString address = withHoles(found.captured(2));
            if (address.endsWith(u'/') && !found.captured(3).isEmpty())
                address += u"{id}"_s;
            QString path = address.section(u"://"_s, -1);
            path = path.startsWith(u'/') ? path : path.mid(path.indexOf(u'/'));
            if (!m_known.contains(path))
                add(u"GET"_s, address, AddressKind::Call);
        }
    }

    // Pages that a router shows: path: "/admin/users", and the lists of Next.js, sortedPages: ["/", "/orders/[id]"] and
    // __SSG_MANIFEST = new Set(["/prices"]).
    void readPages()
    {
        static const QRegularExpression page = compiled(u"\\bpath\\s*:\\s*[\"'`](/[\\w/:.\\[\\]-]{1,120})[\"'`]"_s);
        static const QRegularExpression list =
            compiled(u"(?:\\bsortedPages\\s*[:=]|__SSG_MANIFEST\\s*=\\s*new Set\\()\\s*\\["_s);
        for (auto it = page.globalMatch(m_code); it.hasNext();)
            add(u"GET"_s, it.next().captured(1), AddressKind::Page);
        // Hostile code is full of beginnings: the next end is looked for once, and a list is read once.
        qsizetype readTo = 0;
        qsizetype end = -1;
        for (auto it = list.globalMatch(m_code); it.hasNext();) {
            const qsizetype from = it.next().capturedEnd();
            if (from < readTo)
                continue;
            if (end < from)
                end = endOfList(from);
            if (end < 0)
                return;
            if (end - from > kLongestList)
                continue;
            addPagesOf(m_code.mid(from, end - from));
            readTo = end;
        }
    }

    // "]" at the end of a member: the holes of addresses end in one, too. -1 without any.
    qsizetype endOfList(qsizetype from) const
    {
        for (qsizetype at = m_code.indexOf(u']', from); at >= 0; at = m_code.indexOf(u']', at + 1)) {
            if (at + 1 < m_code.size() && QStringView(u",;})").contains(m_code[at + 1]))
                return at;
        }
        return -1;
    }

    void addPagesOf(const QString &list)
    {
        static const QRegularExpression item(u"[\"'](/[\\w/.\\[\\]-]{0,120})[\"']"_s);
        for (auto it = item.globalMatch(list); it.hasNext();) {
            const QString path = it.next().captured(1);
            if (!path.startsWith("/_"_L1)) // /_app, /_error: parts of the framework
                add(u"GET"_s, path, AddressKind::Page);
        }
    }

    // Names of files in a source map: pages/api/orders/[id].ts, app/api/orders/route.ts
    void readFiles()
    {
        static const QRegularExpression file =
            compiled(u"(?:/|\")(?:pages|app)/(api/[\\w/.\\[\\]()-]{1,160}?)(?:/route|/index)?\\.[jt]sx?\""_s);
        for (auto it = file.globalMatch(m_code); it.hasNext();)
            add(u"GET"_s, u'/' + it.next().captured(1), AddressKind::Call);
    }

    // query Orders($first: Int) {…}: each is a call of its own at the one address of GraphQL.
    void readOperations()
    {
        static const QRegularExpression operation(
            u"\\b(query|mutation|subscription)\\s+([A-Z]\\w{1,60})\\s*(?:\\([^(){}]{0,400}\\)\\s*)?\\{"_s);
        static const QRegularExpression endpoint =
            compiled(u"[\"'`](?:https?://[\\w.:-]+)?(/[\\w/-]{0,60}graphql)[\"'`]"_s);
        const QRegularExpressionMatch place = endpoint.match(m_code);
        if (!place.hasMatch())
            return;
        for (auto it = operation.globalMatch(m_code); it.hasNext() && m_routes.size() < kMostRoutes;) {
            const QRegularExpressionMatch found = it.next();
            const QString path = place.captured(1) + u'#' + found.captured(1) + u'.' + found.captured(2);
            if (auto route = metRoute(u"POST"_s, path, hostOf(m_page), u"page code"_s, AddressKind::Call))
                m_routes.push_back(std::move(*route));
        }
    }

    const QString m_code;
    const QUrl m_page;
    std::vector<Route> m_routes;
    std::set<QString> m_known;
};

} // namespace

std::vector<Route> routesNamedIn(const QByteArray &code, const QUrl &page)
{
    return Reader(code, page).read();
}

} // namespace cockpit
