#include "checks/abuse/mutationbodies.h"

#include "checks/actors/formvalues.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringEncoder>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView kPlaceholder{"LC-PLACEHOLDER-51c0"};

QJsonValue replaced(const QJsonValue &tree, const QStringList &path, const QJsonValue &value)
{
    if (path.isEmpty())
        return value;
    const QString &name = path.constFirst();
    if (tree.isArray()) {
        QJsonArray list = tree.toArray();
        if (const int at = name.toInt(); at < list.size())
            list[at] = replaced(list.at(at), path.mid(1), value);
        return list;
    }
    QJsonObject object = tree.toObject();
    const QJsonValue inner = replaced(object.value(name), path.mid(1), value);
    if (inner.isUndefined())
        object.remove(name);
    else
        object.insert(name, inner);
    return object;
}

QByteArray compact(const QJsonValue &object)
{
    return QJsonDocument(object.toObject()).toJson(QJsonDocument::Compact);
}

QString asText(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 17);
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toString();
}

} // namespace

MutationBodies::MutationBodies(const QByteArray &contentType, QByteArray body)
    : m_isForm(contentType.startsWith("application/x-www-form-urlencoded")),
      m_body(std::move(body)),
      m_object(QJsonDocument::fromJson(m_body).object())
{
}

QByteArray MutationBodies::with(const QStringList &path, const QJsonValue &value) const
{
    if (m_isForm)
        return formBodyWith(m_body, {{path.constFirst(), asText(value)}});
    return compact(replaced(m_object, path, value));
}

QByteArray MutationBodies::withRaw(const QStringList &path, const QByteArray &raw) const
{
    if (m_isForm)
        return formBodyWith(m_body, {{path.constFirst(), QString::fromLatin1(raw)}});
    const QByteArray holder = '"' + QByteArray(kPlaceholder.data(), kPlaceholder.size()) + '"';
    return with(path, QJsonValue(kPlaceholder)).replace(holder, raw);
}

QByteArray MutationBodies::without(const QStringList &path) const
{
    if (!m_isForm)
        return compact(replaced(m_object, path, QJsonValue(QJsonValue::Undefined)));
    FormValues values = formValuesOf(m_body);
    std::erase_if(values, [&](const FormValue &one) { return one.name == path.constFirst(); });
    return formBodyOf(values);
}

QByteArray MutationBodies::padded(qsizetype size) const
{
    if (m_isForm)
        return m_body + "&lc_padding=" + QByteArray(size, 'a');
    return m_body + QByteArray(size, ' '); // RFC 8259 section 2: blanks may stand around a value
}

QByteArray MutationBodies::asOther() const
{
    if (m_isForm) {
        QJsonObject object;
        for (const FormValue &one : formValuesOf(m_body))
            object.insert(one.name, one.value);
        return compact(object);
    }
    FormValues values;
    for (auto it = m_object.begin(); it != m_object.end(); ++it)
        values.push_back({it.key(), asText(it.value())});
    return formBodyOf(values);
}

QByteArray MutationBodies::inUtf16() const
{
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringConverter::Flag::WriteBom);
    return encoder(QString::fromUtf8(m_body));
}

QByteArray MutationBodies::doubled() const
{
    if (m_object.isEmpty())
        return {};
    const QByteArray name = QJsonDocument(QJsonArray{m_object.begin().key()}).toJson(QJsonDocument::Compact);
    return m_body.chopped(1) + ',' + name.mid(1, name.size() - 2) + ":\"lc\"}";
}

} // namespace cockpit
