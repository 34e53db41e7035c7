#include "ui/access/forecastwords.h"

#include "models/access/letters.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestForecast)
};

QString listed(QStringList names, qsizetype most)
{
    const auto more = static_cast<int>(names.size() - most);
    if (more > 0) {
        names = names.first(most);
        names.append(Text::tr("%n more", "after the names of checks", more));
    }
    return names.join(Text::tr("; ", "between the titles of checks, which may have commas"));
}

constexpr qsizetype kMostRoutes = 6; // in one sentence

// A title may be a whole sentence; here it is part of one.
QString withoutStop(QString title)
{
    while (title.endsWith(u'.') || title.endsWith(QChar(0x3002))) // the ideographic full stop
        title.chop(1);
    return title;
}

QStringList named(const QStringList &ids, const NameOfCheck &nameOf)
{
    QStringList names;
    for (const QString &id : ids)
        names.append(withoutStop(nameOf(id)));
    return names;
}

} // namespace

QString mostRequestsText(const RequestForecast &forecast)
{
    const QLocale locale;
    const QString sum = locale.toString(forecast.sum());
    if (forecast.enough() == 0)
        return {};
    if (forecast.signIns() == 0)
        return Text::tr("Up to %1 requests in a run. What could hurt most comes first.").arg(sum);
    return Text::tr("Up to %1 requests in a run, %2 of them to sign in. What could hurt most comes first.")
        .arg(sum, locale.toString(forecast.signIns()));
}

QString runTimeText(const RequestForecast &forecast, const ActiveBudget &budget, std::chrono::milliseconds usual)
{
    const std::vector<Allotment> allotments = forecast.within(0);
    if (allotments.empty())
        return {};
    const auto minutesOf = [](std::chrono::milliseconds time) {
        return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(time).count());
    };
    const std::chrono::seconds waits = waitsIn(allotments);
    const QString most =
        Text::tr("A run then takes up to %n minute(s).", nullptr, minutesOf(usual + timeNeeded(allotments, budget)));
    if (waits.count() == 0)
        return most;
    return most + u' ' +
           Text::tr("Of that, up to %n minute(s) may pass with waiting: until a limit ends, or for a slow answer.",
                    nullptr, minutesOf(waits));
}

QStringList requestLines(const RequestForecast &forecast, const NameOfCheck &nameOf, const QStringList &others)
{
    QStringList lines;
    QStringList counted;
    for (const Allotment &one : forecast.within(0)) {
        const QStringList ids = forecast.checksOf(one.account);
        const QStringList names = named(ids, nameOf);
        const QString most = QLocale().toString(one.wanted);
        counted.append(ids);
        if (names.size() == 1)
            lines.append(Text::tr("%1: up to %2", "a check, how many requests").arg(names.front(), most));
        else
            lines.append(Text::tr("%1: up to %2, together with: %3", "a check, how many requests, other checks")
                             .arg(names.front(), most, listed(names.mid(1), names.size())));
    }
    for (const QString &id : others) {
        if (!counted.contains(id))
            lines.append(withoutStop(nameOf(id)));
    }
    return lines;
}

QString shortageText(const RequestForecast &forecast, int budget, const NameOfCheck &nameOf, qsizetype mostNames)
{
    const QStringList cut = named(forecast.cutWithin(budget), nameOf);
    const QStringList waiting = named(forecast.waitingWithin(budget), nameOf);
    const QString allowed = QLocale().toString(budget);
    QStringList sentences;
    if (!cut.isEmpty())
        sentences.append(
            Text::tr("With %1 these look at less than they could: %2.").arg(allowed, listed(cut, mostNames)));
    if (!waiting.isEmpty())
        sentences.append(Text::tr("With %1 these run only if the others leave enough, and else are \"not run\": %2.")
                             .arg(allowed, listed(waiting, mostNames)));
    return sentences.join(u' ');
}

QString lettersText(const std::vector<Route> &routes)
{
    QStringList names;
    for (const Route &route : letterRoutesAmong(routes)) {
        const QString name = QStringLiteral("%1 %2").arg(route.method, route.path);
        if (!names.contains(name))
            names.append(name);
    }
    if (names.isEmpty())
        return {};
    return Text::tr("Letters and invitations are sent by these routes: %1. From each of them at most %2 go to a test "
                    "account with an address of mail in a run and %3 to a throw-away one; all others go to invented "
                    "addresses at example.com, which takes no mail, or at the domain of a test account. The run says "
                    "how many there were, and to whom.")
        .arg(listed(names, kMostRoutes), QLocale().toString(kMostLettersEach),
             QLocale().toString(kMostLettersForThrowAway));
}

} // namespace cockpit
