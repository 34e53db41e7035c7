#include "checks/abuse/limitverdict.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RateLimit)
};

QString countsOf(const RaceLook &race)
{
    return Text::tr("%1: of %2 equal requests that arrived together %3 were accepted, %4 refused, %5 held back, and "
                    "%6 got no answer that tells")
        .arg(race.route, QString::number(race.tries), QString::number(race.successes), QString::number(race.refused),
             QString::number(race.limited), QString::number(race.unknown()));
}

QString whyNotTold(const RaceLook &race, RaceVerdict verdict)
{
    const QString counts = countsOf(race);
    if (verdict == RaceVerdict::Repeats)
        return Text::tr("%1; one more afterwards was accepted as well. So it does not count once for our example, or "
                        "our example is none that is used up: look whether that is meant.")
            .arg(counts);
    if (verdict == RaceVerdict::TooFewMet)
        return Text::tr("%1, so that too few came together to tell whether several could get through.").arg(counts);
    return race.successes > 1
               ? Text::tr("%1, and one more afterwards was neither accepted nor refused, so that it is not known how "
                          "many may be.")
                     .arg(counts)
               : Text::tr("%1, so that more than one may have been accepted.").arg(counts);
}

} // namespace

void LimitVerdict::addRace(const RaceLook &race, RaceVerdict verdict)
{
    const bool isSure = verdict == RaceVerdict::Raced;
    const QString title = isSure ? Text::tr("What counts once counts many times when sent at once")
                                 : Text::tr("What counts once may count many times when sent at once");
    QString rule;
    if (race.after == RaceAfter::HeldBack && race.quota)
        rule = Text::tr("The limit that the product announces is %1. Wanted: no more than that.").arg(*race.quota);
    else if (isSure)
        rule = Text::tr("One more afterwards was refused. Wanted: one. Where so many are meant, accept this finding.");
    else
        rule = Text::tr("One more afterwards was held back, and nothing says how many are meant. If it is fewer, the "
                        "limit does not hold for who sends all at once: send two by hand.");
    add(u"race"_s, isSure ? Severity::High : Severity::Medium, isSure ? Proof::Strong : Proof::Lead, Impact::CostAbuse,
        title, countsOf(race) + u". "_s + rule, race.success)
        .subject = race.route;
}

// Twice at once what is refused one after the other: the check and the change are not one step.
void LimitVerdict::judgeRace(const RaceLook &race)
{
    if (!race.notTested.isEmpty()) {
        addGap(race.notTested, race.route);
        return;
    }
    const RaceVerdict verdict = verdictOf(race);
    switch (verdict) {
    case RaceVerdict::Raced:
    case RaceVerdict::Perhaps:
        addRace(race, verdict);
        return;
    case RaceVerdict::Once:
    case RaceVerdict::KeepsTo:
        m_measured.append(Text::tr("%1: of %2 requests at once %3 were accepted")
                              .arg(race.route, QString::number(race.tries), QString::number(race.successes)));
        return;
    case RaceVerdict::Repeats:
    case RaceVerdict::TooFewMet:
    case RaceVerdict::NotTold:
        addGap(whyNotTold(race, verdict), race.route);
        return;
    }
}

void LimitVerdict::judgeRaces()
{
    for (const RaceLook &race : m_look.others.races)
        judgeRace(race);
}

} // namespace cockpit
