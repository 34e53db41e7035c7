// HTTP Archives (http://www.softwareishard.com/blog/har-12-spec/): what a browser really asked for.
#include "models/access/graphqlquestion.h"
#include "models/access/socketlines.h"
#include "models/access/socketmessages.h"
#include "models/routes/importers.h"
#include "models/routes/routebuild.h"
#include "models/routes/routelist.h"
#include "models/routes/routesamples.h"
#include "models/routes/socketpath.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isPart(const QUrl &url, const QString &type, const QString &resource)
{
    static const QRegularExpression name(
        u"\\.(?:m?js|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|mp4|webm|mp3|wasm)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression mime(
        u"^(?:image|font|audio|video)/|^text/css|javascript|^application/(?:font|wasm)"_s);
    static const QRegularExpression browserWord(u"^(?:script|stylesheet|image|font|media|ping|preflight|manifest)$"_s);
    return name.match(url.path()).hasMatch() || mime.match(type).hasMatch() || browserWord.match(resource).hasMatch();
}

// A request of somebody who had signed in. Browsers leave these lines out of a file unless asked to keep them.
bool carriesLogin(const QJsonObject &request)
{
    static const QRegularExpression session(u"sess|auth|token|jwt|sid\\b|remember"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    const auto isLogin = [](const QJsonValue &header) {
        const QString name = header["name"_L1].toString().toLower();
        const QString value = header["value"_L1].toString();
        return (name == "authorization"_L1 && !value.isEmpty()) ||
               (name == "cookie"_L1 && session.match(value).hasMatch());
    };
    const auto isSession = [](const QJsonValue &cookie) {
        return session.match(cookie["name"_L1].toString()).hasMatch();
    };
    return std::ranges::any_of(request.value("headers"_L1).toArray(), isLogin) ||
           std::ranges::any_of(request.value("cookies"_L1).toArray(), isSession);
}

// "/graphql" alone says nothing: the operation's name is what tells one call from another.
QString withOperation(const QString &path, const QJsonObject &request)
{
    static const QRegularExpression plain(u"^[A-Za-z_]\\w{0,80}$"_s);
    if (!path.endsWith("graphql"_L1))
        return path;
    const QByteArray sent = request.value("postData"_L1)["text"_L1].toString().toUtf8();
    const QString name = QJsonDocument::fromJson(sent).object().value("operationName"_L1).toString();
    return plain.match(name).hasMatch() ? path + u"#operation."_s + name : path;
}

// Browsers note a WebSocket by its opening handshake, under ws and wss: a GET of http and https. A session of SockJS
// has an address of its own each time, beside which the plain one stands.
QUrl webAddress(const QJsonObject &request)
{
    QUrl url(request.value("url"_L1).toString());
    if (url.scheme() == "wss"_L1)
        url.setScheme(u"https"_s);
    else if (url.scheme() == "ws"_L1)
        url.setScheme(u"http"_s);
    if (const QString raw = rawSocketPath(url.path()); raw != url.path())
        url.setPath(raw);
    return url;
}

struct MetEntry
{
    Route route;
    AddressKind kind = AddressKind::Call;
};

std::optional<MetEntry> metEntry(const QJsonObject &entry)
{
    constexpr int kNotFound = 404;
    constexpr int kGone = 410;
    const QJsonObject request = entry.value("request"_L1).toObject();
    const QJsonObject response = entry.value("response"_L1).toObject();
    const QUrl url = webAddress(request);
    const QString type = response.value("content"_L1)["mimeType"_L1].toString().toLower();
    const QString method = request.value("method"_L1).toString();
    const int status = response.value("status"_L1).toInt();
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!isWeb || method.compare("OPTIONS"_L1, Qt::CaseInsensitive) == 0 || status == kNotFound || status == kGone ||
        isPart(url, type, entry.value("_resourceType"_L1).toString().toLower()))
        return std::nullopt;
    const AddressKind kind = type.contains("html"_L1) ? AddressKind::Page : AddressKind::Call;
    auto route = metRoute(method, withOperation(url.path(), request), hostIn(url), u"HAR"_s, kind);
    // A page that greets whoever has signed in may still be open: only what its name calls public stays so.
    const bool isNamedPublic = isNamedForEverybody(url.path(), kind);
    if (!route)
        return std::nullopt;
    if (carriesLogin(request) && route->access == AccessClass::Public && !isNamedPublic)
        route->access = AccessClass::SignedIn;
    return MetEntry{std::move(*route), kind};
}

// The text that was sent, or the parameters where the browser took it apart.
QByteArray sentBody(const QJsonValue &postData)
{
    if (const QString text = postData["text"_L1].toString(); !text.isEmpty())
        return text.toUtf8();
    QByteArrayList items;
    for (const QJsonValue parameter : postData["params"_L1].toArray()) {
        items << QUrl::toPercentEncoding(parameter["name"_L1].toString()) + '=' +
                     QUrl::toPercentEncoding(parameter["value"_L1].toString());
    }
    return items.join('&');
}

// What the page said on a WebSocket, as Chrome, Edge and Firefox keep it, one message a line; only text (opcode 1), and
// as much as a sample holds: what a page says first is what it subscribes to.
QByteArray saidOnSocket(const QJsonObject &entry)
{
    constexpr int kText = 1;
    const QUrl url(entry.value("request"_L1)["url"_L1].toString());
    const SocketWrap wrap = rawSocketPath(url.path()) == url.path() ? SocketWrap::None : SocketWrap::SockJs;
    QByteArray lines;
    for (const QJsonValue message : entry.value("_webSocketMessages"_L1).toArray()) {
        const bool isSaid = message["type"_L1] == "send"_L1 && message["opcode"_L1].toInt(kText) == kText;
        if (!isSaid)
            continue;
        for (const QByteArray &line : linesOfSocket(message["data"_L1].toString(), wrap)) {
            if (lines.size() + line.size() >= kLongestSampleBody || lines.count('\n') >= kMostSocketMessages)
                return lines.trimmed();
            lines += line + '\n';
        }
    }
    return lines.trimmed();
}

// Whatever its address is called: the file says so.
bool isSocketEntry(const QJsonObject &entry)
{
    constexpr int kSwitchingProtocols = 101;
    const QString url = entry.value("request"_L1)["url"_L1].toString();
    const bool isCalledOne =
        url.startsWith("wss:"_L1) || url.startsWith("ws:"_L1) ||
        entry.value("_resourceType"_L1).toString().compare("websocket"_L1, Qt::CaseInsensitive) == 0;
    const bool wasOpened = entry.value("response"_L1)["status"_L1].toInt() == kSwitchingProtocols;
    return (isCalledOne && wasOpened) || !entry.value("_webSocketMessages"_L1).toArray().isEmpty();
}

// The body, or the messages of a WebSocket, perhaps none; empty where it had neither.
RouteSample sampleOf(const QJsonObject &entry, const Route &route)
{
    const QJsonValue postData = entry.value("request"_L1)["postData"_L1];
    RouteSample sample{route.method, route.path, route.host, {}, {}, {}};
    if (route.method == "GET"_L1 && isSocketEntry(entry)) {
        sample.contentType = kSocketMessages;
        sample.body = saidOnSocket(entry);
    } else if (postData.isObject()) {
        sample.contentType = postData["mimeType"_L1].toString().toLatin1();
        sample.body = sentBody(postData);
    }
    return sample;
}

bool wasRefused(const QJsonObject &entry)
{
    constexpr int kClientError = 400;
    return entry.value("response"_L1)["status"_L1].toInt() >= kClientError;
}

using Met = std::tuple<AddressKind, QString, QString, QString, AccessClass>;

Met metAs(const MetEntry &met)
{
    return {met.kind, met.route.method, met.route.path, met.route.host, met.route.access};
}

} // namespace

bool isHttpArchive(const QJsonObject &document)
{
    return document.value("log"_L1).toObject().value("entries"_L1).isArray();
}

ArchiveRead routesOfHttpArchive(const QJsonObject &document)
{
    std::vector<Route> calls;
    std::vector<Route> pages;
    std::set<Met> known; // a page that asks for its messages every second hides nothing that comes after
    for (const QJsonValue value : document.value("log"_L1)["entries"_L1].toArray()) {
        auto met = metEntry(value.toObject());
        if (!met || !known.insert(metAs(*met)).second)
            continue;
        if (known.size() > kMostReadRoutes)
            return {mergedRoutes({}, calls), true};
        (met->kind == AddressKind::Page ? pages : calls).push_back(std::move(met->route));
    }
    return {mergedRoutes(mergedRoutes({}, calls), collapsedNeighbours(pages)), false};
}

// What the server took counts: a body that was refused is a bad start for others. Questions of GraphQL go to one route,
// and many have no name.
std::vector<RouteSample> samplesOfHttpArchive(const QJsonObject &document)
{
    std::map<std::tuple<QString, QString, QString, QString>, RouteSample> latest;
    for (const QJsonValue value : document.value("log"_L1)["entries"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        if (wasRefused(entry) || latest.size() >= kMostSamples)
            continue;
        const auto met = metEntry(entry);
        if (!met)
            continue;
        const Route &route = met->route;
        auto sample = checkedSample(sampleOf(entry, route));
        if (!sample || (sample->body.isEmpty() && !isSocketSample(*sample)))
            continue;
        // A page that opens its WebSocket again and says nothing there has said it before.
        const auto [place, isNew] =
            latest.try_emplace({route.method, route.path, route.host, questionIn(sample->body)}, *sample);
        if (!isNew && !sample->body.isEmpty())
            place->second = std::move(*sample);
    }
    std::vector<RouteSample> samples;
    for (auto &[key, sample] : latest)
        samples.push_back(std::move(sample));
    return samples;
}

} // namespace cockpit
