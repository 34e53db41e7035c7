#include "checks/actors/formvalues.h"

#include "checks/actors/answertext.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostFields = 200;

QString decoded(QByteArray text)
{
    return QUrl::fromPercentEncoding(text.replace('+', ' '));
}

QByteArray itemOf(const FormValue &one)
{
    return QUrl::toPercentEncoding(one.name) + '=' + QUrl::toPercentEncoding(one.value);
}

QString attributeOf(const QString &tag, const QString &name)
{
    const QRegularExpression form(u"\\s%1\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))"_s.arg(name),
                                  QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(tag);
    return withoutEntities(match.captured(1) + match.captured(2) + match.captured(3));
}

} // namespace

FormValues formValuesOf(const QByteArray &body)
{
    FormValues values;
    for (const QByteArray &item : body.split('&')) {
        if (item.isEmpty() || values.size() >= static_cast<std::size_t>(kMostFields))
            continue;
        const qsizetype equals = item.indexOf('=');
        values.push_back(
            {decoded(item.split('=').constFirst()), equals < 0 ? QString() : decoded(item.mid(equals + 1))});
    }
    return values;
}

QByteArray formBodyOf(const FormValues &values)
{
    QByteArrayList items;
    for (const FormValue &one : values)
        items.append(itemOf(one));
    return items.join('&');
}

QByteArray formBodyWith(const QByteArray &body, const FormValues &values)
{
    QByteArrayList items;
    for (const QByteArray &item : body.split('&')) {
        const QString name = decoded(item.split('=').constFirst());
        if (!item.isEmpty() && std::ranges::find(values, name, &FormValue::name) == values.end())
            items.append(item);
    }
    for (const FormValue &one : values)
        items.append(itemOf(one));
    return items.join('&');
}

FormValues inputsIn(const QByteArray &html)
{
    static const QRegularExpression input(u"<input\\b[^>]{0,2000}>"_s, QRegularExpression::CaseInsensitiveOption);
    static const QStringList notTyped{u"hidden"_s,   u"submit"_s, u"button"_s, u"reset"_s,   u"image"_s,
                                      u"password"_s, u"file"_s,   u"radio"_s,  u"checkbox"_s};
    FormValues values;
    for (auto it = input.globalMatch(QString::fromUtf8(html)); it.hasNext();) {
        const QString tag = it.next().captured();
        const QString name = attributeOf(tag, u"name"_s);
        if (!name.isEmpty() && !notTyped.contains(attributeOf(tag, u"type"_s).toLower()))
            values.push_back({name, attributeOf(tag, u"value"_s)});
    }
    return values;
}

} // namespace cockpit
