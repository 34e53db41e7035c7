// Asks a host for well-known paths: invented neighbours first, then each path, then once more what would count.
#pragma once

#include "checks/engine/check.h"
#include "checks/exposure/pathrules.h"
#include "checks/exposure/webkeys.h"
#include "checks/net/httpclient.h"
#include "models/unseen.h"

#include <optional>

namespace cockpit {

// What an answer holds that no browser may have.
enum class HeldKeys {
    None,
    OwnMachine, // passwords for the machine itself, and no others
    Secret,
};

struct AskedPath
{
    QString path;
    const PathRule *rule = nullptr; // null: any content is looked at
    std::optional<HttpResponse> first;
    std::optional<HttpResponse> second; // asked only when the first would count
    // Of the two answers, where the rule counts by its keys (PathRule::needsSecret).
    HeldKeys firstHolds = HeldKeys::None;
    HeldKeys secondHolds = HeldKeys::None;
};

struct PathLook
{
    // Of baselineQuestions(), then of the neighbours with the endings of what would count.
    std::vector<HttpResponse> baselines;
    std::vector<AskedPath> asked;
};

// How much of what would count is asked for the second time.
enum class SecondLook {
    FirstBytes,
    Whole, // a page: whether it has a login may stand far down
};

// The word of the invented addresses.
QString inventedWord(const Look &look);
// The invented addresses alone; or the judgement that says why nothing can be told at this host: silence, a challenge,
// a refusal of everything, a host that passes every visitor on.
tl::expected<std::vector<HttpResponse>, Judged> askBaselines(const Look &look);
// The same, then the paths of the rules, which must outlive the result. Where a rule counts by the keys in its file,
// the rules for secrets are compiled (CompiledRules): a judgement, too, when they could not be, or the run is over.
tl::expected<PathLook, Judged> lookAtPaths(const Look &look, const std::vector<PathRule> &rules,
                                           SecondLook second = SecondLook::FirstBytes);

HeldKeys heldIn(const KeySearch &search);
// Would the first answer, which is there, count before the second look? It is asked of the path's rule.
bool isCandidate(const AskedPath &one, const std::vector<HttpResponse> &baselines);
// Both answers are there and say the same.
bool isProven(const AskedPath &one, const std::vector<HttpResponse> &baselines);
// Those whose content was proven twice.
std::vector<const AskedPath *> provenAmong(const std::vector<AskedPath> &asked,
                                           const std::vector<HttpResponse> &baselines);
// Paths that were refused (401, 403) while invented ones of their class were not: an edge knows their names.
QStringList blockedAmong(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines);
// Addresses whose answers do not tell whether anything is there.
struct Untold
{
    QStringList heldBack; // challenges and rate limits: the server stopped telling
    QStringList silent;   // no answer, or a server error that invented neighbours do not get
    std::vector<Unseen> gaps = {};
    qsizetype asked = 0;

    bool isEmpty() const { return heldBack.isEmpty() && silent.isEmpty(); }
    // A few cut connections are an edge's way to refuse a name; more is a server that stopped answering.
    bool isMuch() const;
};
Untold untoldAmong(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines);
// The obstacle is not what every address of its class gets.
bool isUntold(const HttpResponse &answer, const QString &path, const std::vector<HttpResponse> &baselines);

} // namespace cockpit
