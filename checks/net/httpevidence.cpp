#include "checks/net/httpclient.h"
#include "models/redactor.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString HttpResponse::head() const
{
    QString text = u"HTTP/%1 %2\n"_s.arg(QString::fromLatin1(version), QString::number(status));
    for (const Header &h : headers)
        text += QString::fromUtf8(h.name) + u": "_s + QString::fromUtf8(h.value) + u'\n';
    return redact(text);
}

} // namespace cockpit
