#include "checks/exposure/pathlook.h"

#include "checks/exposure/baseline.h"
#include "checks/exposure/secretrules.h"
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

QByteArray typeOf(const HttpResponse &answer)
{
    return answer.header("content-type").value_or(QByteArray());
}

// Answers any path with a redirect to another host.
bool passesOn(const HttpResponse &answer)
{
    const QUrl next = answer.url.resolved(QUrl(QString::fromUtf8(answer.header("location").value_or(QByteArray()))));
    return answer.status >= 300 && answer.status < 400 && next.host() != answer.url.host();
}

bool holdsSecret(const QByteArray &body)
{
    static const Result<std::vector<SecretRule>> rules = loadSecretRules();
    return rules &&
           std::ranges::any_of(findKeys(body, *rules), [](const KeyFound &key) { return key.kind == KeyKind::Secret; });
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

} // namespace

tl::expected<std::vector<HttpResponse>, Judged> askBaselines(const Look &look)
{
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    std::vector<HttpResponse> baselines;
    for (const auto &answer : look.seen.askAll(baselineQuestions(*look.host, word))) {
        if (!*answer)
            return tl::unexpected(couldNotLook(answer->error())); // without a baseline nothing can be told apart
        baselines.push_back(**answer);
    }
    if (const auto obstacle = obstacleIn(baselines.front()))
        return tl::unexpected(couldNotVerify(*obstacle, baselines.front()));
    if (std::ranges::all_of(baselines, passesOn))
        return tl::unexpected(
            notApplicable(Text::tr("%1 passes every visitor on and holds no files of its own.").arg(look.host->name)));
    return baselines;
}

tl::expected<PathLook, Judged> lookAtPaths(const Look &look, const std::vector<PathRule> &rules)
{
    auto baselines = askBaselines(look);
    if (!baselines)
        return tl::unexpected(baselines.error());
    PathLook seen{std::move(*baselines), pathsOf(rules, *look.host)};
    askFirst(look, seen.asked);
    askAgain(look, seen.asked, seen.baselines);
    return seen;
}

bool isCandidate(const PathRule &rule, const HttpResponse &answer, const std::vector<HttpResponse> &baselines)
{
    if (answer.status != 200 && answer.status != 206)
        return false;
    return rule.accepts(answer.body, typeOf(answer)) && !isBaseline(answer, baselines) &&
           (!rule.needsSecret || holdsSecret(answer.body));
}

std::vector<const AskedPath *> provenAmong(const std::vector<AskedPath> &asked,
                                           const std::vector<HttpResponse> &baselines)
{
    std::vector<const AskedPath *> proven;
    for (const AskedPath &one : asked) {
        const bool isTwice = one.rule && one.first && one.second && isCandidate(*one.rule, *one.first, baselines) &&
                             isCandidate(*one.rule, *one.second, baselines);
        if (isTwice)
            proven.push_back(&one);
    }
    return proven;
}

QStringList blockedAmong(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines)
{
    QStringList blocked;
    for (const AskedPath &one : asked) {
        const bool isRefused = one.first && (one.first->status == 401 || one.first->status == 403);
        if (isRefused && isSelective(*one.first, one.path, baselines))
            blocked.append(one.path);
    }
    return blocked;
}

// A 403 is what an edge says to such paths, a few cut connections are another edge's way to say it, and a 5xx hands out
// no file.
int untoldAmong(const std::vector<AskedPath> &asked)
{
    constexpr int kFewSilent = 20; // one in so many
    int silent = 0;
    int heldBack = 0;
    for (const AskedPath &one : asked) {
        const auto obstacle = one.first ? obstacleIn(*one.first) : std::nullopt;
        silent += one.first ? 0 : 1;
        heldBack += obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests ? 1 : 0;
    }
    return heldBack + (silent * kFewSilent > static_cast<int>(asked.size()) ? silent : 0);
}

} // namespace cockpit
