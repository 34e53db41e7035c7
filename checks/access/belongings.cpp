#include "checks/access/belongings.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/tellinganswer.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"

#include <algorithm>

namespace cockpit {

namespace {

void addIds(std::vector<FoundId> &ids, const HttpResponse &answer, const QString &resource)
{
    std::ranges::move(harvestIds(answer, resource), std::back_inserter(ids));
}

// Each where it is good.
struct Three
{
    std::optional<HttpResponse> owner, outsider, stranger;
    bool isOwnerSilent = false;
    bool isOutsiderTold = false; // whether there was an answer that tells (tellsWhatIsThere)
    bool isStrangerTold = false;
};

bool isNoAnswer(const Result<HttpResponse> &answer)
{
    const auto obstacle = answer ? obstacleIn(*answer) : std::nullopt;
    return !answer || (obstacle && *obstacle != Obstacle::Refused);
}

// A refusal is no belonging; the error ends the look, or is one that another address need not have. What comes back is
// whether the answer tells.
Result<bool> keepGood(Result<HttpResponse> answer, std::optional<HttpResponse> &kept)
{
    if (!answer)
        return endsTheLook(answer.error()) ? Result<bool>(tl::unexpected<Error>(answer.error())) : Result<bool>(false);
    std::optional<HttpResponse> came = std::move(*answer);
    const bool isTold = tellsWhatIsThere(came);
    if (isGoodAnswer(*came, {}))
        kept = std::move(came);
    return isTold;
}

Result<Three> askAll(const ActiveRequest &request, Askers &askers)
{
    Three three;
    auto owners = askers.owner.ask(request);
    three.isOwnerSilent = isNoAnswer(owners);
    if (auto done = keepGood(std::move(owners), three.owner); !done)
        return tl::unexpected<Error>(done.error());
    if (!three.owner) // what even the owner does not get is nobody's
        return three;
    const auto outsider = keepGood(askers.outsider.ask(request), three.outsider);
    if (!outsider)
        return tl::unexpected<Error>(outsider.error());
    const auto stranger = keepGood(askers.wire.send(request), three.stranger);
    if (!stranger)
        return tl::unexpected<Error>(stranger.error());
    three.isOutsiderTold = *outsider;
    three.isStrangerTold = *stranger;
    return three;
}

struct Asked
{
    QString name;
    QString resource;
    ActiveRequest request;
    bool isQuestion = false; // of GraphQL
};

std::vector<Asked> readsOf(const CrossingRoutes &routes, const Target &target)
{
    std::vector<Asked> all;
    for (const Route &route : routes.reads) {
        const auto address = addressOf(target, route);
        if (address && all.size() < kMostReads)
            all.push_back({routeName(route), resourceOf(route.path), requestAt(route, *address)});
    }
    // Questions without an id in them are lists, too.
    for (const RouteSample &sample : routes.questions) {
        const ActiveRequest request = requestOf(sample, sample.body, target);
        if (!asksForIds(sample.body) && !request.url.isEmpty() && all.size() < kMostReads)
            all.push_back({sample.method + u' ' + sample.path, {}, request, true});
    }
    return all;
}

// Those that are not among what is asked.
QStringList namesBeside(const std::vector<Asked> &asked, const CrossingRoutes &routes)
{
    QStringList names;
    for (const Route &route : routes.reads)
        names.append(routeName(route));
    for (const RouteSample &sample : routes.questions) {
        if (!asksForIds(sample.body))
            names.append(sample.method + u' ' + sample.path);
    }
    names.removeIf([&](const QString &name) { return std::ranges::find(asked, name, &Asked::name) != asked.end(); });
    return names;
}

void keepQuestion(std::optional<GoodQuestion> &kept, const ActiveRequest &request, const Three &three,
                  const std::optional<HttpResponse> &answer)
{
    const bool isStrangerRefused = three.isStrangerTold && !three.stranger;
    if (!kept && answer && isStrangerRefused && admissionOf(*answer, InventedAnswers()) != Admission::Empty)
        kept = GoodQuestion{request, *answer};
}

// Whose ids stand in which answers.
struct IdsSeen
{
    std::vector<FoundId> owner, outsider, stranger;

    void add(const Three &three, const QString &resource)
    {
        if (three.owner && three.isOutsiderTold)
            addIds(owner, *three.owner, resource);
        if (three.outsider)
            addIds(outsider, *three.outsider, resource);
        if (three.stranger)
            addIds(stranger, *three.stranger, resource);
    }

    std::vector<FoundId> ownersAlone() const
    {
        std::vector<FoundId> others = stranger;
        std::ranges::copy(outsider, std::back_inserter(others));
        return onlyIn(owner, others);
    }

    std::vector<FoundId> all() const
    {
        std::vector<FoundId> ids = owner;
        std::ranges::copy(outsider, std::back_inserter(ids));
        std::ranges::copy(stranger, std::back_inserter(ids));
        return ids;
    }
};

bool isShared(const HttpResponse &owners, const HttpResponse &outsiders)
{
    const auto ids = harvestIds(owners);
    return !ids.empty() && onlyIn(ids, harvestIds(outsiders)).empty();
}

// Whose address both accounts have is nobody's in particular.
bool holdsMail(const Three &three, const QString &mail, const QString &other)
{
    const bool isMail = mail.contains(u'@') && mail.compare(other, Qt::CaseInsensitive) != 0;
    return isMail && three.owner && three.outsider && AnswerText::of(*three.owner).holds(mail) &&
           AnswerText::of(*three.outsider).holds(mail);
}

void keep(Belongings &known, const Asked &asked, Three three)
{
    known.hasGaps = known.hasGaps || three.isOwnerSilent || (three.owner && !three.isOutsiderTold);
    if (three.owner && three.outsider && isShared(*three.owner, *three.outsider))
        known.shared.append(asked.name);
    const bool isRead = three.owner && three.isOutsiderTold;
    (isRead ? known.shownBy : known.unread).append(asked.name);
    if (three.owner)
        known.lists[asked.name] = *three.owner;
    if (isRead)
        known.owners.push_back(std::move(*three.owner));
    if (three.outsider)
        known.outsiders.push_back(std::move(*three.outsider));
    if (three.stranger)
        known.strangers.push_back(std::move(*three.stranger));
}

} // namespace

bool isStillGood(const GoodQuestion &question, const HttpResponse &answer)
{
    return isGoodAnswer(answer, {}) && admissionOf(answer, InventedAnswers()) != Admission::Empty &&
           isPage(answer) == isPage(question.answer);
}

bool endsTheLook(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

std::optional<FoundId> idOf(const std::vector<FoundId> &ids, const QString &resource)
{
    // A record's own id stands under "id"; that of its customer under another name.
    const auto fits = [&](const FoundId &id) { return !resource.isEmpty() && id.resource == resource; };
    const auto isBare = [&](const FoundId &id) { return fits(id) && id.where.endsWith(QLatin1StringView("id")); };
    auto found = std::ranges::find_if(ids, isBare);
    if (found == ids.end())
        found = std::ranges::find_if(ids, fits);
    return found == ids.end() ? std::nullopt : std::optional(*found);
}

Result<Belongings> learnBelongings(const CrossingRoutes &routes, const Target &target, Askers &askers)
{
    Belongings known;
    if (auto ready = askers.owner.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    if (auto ready = askers.outsider.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    IdsSeen plain;
    IdsSeen ofQuestions;
    const std::vector<Asked> reads = readsOf(routes, target);
    known.unread = namesBeside(reads, routes);
    for (const Asked &one : reads) {
        auto three = askAll(one.request, askers);
        if (!three)
            return tl::unexpected<Error>(three.error());
        keepQuestion(known.ownersGood, one.request, *three, three->owner);
        keepQuestion(known.outsidersGood, one.request, *three, three->outsider);
        (one.isQuestion ? ofQuestions : plain).add(*three, one.resource);
        if (holdsMail(*three, askers.owner.actor().userName, askers.outsider.actor().userName))
            known.foreignMails.push_back({one.name, one.request, *three->owner, *three->outsider, three->stranger});
        keep(known, one, std::move(*three));
    }
    known.ownersInQuestions = ofQuestions.ownersAlone();
    known.allInQuestions = ofQuestions.all();
    known.tenants = tenantSwitches(plain.owner, plain.outsider);
    for (TenantSwitch &one : tenantSwitches(ofQuestions.owner, ofQuestions.outsider)) {
        if (std::ranges::find(known.tenants, one.field, &TenantSwitch::field) == known.tenants.end())
            known.tenants.push_back(std::move(one));
    }
    known.outsidersIds = onlyIn(plain.outsider, plain.owner);
    known.ownersIds = plain.ownersAlone();
    return known;
}

} // namespace cockpit
