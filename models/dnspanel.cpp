#include "models/dnspanel.h"

#include "models/hostname.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsPanel)
};

constexpr qsizetype kLongestString = 255; // RFC 1035 section 3.3

tl::unexpected<Error> badEntry(const QString &provider, const QString &why)
{
    return failure(ErrorKind::BadInput, Text::tr("The DNS page of \"%1\" is not usable: %2").arg(provider, why));
}

Result<DnsPanel> parsePanel(const QJsonObject &json)
{
    static const QStringList fields{u"provider"_s,     u"name"_s,         u"names"_s,      u"apex"_s,
                                    u"quotes_texts"_s, u"ends_targets"_s, u"name_label"_s, u"value_label"_s};
    DnsPanel panel{.provider = json["provider"_L1].toString(),
                   .name = json["name"_L1].toString(),
                   .names = json["names"_L1] == "full"_L1 ? PanelNames::Full : PanelNames::Relative,
                   .apex = json["apex"_L1].toString(),
                   .quotesTexts = json["quotes_texts"_L1].toBool(),
                   .endsTargets = json["ends_targets"_L1].toBool(),
                   .nameLabel = json["name_label"_L1].toString(),
                   .valueLabel = json["value_label"_L1].toString()};
    for (const QString &key : json.keys()) {
        if (!fields.contains(key))
            return badEntry(panel.provider, Text::tr("\"%1\" is no field.").arg(key));
    }
    if (panel.name.isEmpty() || panel.nameLabel.isEmpty() || panel.valueLabel.isEmpty())
        return badEntry(panel.provider, Text::tr("name, name_label and value_label are needed."));
    if (json["names"_L1] != "full"_L1 && json["names"_L1] != "relative"_L1)
        return badEntry(panel.provider, Text::tr("names is \"relative\" or \"full\"."));
    if (panel.apex != "@"_L1 && !panel.apex.isEmpty())
        return badEntry(panel.provider, Text::tr("apex is \"@\" or empty."));
    return panel;
}

PanelField nameField(const DnsPanel &panel, const QString &zone, const QString &name)
{
    if (panel.names == PanelNames::Full || !isWithin(name, zone))
        return {panel.nameLabel, name, {}};
    if (name != zone)
        return {panel.nameLabel, name.chopped(zone.size() + 1), {}};
    return {panel.nameLabel, panel.apex, panel.apex.isEmpty() ? Text::tr("Leave this field empty.") : QString()};
}

QString valueOn(const DnsPanel &panel, const QString &type, const QString &value)
{
    if (type == "TXT"_L1)
        return panel.quotesTexts ? quotedTxt(value) : value;
    return panel.endsTargets && !value.endsWith(u'.') ? value + u'.' : value;
}

} // namespace

Result<std::vector<DnsPanel>> parseDnsPanels(const QByteArray &json)
{
    std::vector<DnsPanel> panels;
    for (const QJsonValue value : QJsonDocument::fromJson(json)["panels"_L1].toArray()) {
        auto panel = parsePanel(value.toObject());
        if (!panel)
            return tl::unexpected(panel.error());
        if (std::ranges::find(panels, panel->provider, &DnsPanel::provider) != panels.end())
            return badEntry(panel->provider, Text::tr("it stands there twice."));
        panels.push_back(std::move(*panel));
    }
    if (std::ranges::find(panels, QString(u""_s), &DnsPanel::provider) == panels.end())
        return failure(ErrorKind::BadInput, Text::tr("The list of DNS pages has no entry for all others."));
    return panels;
}

const std::vector<DnsPanel> &knownDnsPanels()
{
    static const std::vector<DnsPanel> panels = [] {
        QFile file(u":/dns-panels.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        auto parsed = parseDnsPanels(opened ? file.readAll() : QByteArray());
        Q_ASSERT(parsed); // compiled in, and read by a test
        return parsed ? std::move(*parsed) : std::vector<DnsPanel>{DnsPanel{}};
    }();
    return panels;
}

const DnsPanel &dnsPanelOf(const QString &providerId)
{
    const auto &panels = knownDnsPanels();
    const auto it = std::ranges::find(panels, providerId, &DnsPanel::provider);
    return it != panels.end() ? *it : *std::ranges::find(panels, QString(u""_s), &DnsPanel::provider);
}

std::vector<PanelField> panelFields(const DnsPanel &panel, const QString &zone, const QString &name,
                                    const QString &type, const QString &value)
{
    return {{Text::tr("Type"), type, {}},
            nameField(panel, zone, name),
            {panel.valueLabel, valueOn(panel, type, value), {}}};
}

QString quotedTxt(const QString &value)
{
    QStringList strings;
    for (qsizetype at = 0; at < value.size() || at == 0; at += kLongestString) {
        QString string = value.mid(at, kLongestString);
        string.replace(u'\\', "\\\\"_L1);
        string.replace(u'"', "\\\""_L1);
        strings << u'"' + string + u'"';
    }
    return strings.join(u' ');
}

} // namespace cockpit
