#include "checks/abuse/describedanswers.h"

#include "checks/abuse/answerrules.h"
#include "checks/net/urlhost.h"
#include "checks/web/apidocuments.h"
#include "models/routes/yamljson.h"

#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

namespace {

std::vector<AnswerDescription> broughtDescriptions(const Look &look)
{
    std::vector<AnswerDescription> described;
    for (const RouteSample &sample : look.facts.samples) {
        if (auto one = answersIn(sample))
            described.push_back(std::move(*one));
    }
    return described;
}

QJsonObject documentOf(const ApiDocument &document)
{
    if (document.answer.body.trimmed().startsWith('{'))
        return QJsonDocument::fromJson(document.answer.body).object();
    const auto yaml = yamlToJson(document.answer.body);
    return yaml ? yaml->toObject() : QJsonObject();
}

// A document without servers speaks of the host that hands it out.
void addShown(const Look &look, const Host &host, const std::vector<GoodAnswer> &asked,
              std::vector<AnswerDescription> &described)
{
    const auto isAsked = [&](const Route &route) {
        const AnswerDescription one{route.method, route.path, route.host, {}};
        return std::ranges::any_of(asked, [&](const GoodAnswer &good) {
            return descriptionOf(good.route, hostOf(good.answer.url), {one}) != nullptr;
        });
    };
    for (const ApiDocument &document : openApiDocuments(look, host)) {
        if (look.seen.isOver())
            return;
        for (AnswerDescription &one : answersOfApiDocument(documentOf(document), isAsked)) {
            if (one.host.isEmpty())
                one.host = host.name;
            described.push_back(std::move(one));
        }
    }
}

} // namespace

std::vector<AnswerDescription> describedAnswers(const Look &look, const BadInputRun &run)
{
    std::vector<AnswerDescription> described = broughtDescriptions(look);
    const std::vector<GoodAnswer> asked = goodAnswersOf(run);
    const auto isDescribed = [&](const GoodAnswer &good) {
        return descriptionOf(good.route, hostOf(good.answer.url), described) != nullptr;
    };
    for (const Host &host : look.target.hosts) {
        const auto isHere = [&](const GoodAnswer &good) { return hostOf(good.answer.url) == host.name; };
        const auto known = [&](const GoodAnswer &good) { return isHere(good) && isDescribed(good); };
        const bool isWanted = std::ranges::any_of(asked, isHere) && std::ranges::none_of(asked, known);
        if (isWanted && !look.seen.isOver())
            addShown(look, host, asked, described);
    }
    return described;
}

} // namespace cockpit
