#include "checks/abuse/badreads.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/routes/pathtemplate.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kPlainWords = u"lcplain"_s;

bool isSearch(const Route &route)
{
    static const QStringList words{u"search"_s, u"find"_s, u"suggest"_s, u"autocomplete"_s};
    return words.contains(route.path.section(u'/', -1).toLower());
}

// "/api/notes" where there is a "/api/notes/{id}": a list, and no page of the product.
bool isList(const Route &route, const std::vector<Route> &routes)
{
    const QString item = shapeOf(route.path) + "/{}"_L1;
    return std::ranges::any_of(routes, [&](const Route &other) { return shapeOf(other.path) == item; });
}

class OneRead
{
public:
    OneRead(const Route &route, const ReadTrials &trials) : m_route(route), m_session(trials.session)
    {
        const RouteAddress address = addressOf(trials.target, route);
        m_url = address ? *address : QUrl();
    }

    Result<HttpResponse> send(const QString &name, const QString &value)
    {
        m_request.url = m_url;
        if (!name.isEmpty())
            m_request.url = QUrl::fromEncoded(m_url.toEncoded() + '?' + QUrl::toPercentEncoding(name) + '=' +
                                              QUrl::toPercentEncoding(value));
        m_request.routeName = m_route.path;
        return m_session.ask(m_request);
    }
    bool hasAddress() const { return !m_url.isEmpty(); }
    const ActiveRequest &request() const { return m_request; }

private:
    const Route &m_route;
    ActorSession &m_session;
    QUrl m_url;
    ActiveRequest m_request;
};

// A refusal is an answer: not everything is for everybody.
bool isNoAnswer(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle && *obstacle != Obstacle::Refused;
}

// To input that may break something: a failure is what that did, and a word on how often one may ask is not.
bool isHeldBack(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle == Obstacle::TooManyRequests || obstacle == Obstacle::Challenge ||
           (answer.status >= 500 && answer.header("retry-after"));
}

Result<void> search(const Route &route, OneRead &read, BadInputRun &run)
{
    const auto control = read.send(u"q"_s, kPlainWords);
    run.plain.push_back({route, control ? std::optional(*control) : std::nullopt});
    if (!control)
        return tl::unexpected<Error>(control.error());
    if (!isSuccess(*control)) { // takes its words under another name
        if (isNoAnswer(*control))
            run.silentReads.push_back(route);
        return {};
    }
    const QString marks = kPlainWords + kHtmlMark + kBeforeMark + kTemplateMark + kBeforeMark + kOtherTemplateMark;
    for (const QString &words : {marks, kPlainWords + u'\''}) {
        auto answer = read.send(u"q"_s, words);
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        if (isHeldBack(*answer))
            run.silentReads.push_back(route);
        run.reads.push_back({route, read.request(), std::move(*answer), *control});
    }
    return {};
}

Result<void> list(const Route &route, OneRead &read, BadInputRun &run)
{
    AskedPageSize asked{.route = route};
    const auto ask = [&](const QString &number, HttpResponse &kept) -> Result<bool> {
        auto answer = read.send(number.isEmpty() ? QString() : u"limit"_s, number);
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        kept = std::move(*answer);
        return isSuccess(kept) && itemsIn(kept).has_value();
    };
    const auto noteSilent = [&](const Result<bool> &told, const HttpResponse &answer) {
        if (told && isNoAnswer(answer))
            run.silentReads.push_back(route);
    };
    const auto usual = ask({}, asked.usual);
    noteSilent(usual, asked.usual);
    run.plain.push_back({route, usual ? std::optional(asked.usual) : std::nullopt});
    if (!usual || !*usual || itemsIn(asked.usual) < 2) // a list of one does not tell whether its length is taken
        return usual ? Result<void>() : tl::unexpected<Error>(usual.error());
    const auto one = ask(u"1"_s, asked.one);
    noteSilent(one, asked.one);
    if (!one || !*one || itemsIn(asked.one) != 1)
        return one ? Result<void>() : tl::unexpected<Error>(one.error());
    const auto huge = ask(QString::number(kHugePage), asked.huge);
    noteSilent(huge, asked.huge);
    if (!huge)
        return tl::unexpected<Error>(huge.error());
    asked.request = read.request();
    run.pages.push_back(std::move(asked));
    return {};
}

} // namespace

void putEarly(std::vector<Route> &routes, const QStringList &names)
{
    const auto placeOf = [&](const Route &route) {
        const qsizetype at = names.indexOf(routeName(route));
        return at < 0 ? names.size() : at;
    };
    std::ranges::stable_sort(routes, std::ranges::less(), placeOf);
}

std::optional<qsizetype> itemsIn(const HttpResponse &answer)
{
    const auto json = jsonOf(answer);
    if (!json)
        return std::nullopt;
    if (json->isArray())
        return json->toArray().size();
    for (const QJsonValue value : json->toObject()) {
        if (value.isArray())
            return value.toArray().size();
    }
    return std::nullopt;
}

ReadChoice readsToTry(const std::vector<Route> &routes, const QStringList &early)
{
    std::vector<Route> searches, lists;
    for (const Route &route : routes) {
        const bool isRead = route.method == "GET"_L1 && !hasHoles(route.path) && !route.path.contains(u'#');
        if (isRead && !route.isGuessed && isSearch(route))
            searches.push_back(route);
        else if (isRead && !route.isGuessed && isList(route, routes))
            lists.push_back(route);
    }
    ReadChoice choice;
    const auto take = [&](std::vector<Route> &from, std::size_t most, std::size_t wholeMost) {
        const auto count = static_cast<std::ptrdiff_t>(
            std::min({from.size(), most, wholeMost > choice.asked() ? wholeMost - choice.asked() : 0}));
        auto &to = wholeMost == kFirstReads ? choice.first : choice.more;
        to.insert(to.end(), from.begin(), from.begin() + count);
        from.erase(from.begin(), from.begin() + count);
    };
    for (std::vector<Route> *kind : {&searches, &lists})
        putEarly(*kind, early);
    take(searches, kFirstReads / 2, kFirstReads);
    for (const std::size_t wholeMost : {kFirstReads, kMostReads}) {
        take(lists, lists.size(), wholeMost);
        take(searches, searches.size(), wholeMost);
    }
    for (const std::vector<Route> *kind : {&lists, &searches})
        choice.beyond.insert(choice.beyond.end(), kind->begin(), kind->end());
    return choice;
}

Result<void> ReadTrials::ask(const Route &route, BadInputRun &run) const
{
    OneRead read(route, *this);
    if (!read.hasAddress())
        return {};
    return isSearch(route) ? search(route, read, run) : list(route, read, run);
}

} // namespace cockpit
