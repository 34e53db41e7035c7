#include "ui/widgets/numbertext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

} // namespace

QString percentText(double ratio)
{
    const double percent = std::floor(ratio * 10000.0) / 100.0;
    const int decimals = percent >= 100.0 ? 0 : 2;
    return Text::tr("%1 %").arg(QLocale().toString(percent, 'f', decimals));
}

QString millisecondsText(std::chrono::milliseconds value)
{
    return Text::tr("%1 ms").arg(QLocale().toString(static_cast<qlonglong>(value.count())));
}

QString durationText(std::chrono::milliseconds value)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(value).count();
    if (seconds < 60)
        return Text::tr("%1 s").arg(seconds);
    const auto minutes = seconds / 60;
    if (minutes < 60)
        return Text::tr("%1 min").arg(minutes);
    if (minutes % 60 == 0)
        return Text::tr("%1 h").arg(minutes / 60);
    return Text::tr("%1 h %2 min").arg(QString::number(minutes / 60), QString::number(minutes % 60));
}

} // namespace cockpit
