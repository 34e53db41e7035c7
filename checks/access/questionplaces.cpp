#include "checks/access/questionplaces.h"

#include "checks/access/questionname.h"
#include "models/routes/pathtemplate.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Place
{
    QString host;
    QString path;

    bool operator==(const Place &) const = default;
};

Place placeOf(const RouteSample &sample)
{
    return {sample.host, sample.path.section(u'#', 0, 0)};
}

QString nameOf(const Place &place)
{
    return u"POST "_s + place.path;
}

RouteSample askedAt(const Place &place, RouteSample question)
{
    question.host = place.host;
    question.path = place.path;
    return question;
}

QString queryIn(const RouteSample &sample)
{
    return QJsonDocument::fromJson(sample.body).object().value("query"_L1).toString();
}

// By its field, as two pages may want other parts of the same; where that is not told (a fragment), by its words.
bool asksTheSame(const RouteSample &a, const RouteSample &b)
{
    if (placeOf(a) != placeOf(b))
        return false;
    const QString name = questionName(askedAt(placeOf(a), a));
    return queryIn(a) == queryIn(b) || (name != nameOf(placeOf(a)) && name == questionName(askedAt(placeOf(b), b)));
}

bool isExampleAt(const Place &place, const std::vector<RouteSample> &samples)
{
    return std::ranges::find(samples, place, placeOf) != samples.end();
}

std::vector<Place> placesIn(const std::vector<Route> &routes)
{
    std::vector<Place> places;
    for (const Route &route : routes) {
        const Place place{route.host, route.path.section(u'#', 0, 0)};
        const bool isFit = route.method == "POST"_L1 && isGraphQlAddress(place.path) && !hasHoles(place.path);
        if (isFit && std::ranges::find(places, place) == places.end())
            places.push_back(place);
    }
    return places;
}

// An example has asked it under this very name, or the same and nothing was found under this one.
bool isAskedAnyway(const RouteSample &copy, const std::vector<RouteSample> &others, const QStringList &open)
{
    const QString name = questionName(copy);
    const bool isOpen = open.contains(name);
    return std::ranges::any_of(others, [&](const RouteSample &one) {
        return asksTheSame(one, copy) && (!isOpen || questionName(one) == name);
    });
}

void leave(QuestionPlaces &result, const QString &place, const Unseen &unseen)
{
    if (!result.left.contains(place))
        result.left.append(place);
    if (std::ranges::find(result.hides, unseen) == result.hides.end())
        result.hides.push_back(unseen);
}

bool isOf(const QString &subject, const QString &place)
{
    return subject == place || subject.startsWith(place + u' ') || subject.startsWith(place + u'#');
}

// It is asked wherever anything is (nodequestion.h), and says itself where it was not told.
bool isNodeAt(const QString &subject, const QString &place, const QStringList &asked)
{
    return subject == place + " node"_L1 &&
           std::ranges::any_of(asked, [&](const QString &name) { return isOf(name, place); });
}

} // namespace

bool isGraphQlAddress(const QString &path)
{
    return path.contains("graphql"_L1, Qt::CaseInsensitive) || path.endsWith("/gql"_L1);
}

QuestionPlaces questionsElsewhere(const std::vector<RouteSample> &known, const std::vector<Route> &routes,
                                  const std::vector<RouteSample> &samples, std::size_t room, const QStringList &open)
{
    std::vector<Place> places = placesIn(routes);
    std::stable_partition(places.begin(), places.end(),
                          [&](const Place &place) { return !isExampleAt(place, samples); });
    std::vector<RouteSample> wanted;
    for (const RouteSample &question : known) {
        for (const Place &place : places) {
            const RouteSample copy = askedAt(place, question);
            if (!isAskedAnyway(copy, known, open) && !isAskedAnyway(copy, wanted, open))
                wanted.push_back(copy);
        }
    }
    std::stable_partition(wanted.begin(), wanted.end(),
                          [&](const RouteSample &copy) { return isOpenQuestion(copy, open); });
    const auto taken = static_cast<std::ptrdiff_t>(std::min(room, wanted.size()));
    QuestionPlaces result;
    result.copies.assign(wanted.begin(), wanted.begin() + taken);
    result.copiesLeft.assign(wanted.begin() + taken, wanted.end());
    for (const Place &place : places) {
        if (!isExampleAt(place, samples) && !isExampleAt(place, result.copies))
            leave(result, nameOf(place), {.subject = nameOf(place)}); // whatever is there
    }
    for (const RouteSample &copy : result.copiesLeft)
        leave(result, nameOf(placeOf(copy)), {.subject = questionName(copy)});
    return result;
}

void leaveOpenUnasked(QuestionPlaces &places, const std::vector<Route> &routes, const QStringList &asked,
                      const QStringList &open)
{
    for (const Place &place : placesIn(routes)) {
        for (const QString &subject : open) {
            const bool isThere = isOf(subject, nameOf(place)) && !asked.contains(subject);
            if (isThere && !isNodeAt(subject, nameOf(place), asked))
                leave(places, nameOf(place), {.subject = subject, .isExact = true});
        }
    }
}

} // namespace cockpit
