#include "ui/monitoring/summarycards.h"

#include "ui/widgets/numbertext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SummaryCards)
};

// A certificate that renews by itself is replaced 30 days before its end; two weeks left means that this failed.
constexpr int kCertificateDaysTight = 14;

QString ago(const QDateTime &at, const QDateTime &now)
{
    return Text::tr("checked %1 ago")
        .arg(durationText(std::chrono::milliseconds(std::max<qint64>(0, at.msecsTo(now)))));
}

SummaryCard systemsCard(const MonitoringFigures &figures)
{
    SummaryCard card{u"systems"_s, Text::tr("All systems"), Text::tr("Not known yet"), {}};
    int watched = 0;
    int up = 0;
    int down = 0;
    QDateTime newest;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        watched += endpoint.monitor.enabled ? 1 : 0;
        if (!endpoint.monitor.enabled || !endpoint.last)
            continue;
        up += endpoint.last->state == SampleState::Up ? 1 : 0;
        down += endpoint.last->state == SampleState::Down ? 1 : 0;
        newest = newest.isValid() ? std::max(newest, endpoint.last->at) : endpoint.last->at;
    }
    card.note =
        newest.isValid()
            ? Text::tr("%1 of %2 · %3").arg(QString::number(up), QString::number(watched), ago(newest, figures.to))
            : Text::tr("waiting for the first look");
    if (down > 0) {
        card.value = Text::tr("%n down", nullptr, down);
        card.tone = Tone::Fail;
    } else if (watched > 0 && up == watched) {
        card.value = Text::tr("Up");
        card.tone = Tone::Pass;
    }
    return card;
}

SummaryCard uptimeCard(const MonitoringFigures &figures)
{
    Uptime sum;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        if (endpoint.monitor.kind == MonitorKind::Certificate)
            continue;
        sum.up += endpoint.month.up;
        sum.down += endpoint.month.down;
        sum.unknown += endpoint.month.unknown;
    }
    SummaryCard card{u"uptime"_s, Text::tr("Uptime, 30 days"), Text::tr("No samples"), Text::tr("not observed yet")};
    if (const auto ratio = sum.ratio()) {
        card.value = percentText(*ratio);
        card.note = Text::tr("%1 down · observed %2")
                        .arg(durationText(sum.down), Text::tr("%1 %").arg(qRound(sum.coverage() * 100)));
    }
    return card;
}

SummaryCard latencyCard(const MonitoringFigures &figures, std::optional<int> targetMs)
{
    const EndpointFigures *slowest = nullptr;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        if (endpoint.p95Day && endpoint.monitor.kind != MonitorKind::Certificate &&
            (!slowest || *endpoint.p95Day > *slowest->p95Day))
            slowest = &endpoint;
    }
    SummaryCard card{u"p95"_s, Text::tr("Slowest p95, 24 h"), Text::tr("Too few samples"),
                     Text::tr("needs %n answer(s)", nullptr, kFewestSamplesForP95)};
    if (!slowest)
        return card;
    card.value = millisecondsText(*slowest->p95Day);
    card.note = slowest->monitor.name;
    if (targetMs) {
        card.note = Text::tr("%1 · target %2")
                        .arg(slowest->monitor.name, millisecondsText(std::chrono::milliseconds(*targetMs)));
        card.tone = slowest->p95Day->count() > *targetMs ? Tone::Warn : Tone::Neutral;
    }
    return card;
}

SummaryCard failuresCard(const MonitoringFigures &figures)
{
    int looks = 0;
    int failures = 0;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        looks += endpoint.looksDay;
        failures += endpoint.failuresDay;
    }
    SummaryCard card{u"failures"_s, Text::tr("Failed looks, 24 h"), Text::tr("No samples"), {}};
    if (looks == 0)
        return card;
    card.value = failures == 0 ? Text::tr("None") : percentText(double(failures) / looks);
    card.note = Text::tr("%1 of %2").arg(QLocale().toString(failures), QLocale().toString(looks));
    return card;
}

SummaryCard certificateCard(const MonitoringFigures &figures)
{
    const EndpointFigures *first = nullptr;
    for (const EndpointFigures &endpoint : figures.endpoints) {
        if (endpoint.last && endpoint.last->certificateDaysLeft &&
            (!first || *endpoint.last->certificateDaysLeft < *first->last->certificateDaysLeft))
            first = &endpoint;
    }
    SummaryCard card{u"certificate"_s, Text::tr("Next certificate to end"), Text::tr("Not known yet"), {}};
    if (!first)
        return card;
    const int days = *first->last->certificateDaysLeft;
    card.value = days < 0 ? Text::tr("Expired") : Text::tr("%n day(s)", nullptr, days);
    card.note = first->monitor.name;
    card.tone = days < 0 ? Tone::Fail : days <= kCertificateDaysTight ? Tone::Warn : Tone::Neutral;
    return card;
}

// Nobody may believe that this program would wake them up.
SummaryCard alertsCard()
{
    return {u"alerts"_s, Text::tr("Alerts go to"), Text::tr("Nobody"), Text::tr("not built yet: look here")};
}

} // namespace

std::vector<SummaryCard> summaryCards(const MonitoringFigures &figures, std::optional<int> targetMs)
{
    return {systemsCard(figures),  uptimeCard(figures),      latencyCard(figures, targetMs),
            failuresCard(figures), certificateCard(figures), alertsCard()};
}

} // namespace cockpit
