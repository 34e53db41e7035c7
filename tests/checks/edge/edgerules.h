// Rules as Cloudflare's API gives them.
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline QJsonObject cacheRule(const QString &expression, bool keeps, bool isForced = false, bool isOn = true)
{
    QJsonObject parameters{{u"cache"_s, keeps}};
    if (isForced)
        parameters.insert(u"edge_ttl"_s, QJsonObject{{u"mode"_s, u"override_origin"_s}, {u"default"_s, 7200}});
    return {{u"description"_s, expression},
            {u"action"_s, u"set_cache_settings"_s},
            {u"enabled"_s, isOn},
            {u"expression"_s, expression},
            {u"action_parameters"_s, parameters}};
}

inline QJsonObject firewallRule(const QString &expression, const QString &action = u"block"_s, bool isOn = true)
{
    return {{u"description"_s, expression}, {u"action"_s, action}, {u"enabled"_s, isOn}, {u"expression"_s, expression}};
}

// So many paths that are no files, and one more condition.
inline QByteArray alternatives(int count, const QByteArray &last = "http.request.uri.path eq \"/about\"")
{
    QByteArray text;
    for (int i = 1; i < count; ++i)
        text += "http.request.uri.path eq \"/page-" + QByteArray::number(i) + "\" or ";
    return text + last;
}

} // namespace cockpit::test
