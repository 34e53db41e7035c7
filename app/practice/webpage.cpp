#include "app/practice/webpage.h"

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

QByteArray PageRequest::header(const QByteArray &name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? QByteArray() : found->second;
}

QString PageRequest::question(QLatin1StringView scheme) const
{
    static constexpr std::array kTelling{"origin", "range", "access-control-request-method",
                                         "access-control-request-headers"};
    QString line = u"HTTP %1 %2://%3%4"_s.arg(QString::fromLatin1(method), scheme, QString::fromLatin1(authority),
                                              QString::fromLatin1(target));
    for (const char *name : kTelling) {
        if (const QByteArray value = header(name); !value.isEmpty())
            line += u", %1: %2"_s.arg(QLatin1StringView(name), QString::fromLatin1(value));
    }
    return line;
}

} // namespace cockpit
