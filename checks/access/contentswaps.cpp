#include "checks/access/contentswaps.h"

#include "checks/actors/formvalues.h"
#include "checks/actors/sentheaders.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ContentSwaps)
};

FormValues valuesOf(const QJsonObject &object)
{
    FormValues values;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isString() || it->isDouble() || it->isBool())
            values.push_back({it.key(), it->toVariant().toString()});
    }
    return values;
}

QByteArray asJson(const FormValues &values)
{
    QJsonObject object;
    for (const FormValue &one : values)
        object.insert(one.name, one.value);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// Names that XML does not know as such (its section 2.3) are left out.
QByteArray asXml(const FormValues &values)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_.-]*$"_s);
    QString xml = u"<?xml version=\"1.0\" encoding=\"UTF-8\"?><request>"_s;
    for (const FormValue &one : values) {
        if (name.match(one.name).hasMatch())
            xml += u"<%1>%2</%1>"_s.arg(one.name, one.value.toHtmlEscaped());
    }
    return (xml + u"</request>"_s).toUtf8();
}

} // namespace

std::vector<ContentSwap> contentSwaps(const QByteArray &contentType, const QByteArray &body)
{
    const bool isForm = isFormType(contentType);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const bool isJson = contentType.toLower().contains("json") && document.isObject();
    const FormValues values = isForm ? formValuesOf(body) : isJson ? valuesOf(document.object()) : FormValues();
    if (values.empty())
        return {};
    std::vector<ContentSwap> swaps;
    if (isForm)
        swaps.push_back({"application/json", asJson(values), Text::tr("JSON")});
    else
        swaps.push_back({"application/x-www-form-urlencoded", formBodyOf(values), Text::tr("a form")});
    swaps.push_back({"text/plain", body, Text::tr("plain text")});
    swaps.push_back({"application/xml", asXml(values), Text::tr("XML")});
    return swaps;
}

} // namespace cockpit
