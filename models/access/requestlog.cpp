#include "models/access/requestlog.h"

#include "models/csv.h"
#include "models/redactor.h"
#include "models/secretsinventory.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestWord = 100;
constexpr int kLongestRoute = 500;
constexpr int kLongestNote = 300;

// One line: a line end in a path of a hostile API would start another entry.
QString line(const QString &text, int most)
{
    return plainText(text.left(qsizetype(4) * most).simplified(), most);
}

// The names of a query say what was tried; its values may be those of a person or a secret.
QString withoutQueryValues(const QString &route)
{
    const qsizetype mark = route.indexOf(u'?');
    if (mark < 0)
        return route;
    QStringList names;
    for (const QString &item : route.mid(mark + 1).section(u'#', 0, 0).split(u'&'))
        names << (item.contains(u'=') ? item.section(u'=', 0, 0) + u'=' : item);
    return route.left(mark + 1) + names.join(u'&');
}

} // namespace

LoggedRequest tidied(LoggedRequest request)
{
    request.checkId = line(request.checkId, kLongestWord);
    request.method = line(request.method, kLongestWord);
    request.host = line(request.host, kLongestRoute);
    request.route = redact(line(withoutQueryValues(request.route), kLongestRoute));
    request.actor = withoutValues(line(request.actor, kLongestWord));
    request.note = withoutValues(line(request.note, kLongestNote));
    request.status = std::clamp(request.status, 0, 999);
    request.durationMs = std::max(0, request.durationMs);
    return request;
}

QByteArray toCsv(const std::vector<LoggedRequest> &requests)
{
    QString text = csvRecord({u"time"_s, u"check"_s, u"method"_s, u"host"_s, u"route"_s, u"account"_s, u"status"_s,
                              u"milliseconds"_s, u"note"_s});
    for (const LoggedRequest &sent : requests) {
        const LoggedRequest request = tidied(sent);
        text +=
            csvRecord({request.at.toUTC().toString(Qt::ISODateWithMs), request.checkId, request.method, request.host,
                       request.route, request.actor, request.status > 0 ? QString::number(request.status) : QString(),
                       QString::number(request.durationMs), request.note});
    }
    return text.toUtf8();
}

} // namespace cockpit
