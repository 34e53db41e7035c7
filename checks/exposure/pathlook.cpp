#include "checks/exposure/pathlook.h"

#include "checks/exposure/baseline.h"
#include "checks/secrets/compiledrules.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

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

// All that the rule wants but the keys, which take a search.
bool isAccepted(const PathRule &rule, const HttpResponse &answer, const std::vector<HttpResponse> &baselines)
{
    return isHandedOut(answer.status) && rule.accepts(answer.body, typeOf(answer)) && !isBaseline(answer, baselines);
}

bool counts(const PathRule &rule, const HttpResponse &answer, HeldKeys held, const std::vector<HttpResponse> &baselines)
{
    return (!rule.needsSecret || held != HeldKeys::None) && isAccepted(rule, answer, baselines);
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

// The keys in what was answered, for the rules that count by them. Compiles the rules for secrets where they are
// needed.
class KeyLook
{
public:
    explicit KeyLook(const Look &look) : m_look(look) {}

    Result<void> lookAt(const AskedPath &one, const std::optional<HttpResponse> &answer, HeldKeys &held,
                        const std::vector<HttpResponse> &baselines)
    {
        if (!answer || !one.rule->needsSecret || !isAccepted(*one.rule, *answer, baselines))
            return {};
        if (auto begun = begin(); !begun)
            return begun;
        const KeySearch found = m_keys->search(answer->body);
        held = heldIn(found);
        if (m_keys->isOver())
            return failure(ErrorKind::Cancelled, Text::tr("The search for keys was stopped."));
        if (found.trouble)
            return tl::unexpected<Error>(*found.trouble);
        return {};
    }

private:
    Result<void> begin()
    {
        if (m_keys)
            return {};
        const auto patterns = m_look.seen.ask(CompiledRules{});
        if (!*patterns)
            return tl::unexpected(patterns->error());
        const CancelToken token = m_look.seen.token().boundedBy(m_look.seen.deadline());
        auto keys = WebKeys::make(**patterns, QByteArray(1, 'k'), token); // no fingerprint leaves this
        if (!keys)
            return tl::unexpected(keys.error());
        m_keys = std::move(*keys);
        return {};
    }

    const Look &m_look;
    std::optional<WebKeys> m_keys;
};

std::vector<AskedPath *> candidatesIn(PathLook &seen)
{
    std::vector<AskedPath *> candidates;
    for (AskedPath &one : seen.asked) {
        if (one.first && isCandidate(one, seen.baselines))
            candidates.push_back(&one);
    }
    return candidates;
}

// Some servers have a page for every address of one ending. A candidate whose neighbour gives no answer is not asked
// again: nothing can be told apart.
void askNeighbours(const Look &look, PathLook &seen, std::vector<AskedPath *> &candidates)
{
    const QString word = inventedWord(look);
    std::set<QString> neighbours;
    for (const AskedPath *one : candidates)
        neighbours.insert(inventedNeighbour(one->path, word));
    neighbours.erase(QString());
    std::vector<HttpGet> questions;
    questions.reserve(neighbours.size());
    for (const QString &path : neighbours)
        questions.push_back(firstBytesOf(httpsAddress(*look.host, path)));
    const auto answers = look.seen.askAll(questions);
    std::set<QString> silent;
    for (auto path = neighbours.begin(); const auto &answer : answers) {
        if (*answer)
            seen.baselines.push_back(**answer);
        else
            silent.insert(*path);
        ++path;
    }
    std::erase_if(candidates, [&](const AskedPath *one) {
        return silent.contains(inventedNeighbour(one->path, word)) || !isCandidate(*one, seen.baselines);
    });
}

void askAgain(const Look &look, PathLook &seen, SecondLook second)
{
    std::vector<AskedPath *> candidates = candidatesIn(seen);
    askNeighbours(look, seen, candidates);
    std::vector<HttpGet> questions;
    questions.reserve(candidates.size());
    for (const AskedPath *one : candidates) {
        const QUrl url = httpsAddress(*look.host, one->path);
        const bool isWhole = second == SecondLook::Whole && one->rule->allowsHtml;
        questions.push_back(isWhole ? HttpGet{.url = url} : firstBytesOf(url));
        questions.back().repetition = 1;
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < candidates.size(); ++i) {
        if (*answers[i])
            candidates[i]->second = **answers[i];
    }
}

// It would have counted, and the second look did not say so either way.
bool isHalfProven(const AskedPath &one, const std::vector<HttpResponse> &baselines)
{
    const bool wouldCount =
        one.rule ? isCandidate(one, baselines) : isHandedOut(one.first->status) && !isBaseline(*one.first, baselines);
    if (!wouldCount)
        return false;
    return !one.second || isUntold(*one.second, one.path, baselines);
}

} // namespace

QString inventedWord(const Look &look)
{
    return probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
}

tl::expected<std::vector<HttpResponse>, Judged> askBaselines(const Look &look)
{
    std::vector<HttpResponse> baselines;
    for (const auto &answer : look.seen.askAll(baselineQuestions(*look.host, inventedWord(look)))) {
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

tl::expected<PathLook, Judged> lookAtPaths(const Look &look, const std::vector<PathRule> &rules, SecondLook second)
{
    auto baselines = askBaselines(look);
    if (!baselines)
        return tl::unexpected(baselines.error());
    PathLook seen{std::move(*baselines), pathsOf(rules, *look.host)};
    KeyLook keys(look);
    askFirst(look, seen.asked);
    for (AskedPath &one : seen.asked) {
        if (auto looked = keys.lookAt(one, one.first, one.firstHolds, seen.baselines); !looked)
            return tl::unexpected(couldNotLook(looked.error()));
    }
    askAgain(look, seen, second);
    for (AskedPath &one : seen.asked) {
        if (auto looked = keys.lookAt(one, one.second, one.secondHolds, seen.baselines); !looked)
            return tl::unexpected(couldNotLook(looked.error()));
    }
    return seen;
}

HeldKeys heldIn(const KeySearch &search)
{
    const auto holds = [&](KeyKind kind) {
        return std::ranges::any_of(search.keys, [kind](const KeyFound &key) { return key.kind == kind; });
    };
    if (holds(KeyKind::Secret))
        return HeldKeys::Secret;
    return holds(KeyKind::OwnMachine) ? HeldKeys::OwnMachine : HeldKeys::None;
}

bool isCandidate(const AskedPath &one, const std::vector<HttpResponse> &baselines)
{
    return counts(*one.rule, *one.first, one.firstHolds, baselines);
}

bool isProven(const AskedPath &one, const std::vector<HttpResponse> &baselines)
{
    return one.rule && one.first && one.second && isCandidate(one, baselines) &&
           counts(*one.rule, *one.second, one.secondHolds, baselines);
}

std::vector<const AskedPath *> provenAmong(const std::vector<AskedPath> &asked,
                                           const std::vector<HttpResponse> &baselines)
{
    std::vector<const AskedPath *> proven;
    for (const AskedPath &one : asked) {
        if (isProven(one, baselines))
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

bool isUntold(const HttpResponse &answer, const QString &path, const std::vector<HttpResponse> &baselines)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests)
        return true;
    // A 403 is what an edge says to such paths. A server error that invented addresses do not get comes of this one: a
    // limit on requests (nginx's is a 503), or a program that breaks over what lies there.
    return obstacle == Obstacle::ServerError && isSelective(answer, path, baselines);
}

bool Untold::isMuch() const
{
    constexpr qsizetype kFewSilent = 20; // one in so many
    return !heldBack.isEmpty() || silent.size() * kFewSilent > asked;
}

Untold untoldAmong(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines)
{
    Untold untold;
    untold.asked = static_cast<qsizetype>(asked.size());
    for (const AskedPath &one : asked) {
        if (one.first && !isUntold(*one.first, one.path, baselines) && !isHalfProven(one, baselines))
            continue;
        const auto obstacle = one.first ? obstacleIn(*one.first) : std::nullopt;
        const bool isHeldBack = obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests;
        (isHeldBack ? untold.heldBack : untold.silent).append(one.path);
        untold.gaps.push_back({.code = one.rule ? one.rule->id : QString()});
    }
    return untold;
}

} // namespace cockpit
