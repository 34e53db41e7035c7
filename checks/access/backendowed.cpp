#include "checks/access/backendowed.h"

#include "checks/engine/inwords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

constexpr auto kWritten = "write "_L1; // begins the subjects

Unseen placeIn(const QJsonValue &row)
{
    return {.subject = subjectOfWrite(row["what"_L1].toString(), row["name"_L1].toString()),
            .host = row["host"_L1].toString()};
}

bool isAt(const Unseen &place, const QString &subject, const QString &host)
{
    return place.subject == subject && place.host == host;
}

// All but what was refused, with what that look did not see either.
std::vector<Unseen> placesIn(const QJsonObject &before)
{
    std::vector<Unseen> places;
    for (const QJsonValue row : before["backend_writes"_L1].toArray()) {
        if (row["result"_L1].toString() != toWord(WriteEnd::Refused))
            places.push_back(placeIn(row));
    }
    for (const Unseen &gap : unseenBefore(before, [](const Unseen &one) { return one.subject.startsWith(kWritten); }))
        places.push_back({.subject = gap.subject, .host = gap.host});
    return places;
}

// On the list of routes, whatever is marked there now.
bool isInProject(const Unseen &place, const std::vector<Route> &routes)
{
    std::vector<Route> marked = routes;
    for (Route &route : marked)
        route.safeToWrite = true;
    const std::vector<BackendPlace> places = markedPlaces(marked);
    return std::ranges::any_of(places, [&](const BackendPlace &one) {
        return isAt(place, subjectOfWrite(toWord(one.part), one.name), one.route.host);
    });
}

// The pages name it, or did once, and the service does not say that there is no such thing. Of a realtime database they
// name no node.
bool isInBackends(const Unseen &place, const std::vector<BackendLook> &looks)
{
    const bool isNode = place.subject.startsWith(subjectOfWrite(toWord(BackendPart::Database), {}));
    return std::ranges::any_of(looks, [&](const BackendLook &look) {
        return std::ranges::any_of(look.asks, [&](const BackendAsk &ask) {
            const bool isIt = isNode ? ask.part == BackendPart::Database
                                     : place.subject == subjectOfWrite(toWord(ask.part), ask.name);
            return isIt && !ask.isMadeUp && place.host == ask.question.url.host() &&
                   resultOf(look, ask) != BackendResult::Unknown;
        });
    });
}

bool isThere(const Unseen &place, const PlacesNow &now)
{
    return !now.wereAllRead || isInProject(place, now.routes) || isInBackends(place, now.looks);
}

QString nameOf(const Unseen &place)
{
    return Text::tr("%1 (%2)", "a place, its host").arg(place.subject.mid(kWritten.size()), place.host);
}

} // namespace

QString subjectOfWrite(const QString &part, const QString &name)
{
    return kWritten + part + u' ' + name;
}

QString codeOfWrite(const QString &part)
{
    if (part == toWord(BackendPart::Table))
        return u"rows_writable"_s;
    return part == toWord(BackendPart::Bucket) ? u"files_writable"_s : u"records_writable"_s;
}

// A gap that names a code is of a finding: one that only was not tried names none.
bool wasFoundOpen(const Unseen &place, const QJsonObject &before, const PlacesNow &now)
{
    const QJsonArray rows = before["backend_writes"_L1].toArray();
    const bool isInRows = std::any_of(rows.begin(), rows.end(), [&](const QJsonValue &row) {
        const QString result = row["result"_L1].toString();
        const bool isOpen = result == toWord(WriteEnd::Taken) || result == toWord(WriteEnd::WouldBeTaken);
        return isOpen && isAt(placeIn(row), place.subject, place.host);
    });
    const std::vector<Unseen> gaps = unseenIn(before);
    return isInRows ||
           std::ranges::any_of(
               gaps, [&](const Unseen &gap) { return !gap.code.isEmpty() && isAt(gap, place.subject, place.host); }) ||
           std::ranges::any_of(now.open, [&](const Finding &one) { return isAt(place, one.subject, one.host); });
}

LookGaps owedWrites(const QJsonObject &before, const std::vector<BackendWrite> &writes, const PlacesNow &now)
{
    LookGap kept;
    QStringList names;
    QStringList letGo;
    const auto owed = notAskedAgain(placesIn(before), [&](const Unseen &place) {
        return std::ranges::any_of(writes, [&](const BackendWrite &one) {
            return isAt(place, subjectOfWrite(toWord(one.part), one.name), one.host);
        });
    });
    for (Unseen place : owed) {
        const bool isFound = wasFoundOpen(place, before, now);
        if (!isFound && !isThere(place, now)) {
            letGo.append(nameOf(place));
            continue;
        }
        names.append(nameOf(place));
        if (isFound)
            place.code = codeOfWrite(place.subject.section(u' ', 1, 1));
        kept.hides.push_back(place);
    }
    kept.sentence = notAskedAgainText(names);
    LookGaps gaps;
    gaps.add(kept);
    if (!letGo.isEmpty())
        gaps.say(Text::tr("Not kept for another try: %1. Neither your list of routes nor your pages name it any more, "
                          "and nothing was found there.")
                     .arg(namesInWords(letGo)));
    return gaps;
}

} // namespace cockpit
