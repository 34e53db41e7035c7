// Postman collections (https://schema.postman.com/): folders in folders, requests at their ends.
#include "models/routes/importers.h"
#include "models/routes/routebuild.h"
#include "models/routes/routesamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepestFolder = 30;
constexpr qsizetype kLongestValue = 2000; // of a variable: no address holds more

// {{name}} that stands for what is known only where the collection is used: a number fits within quotation marks and
// without.
QString withoutVariables(QString text)
{
    static const QRegularExpression variable(u"\\{\\{[^{}]*\\}\\}"_s);
    return text.replace(variable, u"1"_s);
}

QByteArray formOf(const QJsonArray &fields)
{
    QByteArrayList items;
    for (const QJsonValue field : fields) {
        if (!field["disabled"_L1].toBool())
            items << QUrl::toPercentEncoding(field["key"_L1].toString()) + '=' +
                         QUrl::toPercentEncoding(withoutVariables(field["value"_L1].toString()));
    }
    return items.join('&');
}

// Raw text counts as JSON where it is that: many collections do not say.
std::optional<RouteSample> sampleOf(const Route &route, const QJsonValue &body)
{
    const QString mode = body["mode"_L1].toString();
    RouteSample sample{route.method, route.path, route.host, {}, {}, {}};
    if (mode == "raw"_L1) {
        sample.contentType = "application/json";
        sample.body = withoutVariables(body["raw"_L1].toString()).toUtf8();
        if (QJsonDocument::fromJson(sample.body).isNull())
            return std::nullopt;
    } else if (mode == "urlencoded"_L1) {
        sample.contentType = "application/x-www-form-urlencoded";
        sample.body = formOf(body["urlencoded"_L1].toArray());
    }
    auto checked = checkedSample(std::move(sample));
    return checked && !checked->body.isEmpty() ? std::optional(std::move(*checked)) : std::nullopt;
}

// The parts of an address in a collection, variables filled in where their values are known.
struct Address
{
    QString host;
    QString path;
};

class Reader
{
public:
    explicit Reader(const QJsonObject &collection)
    {
        for (const QJsonValue variable : collection.value("variable"_L1).toArray()) {
            const QString key =
                variable["key"_L1].isString() ? variable["key"_L1].toString() : variable["id"_L1].toString();
            m_variables[key] = variable["value"_L1].toString().left(kLongestValue);
        }
    }

    std::vector<Route> read(const QJsonObject &collection)
    {
        readItems(collection, collection.value("auth"_L1), 0);
        return std::move(m_routes);
    }

    std::vector<RouteSample> readSamples(const QJsonObject &collection)
    {
        read(collection);
        return std::move(m_samples);
    }

private:
    void readItems(const QJsonObject &folder, const QJsonValue &inherited, int depth)
    {
        for (const QJsonValue value : folder.value("item"_L1).toArray()) {
            if (m_routes.size() >= kMostImportedRoutes)
                return;
            const QJsonObject item = value.toObject();
            const QJsonValue auth = item.contains("auth"_L1) ? item.value("auth"_L1) : inherited;
            if (item.contains("request"_L1))
                readRequest(item.value("request"_L1), auth);
            else if (depth < kDeepestFolder)
                readItems(item, auth, depth + 1);
        }
    }

    void readRequest(const QJsonValue &request, const QJsonValue &inherited)
    {
        const QJsonObject object = request.toObject();
        const Address address = addressOf(request.isString() ? request : object.value("url"_L1));
        auto route = metRoute(object.value("method"_L1).toString(u"GET"_s), address.path, address.host, u"Postman"_s,
                              AddressKind::Call);
        if (!route)
            return;
        // Examples of people, but ones that they run: the ids in them exist where the collection is used.
        applyAuth(*route, object.contains("auth"_L1) ? object.value("auth"_L1) : inherited);
        if (m_samples.size() < kMostSamples) {
            if (auto sample = sampleOf(*route, object.value("body"_L1)))
                m_samples.push_back(std::move(*sample));
        }
        m_routes.push_back(std::move(*route));
    }

    // "noauth" is chosen on purpose; no word at all says nothing, because many keep the login in a header.
    static void applyAuth(Route &route, const QJsonValue &auth)
    {
        const QString type = auth["type"_L1].toString();
        if (type.isEmpty())
            return;
        if (type == "noauth"_L1) {
            route.access = AccessClass::Public;
            route.isGuessed = false;
        } else if (route.access == AccessClass::Public) {
            route.access = AccessClass::SignedIn;
        }
    }

    // {{baseUrl}}/invoices/{{id}}: what is not known stays a hole, and so does a variable made of others.
    QString filled(const QString &text) const
    {
        static const QRegularExpression name(u"\\{\\{([^{}]*)\\}\\}"_s);
        return filledAddress(text, name, [this](const QString &variable) {
            const auto known = m_variables.find(variable);
            const bool isPlain = known != m_variables.end() && !known->second.contains("{{"_L1);
            return isPlain ? std::optional(known->second) : std::nullopt;
        });
    }

    // The text of an address, or its parts (2.1): the parts tell holes from values, the text has them all.
    Address addressOf(const QJsonValue &url) const
    {
        const QString raw = url.isString() ? url.toString() : url["raw"_L1].toString();
        if (!raw.isEmpty())
            return split(filled(raw.trimmed()));
        QStringList path;
        for (const QJsonValue part : url["path"_L1].toArray())
            path.append(part.isString() ? part.toString() : part["value"_L1].toString());
        QStringList host;
        for (const QJsonValue part : url["host"_L1].toArray())
            host.append(part.toString());
        const QString name = url["host"_L1].isString() ? url["host"_L1].toString() : host.join(u'.');
        return split(filled(name + u'/' + path.join(u'/')));
    }

    static Address split(const QString &address)
    {
        static const QRegularExpression scheme(u"^[a-z]+://"_s, QRegularExpression::CaseInsensitiveOption);
        const QString rest = QString(address).remove(scheme).section(u'?', 0, 0).section(u'#', 0, 0);
        const QString host = rest.section(u'/', 0, 0);
        const QString path = u'/' + rest.section(u'/', 1);
        if (host.contains(u'{') || host.isEmpty()) // {{baseUrl}} that nobody filled in
            return {{}, path};
        return {hostIn(QUrl(u"https://"_s + host)), path};
    }

    std::map<QString, QString> m_variables;
    std::vector<Route> m_routes;
    std::vector<RouteSample> m_samples;
};

} // namespace

bool isPostmanCollection(const QJsonObject &document)
{
    const QJsonObject information = document.value("info"_L1).toObject();
    const bool isNamed = information.value("schema"_L1).toString().contains("/collection/v2"_L1) ||
                         information.contains("_postman_id"_L1);
    return isNamed && document.value("item"_L1).isArray();
}

std::vector<Route> routesOfPostmanCollection(const QJsonObject &document)
{
    return Reader(document).read(document);
}

std::vector<RouteSample> samplesOfPostmanCollection(const QJsonObject &document)
{
    return Reader(document).readSamples(document);
}

} // namespace cockpit
