#include "checks/exposure/files.h"

#include "checks/exposure/baseline.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExposedFiles)
};

// Answers any path with a redirect to another host.
bool passesOn(const HttpResponse &answer)
{
    const QUrl next = answer.url.resolved(QUrl(QString::fromUtf8(answer.header("location").value_or(QByteArray()))));
    return answer.status >= 300 && answer.status < 400 && next.host() != answer.url.host();
}

std::vector<AskedPath> pathsOf(const std::vector<PathRule> &rules, const Host &host)
{
    std::vector<AskedPath> asked;
    for (const PathRule &rule : rules) {
        for (QString path : rule.paths)
            asked.push_back({path.replace(u"{host}"_s, host.name), &rule, std::nullopt, std::nullopt});
    }
    return asked;
}

void askFirst(const Look &look, std::vector<AskedPath> &asked)
{
    std::vector<HttpGet> questions;
    questions.reserve(asked.size());
    for (const AskedPath &one : asked)
        questions.push_back(firstBytesOf(httpsAddress(*look.host, one.path)));
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < asked.size(); ++i) {
        if (*answers[i])
            asked[i].first = **answers[i];
    }
}

void askAgain(const Look &look, std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines)
{
    std::vector<AskedPath *> candidates;
    std::vector<HttpGet> questions;
    for (AskedPath &one : asked) {
        if (!one.first || !isCandidate(*one.rule, *one.first, baselines))
            continue;
        candidates.push_back(&one);
        questions.push_back(firstBytesOf(httpsAddress(*look.host, one.path)));
        questions.back().repetition = 1;
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < candidates.size(); ++i) {
        if (*answers[i])
            candidates[i]->second = **answers[i];
    }
}

Judged look(const Look &look)
{
    static const Result<std::vector<PathRule>> rules = loadPathRules();
    if (!rules)
        return couldNotLook(rules.error());
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    std::vector<HttpResponse> baselines;
    for (const auto &answer : look.seen.askAll(baselineQuestions(*look.host, word))) {
        if (!*answer)
            return couldNotLook(answer->error()); // without a baseline nothing can be told apart
        baselines.push_back(**answer);
    }
    if (const auto obstacle = obstacleIn(baselines.front()))
        return couldNotVerify(*obstacle, baselines.front());
    if (std::ranges::all_of(baselines, passesOn))
        return notApplicable(
            Text::tr("%1 passes every visitor on and holds no files of its own.").arg(look.host->name));
    std::vector<AskedPath> asked = pathsOf(*rules, *look.host);
    askFirst(look, asked);
    askAgain(look, asked, baselines);
    return judgeFiles(asked, baselines);
}

} // namespace

Check filesCheck()
{
    return {.id = u"exposure.files"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
