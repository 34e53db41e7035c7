#include "ui/monitoring/timewindow.h"

#include <QCoreApplication>

#include <chrono>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TimeWindow)
};

} // namespace

QString labelOf(TimeWindow window)
{
    switch (window) {
    case TimeWindow::Hour:
        return Text::tr("1 hour");
    case TimeWindow::Day:
        return Text::tr("24 hours");
    case TimeWindow::Week:
        return Text::tr("7 days");
    case TimeWindow::Month:
        return Text::tr("30 days");
    }
    Q_UNREACHABLE();
}

QDateTime startOf(TimeWindow window, const QDateTime &now)
{
    constexpr qint64 kHour = 3600;
    switch (window) {
    case TimeWindow::Hour:
        return now.addSecs(-kHour);
    case TimeWindow::Day:
        return now.addSecs(-24 * kHour);
    case TimeWindow::Week:
        return now.addDays(-7);
    case TimeWindow::Month:
        return now.addDays(-30);
    }
    Q_UNREACHABLE();
}

QString axisFormat(const QDateTime &from, const QDateTime &to)
{
    const auto span = std::chrono::milliseconds(from.msecsTo(to));
    if (span < std::chrono::minutes(10)) // ticks would repeat a minute
        return u"HH:mm:ss"_s;
    if (span <= std::chrono::hours(36))
        return u"HH:mm"_s;
    return span <= std::chrono::hours(8 * 24) ? u"ddd d"_s : u"d MMM"_s;
}

} // namespace cockpit
