// How the pages of DNS hosts want a record typed (resources/dns-panels.json): what stands in the field for the name,
// whether a text needs quotation marks and has to be divided.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

enum class PanelNames { Relative, Full };

struct DnsPanel
{
    QString provider; // id in providers.json; "" for the one that fits most
    QString name;     // "Cloudflare"
    PanelNames names = PanelNames::Relative;
    QString apex; // what stands for the domain itself when names are relative: "@", or "" for an empty field
    bool quotesTexts = false; // each string in quotation marks, at most 255 bytes in one
    bool endsTargets = false; // a CNAME's target needs a dot at its end
    QString nameLabel;        // as it stands on the page: "Host"
    QString valueLabel;

    bool operator==(const DnsPanel &) const = default;
};

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<std::vector<DnsPanel>> parseDnsPanels(const QByteArray &json);

// Those that come with the program. Any thread.
const std::vector<DnsPanel> &knownDnsPanels();
// That of a provider; the ordinary one when it is not known or empty.
const DnsPanel &dnsPanelOf(const QString &providerId);

struct PanelField
{
    QString label;
    QString value; // to copy; may be empty
    QString note;  // "leave it empty"; empty when the value says it all

    bool operator==(const PanelField &) const = default;
};

// Type, name and value, in this order. zone: the domain whose records the page shows; name: full.
std::vector<PanelField> panelFields(const DnsPanel &panel, const QString &zone, const QString &name,
                                    const QString &type, const QString &value);

// The value of a TXT record as a zone file has it: strings of at most 255 bytes in quotation marks, with a blank in
// between that is not part of the text (RFC 1035 section 5.1).
QString quotedTxt(const QString &value);

} // namespace cockpit
