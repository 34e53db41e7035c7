// abuse.schema beside a description: routes, what a good body and bad ones were answered, and a server that hands its
// description out.
#pragma once

#include "checks/abuse/badtrials.h"
#include "models/routes/apianswers.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

inline const QByteArray kJson = "Content-Type: application/json";

inline Route routeAt(const QString &method, const QString &path)
{
    Route route;
    route.method = method;
    route.path = path;
    return route;
}

// One POST to /notes, whose good body got that answer.
inline BadInputRun goodPost(const HttpResponse &good)
{
    PlaceRun place;
    place.place.route = routeAt(u"POST"_s, u"/notes"_s);
    place.control = TriedBody{.request = {}, .answer = good, .wasTaken = true};
    place.stillTakes = true;
    BadInputRun run;
    run.places.push_back(std::move(place));
    return run;
}

// It refused a bad body, as it should.
inline void refuseABadBody(BadInputRun &run)
{
    TriedMutation refused;
    refused.tried.answer = test::answer(422, kJson, "{}", run.places.front().control->answer.url.toString());
    run.places.front().tried.push_back(refused);
}

// `responses` of one operation of an OpenAPI document.
inline std::vector<AnswerDescription> describedAnswers(const QByteArray &path, const QByteArray &method,
                                                       const QByteArray &responses)
{
    const QByteArray document =
        R"({"openapi":"3.0.3","paths":{")" + path + R"(":{")" + method + R"(":{"responses":)" + responses + "}}}}";
    return answersOfApiDocument(QJsonDocument::fromJson(document).object());
}

// Of the shop only its projects may be written, and the last look at its API found a document at /openapi.json.
class DescribedShop : public ShopRun
{
public:
    explicit DescribedShop(int requests = 300) : ShopRun({}, requests)
    {
        keepRoutes({u"/api/projects"_s, u"/api/me"_s});
        for (Route &route : facts.routes)
            route.safeToWrite = route.safeToWrite && route.path.startsWith(u"/api/projects"_s);
        CheckResult seen;
        seen.checkId = u"exposure.api-docs"_s;
        seen.host = QString::fromLatin1(shop.shop().apiHost());
        facts.observedBefore[seen.key()] = {{u"documents"_s, QJsonArray{QJsonObject{{u"path"_s, u"/openapi.json"_s}}}}};
    }
};

inline std::optional<PageReply> jsonReply(const QByteArray &body)
{
    return PageReply{.contentType = "application/json", .body = body};
}

} // namespace cockpit::lab
