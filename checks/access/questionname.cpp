#include "checks/access/questionname.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Behind the first brace, and behind an alias (GraphQL specification, sections 2.4 to 2.7). Empty where a fragment
// stands there.
QString firstField(const RouteSample &sample)
{
    static const QRegularExpression form(u"^[^{]*\\{\\s*(?:[A-Za-z_]\\w*\\s*:\\s*)?([A-Za-z_]\\w*)"_s);
    return form.match(QJsonDocument::fromJson(sample.body).object().value("query"_L1).toString()).captured(1);
}

} // namespace

QString questionName(const RouteSample &sample)
{
    const QString route = sample.method + u' ' + sample.path;
    const QString field = sample.path.contains(u'#') ? QString() : firstField(sample);
    return field.isEmpty() ? route : route + u' ' + field;
}

} // namespace cockpit
