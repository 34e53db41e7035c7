// OpenAPI and Swagger documents.
#include "models/routes/apianswers.h"
#include "models/routes/apischema.h"
#include "models/routes/importers.h"
#include "models/routes/routebuild.h"
#include "models/routes/routelist.h"
#include "models/routes/routesamples.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A version may stand without quotation marks, as a number.
QString versionIn(const QJsonObject &document, const QString &member)
{
    return document.value(member).toVariant().toString();
}

// Where operations are served: host (may be empty) and base path without its last slash.
struct Server
{
    QString host;
    QString base;
};

Server serverAt(const QUrl &url)
{
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    if (!base.isEmpty() && !base.startsWith(u'/'))
        base.prepend(u'/');
    return {hostIn(url), base};
}

// "https://{region}.example.com/{stage}" with the defaults of its variables (OpenAPI 3, "Server Variable Object").
QUrl addressOf(const QJsonObject &server)
{
    static const QRegularExpression hole(u"\\{([^{}]*)\\}"_s);
    const QJsonObject variables = server.value("variables"_L1).toObject();
    return QUrl(filledAddress(server.value("url"_L1).toString(), hole, [&](const QString &name) {
        const auto known = variables.find(name);
        return known == variables.end() ? std::nullopt
                                        : std::optional((*known).toObject().value("default"_L1).toVariant().toString());
    }));
}

// The nearest list of servers counts: the operation's, its path's, the document's. Their first entry is the usual one.
Server serverFor(const QJsonObject &operation, const QJsonObject &pathItem, const Server &ofDocument)
{
    for (const QJsonObject *owner : {&operation, &pathItem}) {
        if (const QJsonArray servers = owner->value("servers"_L1).toArray(); !servers.isEmpty())
            return serverAt(addressOf(servers.at(0).toObject()));
    }
    return ofDocument;
}

Server serverOf(const QJsonObject &document)
{
    if (const QJsonArray servers = document.value("servers"_L1).toArray(); !servers.isEmpty())
        return serverAt(addressOf(servers.at(0).toObject()));
    QUrl url; // Swagger 2: host with a port, and basePath
    url.setAuthority(document.value("host"_L1).toString());
    url.setPath(document.value("basePath"_L1).toString());
    return serverAt(url);
}

bool mentionsSecurity(const QJsonObject &document)
{
    const QJsonObject components = document.value("components"_L1).toObject();
    return document.contains("security"_L1) || !document.value("securityDefinitions"_L1).toObject().isEmpty() ||
           !components.value("securitySchemes"_L1).toObject().isEmpty();
}

// An operation's own "security" overrides the document's; an empty object in it makes signing in optional.
bool isOpenToAll(const QJsonObject &operation, const QJsonObject &document)
{
    const QJsonObject &owner = operation.contains("security"_L1) ? operation : document;
    const QJsonArray security = owner.value("security"_L1).toArray();
    return security.isEmpty() ||
           std::ranges::any_of(security, [](const QJsonValue &value) { return value.toObject().isEmpty(); });
}

class Reader
{
public:
    explicit Reader(const QJsonObject &document)
        : m_document(document), m_server(serverOf(document)), m_speaksOfSecurity(mentionsSecurity(document))
    {
    }

    std::vector<Route> read()
    {
        const QJsonObject paths = m_document.value("paths"_L1).toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path)
            readPath(path.key(), resolvedReference(path.value().toObject(), m_document));
        return std::move(m_routes);
    }

    // Bodies cost more than routes: they are read where they are wanted.
    std::vector<RouteSample> readSamples()
    {
        m_wantsSamples = true;
        read();
        return std::move(m_samples);
    }

    std::vector<AnswerDescription> readAnswers(const std::function<bool(const Route &)> &isWanted)
    {
        m_wantsAnswers = isWanted ? isWanted : [](const Route &) { return true; };
        read();
        return std::move(m_answers);
    }

private:
    void readPath(const QString &path, const QJsonObject &item)
    {
        for (auto it = item.begin(); it != item.end() && m_routes.size() < kMostImportedRoutes; ++it) {
            if (routeMethods().contains(it.key().toUpper())) // not "parameters", "summary" and the like
                readOperation(it.key(), path, it.value().toObject(), item);
        }
    }

    void readOperation(const QString &method, const QString &path, const QJsonObject &operation,
                       const QJsonObject &item)
    {
        const Server server = serverFor(operation, item, m_server);
        const QString slash = path.startsWith(u'/') ? QString() : u"/"_s;
        auto route = metRoute(method, server.base + slash + path, server.host, u"OpenAPI"_s, AddressKind::Call);
        if (!route)
            return;
        route->seen.clear(); // written by hand, not met
        if (m_speaksOfSecurity || operation.contains("security"_L1)) {
            const bool isPublic = isOpenToAll(operation, m_document);
            // Which scheme or scope stands for administrators, a document does not say.
            const bool isAdmin = !isPublic && route->access == AccessClass::Admin;
            route->isGuessed = isAdmin;
            if (!isAdmin)
                route->access = isPublic ? AccessClass::Public : AccessClass::SignedIn;
        }
        if (m_wantsSamples && m_samples.size() < kMostSamples) {
            if (auto sample = sampleOfOperation(*route, operation, item, m_document))
                m_samples.push_back(std::move(*sample));
        }
        if (m_wantsAnswers && m_wantsAnswers(*route))
            readAnswersOf(*route, operation);
        m_routes.push_back(std::move(*route));
    }

    void readAnswersOf(const Route &route, const QJsonObject &operation)
    {
        if (m_answers.size() >= kMostSamples || m_schemas >= kMostAnswerSchemas)
            return;
        auto description = answersOfOperation(route, operation, m_document);
        if (!description)
            return;
        for (const DescribedAnswer &one : description->answers)
            m_schemas += one.contents.size();
        m_answers.push_back(std::move(*description));
    }

    const QJsonObject m_document;
    const Server m_server;
    const bool m_speaksOfSecurity;
    bool m_wantsSamples = false;
    std::function<bool(const Route &)> m_wantsAnswers;
    std::size_t m_schemas = 0;
    std::vector<Route> m_routes;
    std::vector<RouteSample> m_samples;
    std::vector<AnswerDescription> m_answers;
};

} // namespace

bool isApiDocument(const QJsonObject &document)
{
    return versionIn(document, u"openapi"_s).startsWith("3."_L1) || versionIn(document, u"openapi"_s) == "3"_L1 ||
           versionIn(document, u"swagger"_s).startsWith(u'2');
}

std::vector<Route> routesOfApiDocument(const QJsonObject &document)
{
    return Reader(document).read();
}

std::vector<RouteSample> samplesOfApiDocument(const QJsonObject &document)
{
    return Reader(document).readSamples();
}

std::vector<AnswerDescription> answersOfApiDocument(const QJsonObject &document,
                                                    const std::function<bool(const Route &)> &isWanted)
{
    return Reader(document).readAnswers(isWanted);
}

} // namespace cockpit
