#include "checks/abuse/answerrules.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/denial.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AnswerRules)
};

// "/customers/17" of "/customers/{id}".
bool isAt(const QUrl &url, const Route &route)
{
    const QStringList given = url.path(QUrl::FullyEncoded).split(u'/');
    const QStringList wanted = route.path.split(u'/');
    return given.size() == wanted.size() &&
           std::equal(given.begin(), given.end(), wanted.begin(),
                      [](const QString &a, const QString &b) { return a == b || (hasHoles(b) && !a.isEmpty()); });
}

QString typeOf(const HttpResponse &answer)
{
    return QString::fromLatin1(answer.header("content-type").value_or(QByteArray()))
        .section(u';', 0, 0)
        .trimmed()
        .toLower();
}

bool isJsonType(const QString &type)
{
    return type == "application/json"_L1 || type.endsWith("+json"_L1);
}

// OpenAPI 3: "*/*", "text/*". Kinds of JSON stand for each other.
bool fitsType(const QString &range, const QString &type)
{
    return range == type || range == "*/*"_L1 || (isJsonType(range) && isJsonType(type)) ||
           (range.endsWith("/*"_L1) && type.startsWith(range.chopped(1)));
}

const DescribedContent *contentFor(const DescribedAnswer &described, const QString &type)
{
    const auto found =
        std::ranges::find_if(described.contents, [&](const DescribedContent &one) { return fitsType(one.type, type); });
    return found == described.contents.end() ? nullptr : &*found;
}

QString namedTypes(const DescribedAnswer &described)
{
    QStringList names;
    for (const DescribedContent &one : described.contents)
        names.append(one.type);
    return names.join(u", "_s);
}

QString unnamedStatus(int status)
{
    return Text::tr("status %1, which the description does not name").arg(status);
}

void compareContent(const DescribedAnswer &described, AnswerComparison &result)
{
    const HttpResponse &answer = result.answer;
    if (described.contents.empty() || answer.body.isEmpty())
        return;
    const QString type = typeOf(answer);
    const DescribedContent *content = contentFor(described, type);
    if (!content) {
        result.differences.append(
            Text::tr("content of the kind %1 where the description says %2")
                .arg(type.isEmpty() ? Text::tr("that nobody names") : type, namedTypes(described)));
        return;
    }
    const auto json = isJsonType(type) && !answer.bodyTruncated ? jsonOf(answer) : std::nullopt;
    if (content->schema.isEmpty() || !json)
        return;
    const ShapeComparison shape = compareShape(*json, content->schema);
    result.isShapeKnown = !shape.isCut;
    for (const ShapeDifference &one : shape.differences)
        result.differences.append(describe(one));
    result.exposed = exposedMembers(shape.unnamed);
}

void addGood(std::vector<GoodAnswer> &all, const Route &route, const ActiveRequest &request, const HttpResponse &answer)
{
    if (isSuccess(answer))
        all.push_back({route, request, answer});
}

ActiveRequest readOf(const Route &route, const HttpResponse &answer)
{
    ActiveRequest request;
    request.url = answer.url;
    request.routeName = route.path;
    return request;
}

// The record or the setting as it was read back, where that was an answer of the route: a record out of a list is not.
void addReadBack(std::vector<GoodAnswer> &all, const PlaceRun &place)
{
    const std::optional<Route> &read = place.place.plan ? place.place.plan->read : place.place.read;
    if (!read || !place.control->after || !isAt(place.control->after->url, *read))
        return;
    addGood(all, *read, readOf(*read, *place.control->after), *place.control->after);
}

// Errors of the server's own that nobody foresaw, whatever brought them about.
void addUnnamedErrors(const BadInputRun &run, const std::vector<AnswerDescription> &described,
                      std::vector<AnswerComparison> &all)
{
    std::set<std::pair<QString, int>> seen;
    const auto add = [&](const Route &route, const ActiveRequest &request, const HttpResponse &answer) {
        const AnswerDescription *description = descriptionOf(route, hostOf(answer.url), described);
        if (answer.status < 500 || !description || description->at(answer.status) ||
            !seen.emplace(route.method + u' ' + route.path, answer.status).second)
            return;
        all.push_back({route, request, answer, {unnamedStatus(answer.status)}});
    };
    for (const PlaceRun &place : run.places) {
        for (const TriedMutation &one : place.tried)
            add(place.place.route, one.tried.request, one.tried.answer);
    }
    for (const AskedRead &read : run.reads)
        add(read.route, read.request, read.answer);
    for (const AskedPageSize &page : run.pages)
        add(page.route, page.request, page.huge);
}

bool hasShape(const DescribedAnswer &answer)
{
    return std::ranges::any_of(answer.contents, [](const DescribedContent &one) {
        return !one.schema.isEmpty() && fitsType(one.type, u"application/json"_s);
    });
}

// Of that status; where the description does not name it, or none came (0), of any success.
bool describesShape(const AnswerDescription &description, int status)
{
    if (const DescribedAnswer *named = status > 0 ? description.at(status) : nullptr)
        return hasShape(*named);
    return std::ranges::any_of(description.answers,
                               [](const DescribedAnswer &one) { return one.status.startsWith(u'2') && hasShape(one); });
}

// A list that cannot be asked for a number, or a search that takes its words under another name, has an answer all the
// same. Each route once: of what has more, goodAnswersOf() takes that.
void addPlain(std::vector<GoodAnswer> &all, const BadInputRun &run)
{
    for (const PlainRead &read : run.plain) {
        const bool isKnown = std::ranges::find(all, read.route, &GoodAnswer::route) != all.end();
        if (read.answer && !isKnown)
            addGood(all, read.route, readOf(read.route, *read.answer), *read.answer);
    }
}

struct SilentRead
{
    Route route;
    QString host;
};

// Reads without a good answer, and the read behind a good body that gave nothing: what they were described to show was
// not seen.
std::vector<SilentRead> silentReads(const BadInputRun &run)
{
    std::vector<SilentRead> silent;
    for (const PlaceRun &place : run.places) {
        const std::optional<Route> &read = place.place.plan ? place.place.plan->read : place.place.read;
        if (place.control && read && (!place.control->after || !isSuccess(*place.control->after)))
            silent.push_back({*read, read->host});
    }
    for (const PlainRead &read : run.plain) {
        if (!read.answer || !isSuccess(*read.answer))
            silent.push_back({read.route, read.answer ? hostOf(read.answer->url) : read.route.host});
    }
    return silent;
}

} // namespace

std::vector<GoodAnswer> goodAnswersOf(const BadInputRun &run)
{
    std::vector<GoodAnswer> all;
    for (const PlaceRun &place : run.places) {
        if (!place.control)
            continue;
        addGood(all, place.place.route, place.control->request, place.control->answer);
        addReadBack(all, place);
    }
    for (const AskedRead &read : run.reads)
        addGood(all, read.route, readOf(read.route, read.control), read.control);
    for (const AskedPageSize &page : run.pages)
        addGood(all, page.route, readOf(page.route, page.usual), page.usual);
    addPlain(all, run);
    return all;
}

const AnswerDescription *descriptionOf(const Route &route, const QString &host,
                                       const std::vector<AnswerDescription> &described)
{
    const auto isOf = [&](const AnswerDescription &one) {
        const bool isOnHost = one.host.isEmpty() || one.host == host || one.host == route.host;
        return one.method == route.method && isOnHost && shapeOf(one.path) == shapeOf(route.path);
    };
    const auto found = std::ranges::find_if(described, isOf);
    return found == described.end() ? nullptr : &*found;
}

std::vector<AnswerComparison> compareAnswers(const BadInputRun &run, const std::vector<AnswerDescription> &described)
{
    std::vector<AnswerComparison> all;
    for (const GoodAnswer &good : goodAnswersOf(run)) {
        const AnswerDescription *description = descriptionOf(good.route, hostOf(good.answer.url), described);
        if (!description)
            continue;
        AnswerComparison one{good.route, good.request, good.answer};
        if (const DescribedAnswer *answer = description->at(good.answer.status))
            compareContent(*answer, one);
        else
            one.differences.append(unnamedStatus(good.answer.status));
        all.push_back(std::move(one));
    }
    addUnnamedErrors(run, described, all);
    return all;
}

QStringList uncomparedRoutes(const BadInputRun &run, const std::vector<AnswerDescription> &described,
                             const std::vector<AnswerComparison> &compared)
{
    QStringList known, routes;
    for (const AnswerComparison &one : compared) {
        if (one.isShapeKnown)
            known.append(routeName(one.route));
    }
    const auto add = [&](const Route &route, const QString &host, int status) {
        const AnswerDescription *description = descriptionOf(route, host, described);
        const QString name = routeName(route);
        if (description && describesShape(*description, status) && !known.contains(name) && !routes.contains(name))
            routes.append(name);
    };
    for (const AnswerComparison &one : compared) {
        if (isSuccess(one.answer))
            add(one.route, hostOf(one.answer.url), one.answer.status);
    }
    for (const SilentRead &read : silentReads(run))
        add(read.route, read.host, 0);
    return routes;
}

QStringList silentAnswers(const BadInputRun &run, const std::vector<AnswerDescription> &described)
{
    QStringList routes;
    for (const SilentRead &read : silentReads(run)) {
        if (descriptionOf(read.route, read.host, described))
            routes.append(routeName(read.route));
    }
    return routes;
}

} // namespace cockpit
