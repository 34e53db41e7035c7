#include "checks/access/backendwrites.h"

#include "checks/access/backendcalls.h"
#include "checks/access/backendwriterun.h"
#include "checks/access/tablefiles.h"
#include "models/jsonplaces.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

std::vector<TableShape> shapesFor(const Look &look, const std::vector<BackendLook> &looks)
{
    std::vector<TableShape> shapes;
    if (!look.facts.sources.empty()) {
        const auto read = look.seen.ask(access::ReadTableFiles{look.facts.sources});
        if (*read)
            shapes = (*read)->shapes;
    }
    for (const BackendLook &one : looks) {
        for (const BackendAsk &ask : one.asks) {
            if (ask.part == BackendPart::Schema && ask.answer && one.backend.kind == BackendKind::Supabase)
                std::ranges::move(tableShapesIn(jsonRoot(ask.answer->body).toObject()), std::back_inserter(shapes));
        }
    }
    return shapes;
}

struct Planned
{
    BackendPlace place;
    const BackendFound *backend = nullptr;
};

std::vector<Planned> plannedFor(const Look &look, const std::vector<BackendLook> &looks)
{
    std::vector<Planned> planned;
    for (const BackendLook &one : looks) {
        for (BackendPlace &place : markedPlaces(look.facts.routes, &one.backend))
            planned.push_back({std::move(place), &one.backend});
    }
    return planned;
}

// Marked, and of no service that the pages use: its key is not known. A node of a realtime database is called like any
// other route, so that nothing is said of those.
std::vector<BackendPlace> placesOfNobody(const std::vector<Route> &routes, const std::vector<Planned> &planned)
{
    std::vector<BackendPlace> places = markedPlaces(routes);
    std::erase_if(places, [&](const BackendPlace &place) {
        return place.part == BackendPart::Database ||
               std::ranges::any_of(planned, [&](const Planned &one) { return one.place.route == place.route; });
    });
    return places;
}

BackendWrite untried(const BackendPlace &place, const QString &why)
{
    return {.part = place.part, .name = place.name, .host = place.route.host, .end = WriteEnd::NotTried, .why = why};
}

} // namespace

QString toWord(WriteEnd value)
{
    switch (value) {
    case WriteEnd::Taken:
        return u"taken"_s;
    case WriteEnd::WouldBeTaken:
        return u"would_be_taken"_s;
    case WriteEnd::Refused:
        return u"refused"_s;
    case WriteEnd::NotTold:
        return u"not_told"_s;
    case WriteEnd::NotTried:
        return u"not_tried"_s;
    }
    Q_UNREACHABLE();
}

std::vector<BackendWrite> writeToBackends(const Look &look, const std::vector<BackendLook> &looks, UndoList &undo)
{
    const std::vector<Planned> planned = plannedFor(look, looks);
    std::vector<BackendWrite> writes;
    for (const BackendPlace &place : placesOfNobody(look.facts.routes, planned))
        writes.push_back(untried(place, Text::tr("the code of your pages names no such service at this host, and so "
                                                 "no key for it")));
    if (planned.empty())
        return writes;
    const ActiveGate *gate = look.seen.active();
    const RequestNeed need = needOfBackends(look.facts.routes);
    const int most = kWriteRequests * std::min(kMostWrites, static_cast<int>(planned.size()));
    const int left = gate ? mayAnnounce(look, need) - gate->sentBy(need.account) : 0;
    const std::vector<TableShape> shapes = gate ? shapesFor(look, looks) : std::vector<TableShape>();
    const auto wire = std::make_shared<Wire>(look, need.account, std::clamp(left, 0, most));
    int mayBegin = wire->left() / kWriteRequests; // what each may need to the end, the removal with it
    for (const auto &[place, backend] : planned) {
        if (!gate)
            writes.push_back(untried(place, Text::tr("you have not permitted test requests")));
        else if (!gate->covers(place.route.host))
            writes.push_back(
                untried(place, Text::tr("%1 is no host that you allowed test requests for").arg(place.route.host)));
        else if (mayBegin-- <= 0)
            writes.push_back(untried(place, Text::tr("this run had no requests left for it")));
        else if (auto trial = trialFor(place, *backend, look.facts.samples, shapes); trial)
            writes.push_back(BackendWriteRun(std::move(*trial), wire, undo).run());
        else
            writes.push_back(untried(place, trial.error().message));
    }
    return writes;
}

} // namespace cockpit
