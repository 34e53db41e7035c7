#include "checks/http/exchange.h"

#include "checks/web/report.h"

namespace cockpit {

Evidence exchangeOf(const HttpResponse &response, const QByteArray &method)
{
    Evidence evidence = evidenceOf(response);
    evidence.title.replace(0, 3, QString::fromLatin1(method)); // it says GET
    return evidence;
}

} // namespace cockpit
