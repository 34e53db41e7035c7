// The windows of time that the Monitoring page can show.
#pragma once

#include <QDateTime>
#include <QString>

#include <array>

namespace cockpit {

enum class TimeWindow { Hour, Day, Week, Month };

inline constexpr std::array kTimeWindows{TimeWindow::Hour, TimeWindow::Day, TimeWindow::Week, TimeWindow::Month};

QString labelOf(TimeWindow window);
QDateTime startOf(TimeWindow window, const QDateTime &now);
// How times are written on an axis that spans this, in the form QDateTime::toString takes.
QString axisFormat(const QDateTime &from, const QDateTime &to);

} // namespace cockpit
