#include "checks/abuse/describedanswers.h"

#include "checks/abuse/answerrules.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "models/routes/importers.h"
#include "models/routes/yamljson.h"
#include "models/unseen.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::vector<AnswerDescription> broughtDescriptions(const ProjectFacts &facts)
{
    std::vector<AnswerDescription> described;
    for (const RouteSample &sample : facts.samples) {
        if (auto one = answersIn(sample))
            described.push_back(std::move(*one));
    }
    return described;
}

bool hasBrought(const ProjectFacts &facts)
{
    return std::ranges::any_of(facts.samples,
                               [](const RouteSample &sample) { return sample.contentType == kAnswerDescription; });
}

QStringList documentPathsAt(const Host &host, const ProjectFacts &facts)
{
    CheckResult of;
    of.checkId = u"exposure.api-docs"_s;
    of.host = host.name;
    const auto before = facts.observedBefore.find(of.key());
    QStringList paths;
    if (before == facts.observedBefore.end())
        return paths;
    for (const QJsonValue one : before->second.value("documents"_L1).toArray())
        paths.append(one["path"_L1].toString());
    paths.removeAll(QString());
    return paths;
}

QJsonObject documentIn(const HttpResponse &answer)
{
    QJsonObject document;
    if (answer.body.trimmed().startsWith('{'))
        document = QJsonDocument::fromJson(answer.body).object();
    else if (const auto yaml = yamlToJson(answer.body))
        document = yaml->toObject();
    return isApiDocument(document) ? document : QJsonObject();
}

// A document without servers speaks of the host that hands it out.
void addShown(const HttpResponse &shown, const std::vector<GoodAnswer> &asked,
              std::vector<AnswerDescription> &described)
{
    const auto isAsked = [&](const Route &route) {
        const AnswerDescription one{route.method, route.path, route.host, {}};
        return std::ranges::any_of(asked, [&](const GoodAnswer &good) {
            return descriptionOf(good.route, hostOf(good.answer.url), {one}) != nullptr;
        });
    };
    for (AnswerDescription &one : answersOfApiDocument(documentIn(shown), isAsked)) {
        if (one.host.isEmpty())
            one.host = hostOf(shown.url);
        described.push_back(std::move(one));
    }
}

bool isGone(const HttpResponse &answer)
{
    return answer.status == 404 || answer.status == 410;
}

} // namespace

std::vector<QUrl> shownDocuments(const ProjectFacts &facts, const Target &target)
{
    std::vector<QUrl> documents;
    if (hasBrought(facts))
        return documents;
    for (const Host &host : target.hosts) {
        for (const QString &path : documentPathsAt(host, facts)) {
            if (path.startsWith(u'/') && std::ssize(documents) < kMostShownDocuments)
                documents.push_back(httpsAddress(host, path));
        }
    }
    return documents;
}

int shownDocumentsAtMost(const ProjectFacts &facts)
{
    if (hasBrought(facts))
        return 0;
    qsizetype known = 0;
    for (const auto &[key, observed] : facts.observedBefore) {
        if (key.startsWith("exposure.api-docs"_L1))
            known += observed.value("documents"_L1).toArray().size();
    }
    return static_cast<int>(std::min<qsizetype>(known, kMostShownDocuments));
}

std::vector<HttpResponse> readDocuments(const std::vector<QUrl> &urls, Observations &seen)
{
    std::vector<HttpResponse> documents;
    for (const QUrl &url : urls) {
        if (seen.isOver())
            break;
        const auto answer = seen.ask(HttpGet{.url = url, .bodyCap = kLongestYaml});
        if (*answer)
            documents.push_back(**answer);
    }
    return documents;
}

std::vector<AnswerDescription> describedAnswers(const ProjectFacts &facts, const BadInputRun &run)
{
    std::vector<AnswerDescription> described = broughtDescriptions(facts);
    const std::vector<GoodAnswer> asked = goodAnswersOf(run);
    for (const HttpResponse &shown : run.documents) {
        if (isSuccess(shown))
            addShown(shown, asked, described);
    }
    return described;
}

bool isDescriptionGone(const ProjectFacts &facts, const BadInputRun &run)
{
    if (hasBrought(facts))
        return false;
    bool hasLooked = false;
    qsizetype known = 0;
    for (const auto &[key, observed] : facts.observedBefore) {
        if (!key.startsWith("exposure.api-docs"_L1))
            continue;
        if (!observed.contains("documents"_L1) || !unseenIn(observed).empty())
            return false;
        hasLooked = true;
        known += observed.value("documents"_L1).toArray().size();
    }
    return hasLooked && std::ssize(run.documents) == known && std::ranges::all_of(run.documents, isGone);
}

} // namespace cockpit
