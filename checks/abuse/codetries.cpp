#include "checks/abuse/codetries.h"

#include "checks/abuse/otheridentity.h"
#include "checks/abuse/siegeengine.h"
#include "checks/actors/codeexample.h"
#include "checks/actors/limitsignal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/throwaway.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CodeTries)
};

Secret randomCode(int digits)
{
    QByteArray code;
    for (int i = 0; i < digits; ++i)
        code += static_cast<char>('0' + QRandomGenerator::system()->bounded(10));
    return Secret(code);
}

// The first refusal is what the others are measured by; false when the series is over.
bool counts(CodeTries &tries, AbuseTry one)
{
    TrySeries &series = tries.series;
    series.sign = limitIn(one.answer, QDateTime::currentDateTimeUtc());
    if (!series.sign && series.first && !isSameRefusal(one.answer, series.first->answer))
        tries.notTested = Text::tr("%1 answers wrong codes now so, now so (status %2).")
                              .arg(tries.route, QString::number(one.answer.status));
    if (!series.sign && !series.first &&
        (isSuccess(one.answer) || one.answer.status >= 500 || one.answer.status == 404))
        tries.notTested = Text::tr("%1 does not refuse a wrong code so that it shows (status %2).")
                              .arg(tries.route, QString::number(one.answer.status));
    if (!series.first)
        series.first = one;
    series.last = std::move(one);
    if (series.sign || !tries.notTested.isEmpty())
        return false;
    ++series.heard;
    return true;
}

// Whose code an example tries; NoLength: it does not show how long its codes are, and a code of another length may be
// refused for that alone.
enum class Whose { Account, NotSaid, SomebodyElse, NoLength };

struct CodeDoor
{
    CodeEntry entry;
    Whose whose = Whose::Account;
    QString field = {}; // of SomebodyElse: what names that one
};

// Of the account that may be locked.
QString userOf(const ProjectFacts &facts)
{
    const TestActor *throwAway = throwAwayAmong(facts.actors);
    return throwAway ? throwAway->userName : QString();
}

std::optional<CodeDoor> doorOf(const Route &route, const Target &target, const ProjectFacts &facts)
{
    const auto example = codeExampleOf(route, target, facts);
    if (!example)
        return std::nullopt;
    const QByteArray &contentType = example->sample->contentType;
    const QString body = bodyWithHoles(contentType, example->code.text.toUtf8());
    CodeDoor door{.entry = {.point = {.kind = EntryKind::ResetPassword, .route = route, .url = example->url}}};
    door.entry.point.contentType = contentType;
    door.entry.point.body = body;
    door.entry.digits = example->code.digits;
    door.field = otherIdentityIn(contentType, body.toUtf8(), userOf(facts));
    if (example->code.digits == 0)
        door.whose = Whose::NoLength;
    else if (!body.contains("{{user}}"_L1))
        door.whose = Whose::NotSaid;
    else if (!door.field.isEmpty())
        door.whose = Whose::SomebodyElse;
    return door;
}

// Those that are tried, or those that are not.
std::vector<CodeDoor> doorsWith(const Target &target, const ProjectFacts &facts, bool areTried)
{
    std::vector<CodeDoor> doors;
    for (const Route &route : facts.routes) {
        auto door = doorOf(route, target, facts);
        if (door && (door->whose == Whose::Account) == areTried)
            doors.push_back(std::move(*door));
    }
    return doors;
}

QString whyNotTried(const CodeDoor &door)
{
    const QString route = routeName(door.entry.point.route);
    if (door.whose == Whose::NoLength)
        return Text::tr("Wrong codes were not sent to %1: its example does not show how many digits its codes have. "
                        "Write a made-up one of that length into the example, in a field called \"code\".")
            .arg(route);
    if (door.whose == Whose::SomebodyElse)
        return Text::tr("Wrong codes were not sent to %1: beside the account its example names somebody by the field "
                        "\"%2\", and they could lock that one out.")
            .arg(route, door.field);
    return Text::tr("Wrong codes were not sent to %1: its example does not say whose code it is, and they could lock "
                    "somebody out.")
        .arg(route);
}

} // namespace

double chanceOf(int digits, qint64 tries)
{
    return std::min(1.0, static_cast<double>(tries) / std::pow(10.0, digits));
}

QString percentOf(double chance)
{
    const double percent = 100 * chance;
    if (percent >= 10 || percent <= 0)
        return QLocale::c().toString(percent, 'f', 0) + u" %"_s;
    const int digits = std::max(1, 1 - static_cast<int>(std::floor(std::log10(percent))));
    QString text = QLocale::c().toString(percent, 'f', digits);
    while (text.endsWith(u'0'))
        text.chop(1);
    return (text.endsWith(u'.') ? text.chopped(1) : text) + u" %"_s;
}

std::vector<CodeEntry> codeEntriesOf(const Target &target, const ProjectFacts &facts)
{
    std::vector<CodeEntry> entries;
    for (CodeDoor &door : doorsWith(target, facts, true))
        entries.push_back(std::move(door.entry));
    return entries;
}

std::vector<CodeTries> codesNotTried(const Target &target, const ProjectFacts &facts)
{
    std::vector<CodeTries> notTried;
    for (const CodeDoor &door : doorsWith(target, facts, false))
        notTried.push_back(
            {.route = routeName(door.entry.point.route), .digits = door.entry.digits, .notTested = whyNotTried(door)});
    return notTried;
}

CodeTries codeTriesOf(const CodeEntry &entry, const QString &user, Wire &wire)
{
    CodeTries tries{.route = routeName(entry.point.route), .digits = entry.digits};
    auto why = whyItTellsNothing(entry.point, wire);
    tries.notTested = why ? std::move(*why) : why.error().message;
    EntryCaller caller(entry.point, wire);
    while (tries.notTested.isEmpty() && tries.series.heard < kMostCodeTries) {
        auto request = caller.request({.user = user, .more = {{u"code"_s, randomCode(entry.digits)}}});
        auto answer = request ? caller.send(*request) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
        if (!answer) {
            tries.notTested = answer.error().message;
            break;
        }
        if (!counts(tries, {std::move(*request), std::move(*answer)}))
            break;
    }
    return tries;
}

} // namespace cockpit
