// Looks of abuse.schema as its judge gets them, after an earlier one that found something.
#pragma once

#include "checks/abuse/schema.h"
#include "checks/abuse/schemamemory.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline const QByteArray kJson = "Content-Type: application/json";
inline const QString kHost = u"api.example.com"_s;
inline const QString kNotes = u"POST /notes"_s;
inline const QString kWrongType = u"wrong_type pages"_s;

inline HttpResponse gave(int status, const QByteArray &body = "{}", const QString &path = u"/notes"_s)
{
    return answer(status, kJson, body, u"https://"_s + kHost + path);
}

inline Route routeAt(const QString &name)
{
    Route route;
    route.method = name.section(u' ', 0, 0);
    route.path = name.section(u' ', 1);
    return route;
}

inline TriedMutation tried(MutationKind kind, const QString &field, int status, const QByteArray &after = {})
{
    TriedMutation one;
    one.mutation.kind = kind;
    one.mutation.path = field.isEmpty() ? QStringList() : QStringList{field};
    one.mutation.sent = u"x"_s;
    one.mutation.mustBeRefused = true;
    one.tried.answer = gave(status);
    one.tried.wasTaken = status < 300;
    if (!after.isEmpty())
        one.tried.after = gave(200, after);
    return one;
}

// A route that takes its good body, before and after.
inline PlaceRun placeAt(const QString &name, std::vector<TriedMutation> bodies)
{
    PlaceRun place;
    place.place.route = routeAt(name);
    place.goodBody = R"({"pages":3,"title":"x"})";
    place.control = TriedBody{.request = {}, .answer = gave(201, R"({"id":1})"), .wasTaken = true};
    place.control->after = gave(200, R"({"id":1,"pages":3})");
    place.stillTakes = true;
    place.tried = std::move(bodies);
    return place;
}

// What was found before is all on /notes; another route refuses whatever is sent.
inline BadInputRun runWith(const std::vector<PlaceRun> &places)
{
    BadInputRun run;
    run.places = places;
    run.places.push_back(placeAt(u"POST /people"_s, {tried(MutationKind::WrongType, u"pages"_s, 422)}));
    return run;
}

inline SchemaBefore beforeWith(const std::vector<SchemaFound> &found)
{
    return {.observed = {{u"found"_s, rowsOf(found)}},
            .routes = {kNotes, u"POST /people"_s, u"GET /search"_s, u"GET /list"_s}};
}

inline bool closes(const Judged &judged, const SchemaFound &found)
{
    CheckResult result{.checkId = u"abuse.schema"_s, .host = {}, .outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.checkId = u"abuse.schema"_s;
    earlier.code = found.code;
    earlier.host = found.host;
    earlier.subject = found.route;
    return hasSeen(result, earlier);
}

} // namespace cockpit::test
