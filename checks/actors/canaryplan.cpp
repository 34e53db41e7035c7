#include "checks/actors/canary.h"

#include "checks/actors/routeaddress.h"
#include "models/access/routesample.h"
#include "models/routes/pathtemplate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCanaryLetters = 12;

// Fields that people read and programs do not look into, the best first.
const QStringList &textFields()
{
    static const QStringList names{u"title"_s,       u"name"_s,    u"subject"_s, u"label"_s, u"note"_s,
                                   u"notes"_s,       u"text"_s,    u"content"_s, u"body"_s,  u"message"_s,
                                   u"description"_s, u"comment"_s, u"summary"_s, u"memo"_s};
    return names;
}

qsizetype rankOf(const QString &name)
{
    const qsizetype rank = textFields().indexOf(name.toLower());
    if (rank >= 0)
        return rank;
    static const QRegularExpression ending(u"(?:title|name|subject|label|note|text|description|comment)s?$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression other(u"(?:user|first|last|file|host|domain|role|tenant)_?-?name$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return ending.match(name).hasMatch() && !other.match(name).hasMatch() ? textFields().size() : -1;
}

QString bestOf(const QStringList &names)
{
    QString best;
    for (const QString &name : names) {
        if (rankOf(name) >= 0 && (best.isEmpty() || rankOf(name) < rankOf(best)))
            best = name;
    }
    return best;
}

std::optional<QJsonObject> objectWithText(QJsonObject object, const QString &text)
{
    QStringList names;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isString() || it.value().isNull())
            names.append(it.key());
    }
    if (const QString best = bestOf(names); !best.isEmpty()) {
        object.insert(best, text);
        return object;
    }
    // {"note": {"title": …}}, as Rails and JSON:API wrap what they take
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it.value().isObject())
            continue;
        if (const auto inner = objectWithText(it.value().toObject(), text)) {
            it.value() = *inner;
            return object;
        }
    }
    return std::nullopt;
}

std::optional<QByteArray> formWithText(const QByteArray &body, const QString &text)
{
    QList<QByteArray> fields = body.split('&');
    QStringList names;
    for (const QByteArray &field : fields)
        names.append(QUrl::fromPercentEncoding(field.left(field.indexOf('='))));
    static const QRegularExpression inner(u"\\[([^\\]]+)\\]$"_s); // "note[title]"
    QStringList plain = names;
    for (QString &name : plain) {
        if (const auto match = inner.match(name); match.hasMatch())
            name = match.captured(1);
    }
    const qsizetype best = plain.indexOf(bestOf(plain));
    if (best < 0 || bestOf(plain).isEmpty())
        return std::nullopt;
    fields[best] = fields.at(best).left(fields.at(best).indexOf('=')) + '=' + QUrl::toPercentEncoding(text);
    return fields.join('&');
}

bool isJson(const QByteArray &contentType)
{
    return contentType.toLower().contains("json");
}

// The place where the records of a route that makes them are: some stand at ".../create".
QString collectionOf(const QString &path)
{
    static const QRegularExpression verb(u"/(?:create|new|add)/?$"_s);
    return QString(path).remove(verb);
}

const Route *routeLike(const std::vector<Route> &routes, const QStringList &methods, const QString &shape,
                       const QString &host, bool writes)
{
    for (const QString &method : methods) {
        const auto it = std::ranges::find_if(routes, [&](const Route &route) {
            return route.method == method && route.host == host && !route.path.contains(u'#') &&
                   shapeOf(route.path) == shape && (!writes || maySafelyWrite(route));
        });
        if (it != routes.end())
            return &*it;
    }
    return nullptr;
}

std::optional<Route> copyOf(const Route *route)
{
    return route ? std::optional(*route) : std::nullopt;
}

// Products of pages remove by a form: POST /notes/{id}/delete.
const Route *removalLike(const std::vector<Route> &routes, const CanaryPlan &plan, const QString &item)
{
    const Route *byMethod = routeLike(routes, {u"DELETE"_s}, item, plan.create.host, true);
    if (byMethod && !plan.isForm())
        return byMethod;
    for (const QString &verb : {u"/delete"_s, u"/remove"_s, u"/destroy"_s}) {
        if (const Route *byForm = routeLike(routes, {u"POST"_s}, item + verb, plan.create.host, true))
            return byForm;
    }
    return byMethod;
}

// The sample with a text in it, or a small object of the two names that most records have.
void addBody(CanaryPlan &plan, const std::vector<RouteSample> &samples)
{
    const RouteSample *sample = sampleFor(plan.create.method, plan.create.path, plan.create.host, samples);
    if (sample && bodyWithText(sample->body, sample->contentType, newCanaryText())) {
        plan.contentType = sample->contentType;
        plan.body = sample->body;
        return;
    }
    plan.contentType = "application/json";
    plan.body = R"({"title":"","name":""})";
}

} // namespace

bool CanaryPlan::isForm() const
{
    return contentType.toLower().startsWith("application/x-www-form-urlencoded");
}

QString newCanaryText()
{
    static constexpr QLatin1StringView letters{"abcdefghijkmnpqrstuvwxyz23456789"};
    QString text = u"LC-CANARY-"_s;
    for (int i = 0; i < kCanaryLetters; ++i)
        text += letters.at(QRandomGenerator::system()->bounded(static_cast<int>(letters.size())));
    return text;
}

bool isCanaryText(const QString &text)
{
    static const QRegularExpression form(u"^LC-CANARY-[A-Za-z0-9]{12}$"_s);
    return form.match(text).hasMatch();
}

std::optional<QByteArray> bodyWithText(const QByteArray &body, const QByteArray &contentType, const QString &text)
{
    if (contentType.toLower().startsWith("application/x-www-form-urlencoded"))
        return formWithText(body, text);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!isJson(contentType) || !document.isObject())
        return std::nullopt;
    QJsonObject object = document.object();
    if (object.size() == 2 && object.contains("title"_L1) && object.value("name"_L1) == QJsonValue(QString())) {
        object.insert(u"name"_s, text); // nobody knows which of the two the product takes
        object.insert(u"title"_s, text);
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    const auto filled = objectWithText(object, text);
    return filled ? std::optional(QJsonDocument(*filled).toJson(QJsonDocument::Compact)) : std::nullopt;
}

std::vector<CanaryPlan> canaryPlans(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    std::vector<CanaryPlan> plans;
    for (const Route &route : routes) {
        const bool isFillable = !hasHoles(route.path) || !seenIdsOf(route).isEmpty();
        if (route.method != "POST"_L1 || !maySafelyWrite(route) || route.path.contains(u'#') || !isFillable)
            continue;
        const QString collection = shapeOf(collectionOf(route.path));
        const QString item = collection + "/{}"_L1;
        CanaryPlan plan;
        plan.create = route;
        addBody(plan, samples);
        const Route *remove = removalLike(routes, plan, item);
        if (!remove)
            continue;
        plan.remove = *remove;
        plan.read = copyOf(routeLike(routes, {u"GET"_s}, item, route.host, false));
        plan.list = copyOf(routeLike(routes, {u"GET"_s}, collection, route.host, false));
        const QStringList updates = plan.isForm() ? QStringList{u"POST"_s} : QStringList{u"PATCH"_s, u"PUT"_s};
        plan.update = copyOf(routeLike(routes, updates, item, route.host, true));
        if (!plan.read && !plan.list)
            continue; // it could never be seen again
        plans.push_back(std::move(plan));
    }
    return plans;
}

} // namespace cockpit
