#include "checks/access/crossingroutes.h"

#include "checks/access/crossingids.h"
#include "checks/access/questionname.h"
#include "checks/access/questionplaces.h"
#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

int holeCount(const QString &path)
{
    return static_cast<int>(shapeOf(path).count("{}"_L1));
}

bool isItem(const QString &path)
{
    return shapeOf(path).endsWith("/{}"_L1);
}

QString parentOf(const QString &path)
{
    return path.section(u'/', 0, -2);
}

bool isFilePlace(const QString &path)
{
    static const QRegularExpression place(
        u"/(?:files?|uploads?|media|attachments?|storage|downloads?)(?:/|$)|\\{(?:file)?name\\}"_s,
        QRegularExpression::CaseInsensitiveOption);
    return place.match(path).hasMatch();
}

bool isExport(const QString &path)
{
    static const QRegularExpression words(u"(?:^|[/_-])(?:export|download|backup|dump)s?(?:$|[/._-])|"
                                          u"\\.(?:csv|xlsx?|pdf|zip)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

bool isSearch(const QString &path)
{
    static const QRegularExpression words(u"/(?:search|find|autocomplete|suggest(?:ions)?|typeahead)(?:$|[/.])"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

// A GET that does something all the same. Asked as a test account it would end its session, or change what is its own.
bool namesAnEffect(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|[/_.-])(?:log-?out|log-?off|sign-?out|delete|remove|destroy|revoke|reset|unsubscribe|cancel|confirm|"
        u"activate|deactivate|disable|approve|reject|accept|send|resend|trigger|run|cron|pay|checkout|impersonate)"
        u"(?:$|[/_.-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

// What a POST with ids in its body says by its name: that it shows them. All others could archive, merge or send them,
// and they are records of somebody.
bool namesALookUp(const QString &path)
{
    static const QRegularExpression words(
        u"^(?:look-?ups?|search|find|query|filter|list|get|fetch|read|show|select|resolve|details?|by-?ids?|"
        u"(?:multi|batch|bulk|many)[-_]?(?:get|fetch|read|show|look-?up)|(?:get|fetch|read)[-_]?(?:many|batch|bulk|all)"
        u"|"
        u"preview|report|export|count)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(path.section(u'/', -1)).hasMatch();
}

const Route *readAt(const std::vector<Route> &reads, const QString &path, const QString &host)
{
    const auto it = std::ranges::find_if(
        reads, [&](const Route &route) { return route.host == host && shapeOf(route.path) == shapeOf(path); });
    return it == reads.end() ? nullptr : &*it;
}

std::vector<Route> privateReads(const std::vector<Route> &routes, const std::vector<RouteSample> &samples)
{
    std::vector<Route> reads;
    std::ranges::copy_if(routes, std::back_inserter(reads), [&](const Route &route) {
        return route.method == "GET"_L1 && onlyReads(route) && route.access != AccessClass::Public &&
               !isFilePlace(route.path) && !isGraphQlAddress(route.path) && !namesAnEffect(route.path) &&
               !isSocketRoute(route, samples);
    });
    return reads;
}

void addBelow(ResourceRoutes &resource, const std::vector<Route> &reads, const QString &collection, const QString &item)
{
    for (const Route &route : reads) {
        const QString shape = shapeOf(route.path);
        if (route.host != resource.item->host)
            continue;
        if (shape.startsWith(item + u'/') && holeCount(route.path) == holeCount(resource.item->path))
            resource.parts.push_back(route);
        else if (parentOf(shape) == collection && !hasHoles(route.path))
            (isExport(route.path) ? resource.exports : resource.byQuery).push_back(route);
    }
    std::erase_if(resource.byQuery, [](const Route &route) { return isSearch(route.path); });
}

// What reads by POST is known by its name and by what it takes: ids.
void addLookups(ResourceRoutes &resource, const std::vector<Route> &routes, const std::vector<RouteSample> &samples,
                const QString &collection)
{
    const IdsForBody any{resource.name, u"1"_s, {}};
    for (const Route &route : routes) {
        const bool isBelow = route.method == "POST"_L1 && parentOf(shapeOf(route.path)) == collection;
        if (!isBelow || !namesALookUp(route.path) || !maySafelyWrite(route) || hasHoles(route.path) ||
            route.host != resource.item->host)
            continue;
        const RouteSample *sample = sampleFor(route.method, route.path, route.host, samples);
        if (sample && bodyWithIds(sample->body, any))
            resource.lookups.push_back(*sample);
    }
}

// A list or a page of one's own; what needs an id or words first says nothing.
std::vector<Route> readsToLearnFrom(const std::vector<Route> &reads, const std::vector<ResourceRoutes> &resources)
{
    std::vector<Route> plain;
    for (const Route &route : reads) {
        const bool isBelowList = std::ranges::any_of(resources, [&](const ResourceRoutes &one) {
            const auto has = [&](const std::vector<Route> &list) {
                return std::ranges::find(list, route) != list.end();
            };
            return has(one.byQuery) || has(one.exports);
        });
        if (!hasHoles(route.path) && !isBelowList && !isExport(route.path) && !isSearch(route.path))
            plain.push_back(route);
    }
    // Where the records are goes first: others may be cut off.
    std::stable_partition(plain.begin(), plain.end(), [&](const Route &route) {
        return std::ranges::any_of(resources, [&](const ResourceRoutes &one) { return one.list == route; });
    });
    return plain;
}

QString queryOf(const RouteSample &sample)
{
    const bool isQuestion = sample.method == "POST"_L1 && isGraphQlAddress(sample.path.section(u'#', 0, 0));
    return isQuestion ? QJsonDocument::fromJson(sample.body).object().value("query"_L1).toString() : QString();
}

// The address as a whole is marked, or the operation as the list names it.
bool isMarkedSafe(const RouteSample &sample, const std::vector<Route> &routes)
{
    return std::ranges::any_of(routes, [&](const Route &route) {
        return route.method == sample.method && route.host == sample.host && maySafelyWrite(route) &&
               (route.path == sample.path || route.path == sample.path.section(u'#', 0, 0));
    });
}

// The names of those that are cut off.
QStringList cutTo(std::size_t most, std::vector<RouteSample> &list)
{
    QStringList left;
    for (std::size_t i = most; i < list.size(); ++i)
        left.append(questionName(list[i]));
    list.erase(list.end() - left.size(), list.end());
    return left;
}

// As many as there is room for.
QuestionPlaces addCopies(CrossingRoutes &sorted, const std::vector<Route> &routes,
                         const std::vector<RouteSample> &samples, const QStringList &open)
{
    const std::size_t room = kMostQuestions - std::min(kMostQuestions, sorted.questions.size());
    QuestionPlaces places = questionsElsewhere(sorted.questions, routes, samples, room, open);
    std::ranges::copy(places.copies, std::back_inserter(sorted.questions));
    return places;
}

QStringList namesOf(const CrossingRoutes &sorted)
{
    QStringList names = sorted.namesLeft;
    for (const auto &[earlier, today] : sorted.renamed)
        names.append(earlier);
    for (const std::vector<RouteSample> *some : {&sorted.questions, &sorted.mutations}) {
        for (const RouteSample &one : *some)
            names.append(questionName(one));
    }
    return names;
}

void sortQuestions(CrossingRoutes &sorted, const std::vector<Route> &routes, const std::vector<RouteSample> &samples,
                   const QStringList &open)
{
    static const QRegularExpression changes(u"\\b(?:mutation|subscription)\\b"_s);
    static const QRegularExpression mutation(u"^\\s*mutation\\b"_s);
    std::vector<RouteSample> lists;
    for (const RouteSample &sample : samples) {
        const QString query = queryOf(sample);
        if (!query.isEmpty() && !changes.match(query).hasMatch())
            (asksForIds(sample.body) ? sorted.questions : lists).push_back(sample);
        if (mutation.match(query).hasMatch() && asksForIds(sample.body) && isMarkedSafe(sample, routes))
            sorted.mutations.push_back(sample);
    }
    std::stable_partition(sorted.mutations.begin(), sorted.mutations.end(),
                          [](const RouteSample &sample) { return !isRemoval(sample); });
    for (std::vector<RouteSample> *some : {&sorted.questions, &lists})
        std::stable_partition(some->begin(), some->end(),
                              [&](const RouteSample &one) { return isOpenQuestion(one, open); });
    QuestionPlaces places = addCopies(sorted, routes, samples, open);
    std::vector<RouteSample> all = places.copiesLeft;
    for (const std::vector<RouteSample> *some : {&sorted.questions, &lists, &sorted.mutations})
        std::ranges::copy(*some, std::back_inserter(all));
    sorted.renamed = renamedQuestions(all, open);
    sorted.namesLeft = cutTo(kMostQuestions, sorted.questions) + cutTo(kMostQuestions, lists) +
                       cutTo(kMostMutations, sorted.mutations);
    sorted.questionsLeft = static_cast<int>(sorted.namesLeft.size());
    std::ranges::move(lists, std::back_inserter(sorted.questions));
    leaveOpenUnasked(places, routes, namesOf(sorted), open);
    sorted.placesLeft = places.left;
    sorted.hiddenAtPlaces = places.hides;
}

} // namespace

CrossingRoutes crossingRoutes(const std::vector<Route> &routes, const std::vector<RouteSample> &samples,
                              const QStringList &open)
{
    CrossingRoutes sorted;
    const std::vector<Route> reads = privateReads(routes, samples);
    for (const Route &route : reads) {
        if (!isItem(route.path))
            continue;
        ResourceRoutes resource;
        resource.name = resourceOf(route.path);
        resource.item = route;
        const QString collection = parentOf(route.path);
        if (const Route *list = readAt(reads, collection, route.host); list && !hasHoles(collection))
            resource.list = *list;
        addBelow(resource, reads, shapeOf(collection), shapeOf(route.path));
        addLookups(resource, routes, samples, shapeOf(collection));
        if (holeCount(route.path) > 1 && seenIdsOf(route).isEmpty())
            sorted.withoutIds += routeNamesOf(resource);
        else
            sorted.resources.push_back(std::move(resource));
    }
    sorted.withoutIds.removeDuplicates();
    sorted.reads = readsToLearnFrom(reads, sorted.resources);
    std::ranges::copy_if(reads, std::back_inserter(sorted.searches),
                         [](const Route &route) { return isSearch(route.path) && !hasHoles(route.path); });
    sorted.sockets = socketsAmong(routes, samples);
    sorted.subscriptions = subscriptionsAmong(routes, samples);
    sortQuestions(sorted, routes, samples, open);
    return sorted;
}

QStringList routeNamesOf(const ResourceRoutes &routes)
{
    QStringList names{routeName(*routes.item)};
    if (routes.list)
        names.append(routeName(*routes.list));
    for (const std::vector<Route> *some : {&routes.parts, &routes.byQuery, &routes.exports}) {
        for (const Route &one : *some)
            names.append(routeName(one));
    }
    for (const RouteSample &one : routes.lookups)
        names.append(one.method + u' ' + one.path);
    names.removeDuplicates();
    return names;
}

bool isRemoval(const RouteSample &mutation)
{
    static const QRegularExpression words(u"\\b(?:delete|remove|destroy|archive)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(queryOf(mutation)).hasMatch();
}

} // namespace cockpit
