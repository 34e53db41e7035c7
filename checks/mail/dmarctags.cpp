#include "checks/mail/dmarctags.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcRecord)
};

std::optional<DmarcPolicy> policyFrom(const QString &word)
{
    for (const DmarcPolicy policy : {DmarcPolicy::None, DmarcPolicy::Quarantine, DmarcPolicy::Reject}) {
        if (word.compare(toWord(policy), Qt::CaseInsensitive) == 0)
            return policy;
    }
    return std::nullopt;
}

// "mailto:a@example.com!10m, mailto:b@example.net": reporters pass over the size since RFC 9989 (section 4.8), older
// ones may hold back larger reports. Other schemes are ignored.
QStringList readAddresses(const QString &value, DmarcRecord &record)
{
    static const QRegularExpression form(u"^mailto:([^\\s@,!]+@[^\\s@,!]+?)(!\\d+[kmgt]?)?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    QStringList addresses;
    for (const QString &uri : value.split(u',', Qt::SkipEmptyParts)) {
        const auto match = form.match(uri.trimmed().left(500));
        if (match.hasMatch()) {
            addresses << match.captured(1);
            if (!match.captured(2).isEmpty())
                record.sizeLimits << match.captured(2);
        } else {
            record.oddities << Text::tr("\"%1\" is not a report address: it has to start with mailto:.")
                                   .arg(uri.trimmed().left(80));
        }
    }
    return addresses;
}

// One of two words; anything else is ignored, as if the tag were not there.
bool readSwitch(const std::vector<Tag> &tags, QLatin1StringView name, QLatin1StringView on, QLatin1StringView off,
                DmarcRecord &record)
{
    const auto value = valueOf(tags, name);
    if (!value)
        return false;
    const bool isOn = value->compare(on, Qt::CaseInsensitive) == 0;
    if (!isOn && value->compare(off, Qt::CaseInsensitive) != 0)
        record.oddities << Text::tr("\"%1=%2\" is not valid and is ignored.").arg(name, value->left(40));
    return isOn;
}

// Nothing is wrong with these, and nothing comes of them.
void noteUseless(DmarcRecord &record)
{
    if (!record.failureOptions.isEmpty() && record.failureReports.isEmpty())
        record.notes << Text::tr("\"fo\" has no effect without a ruf address.");
    if (!record.removedTags.isEmpty()) {
        record.notes << Text::tr("The standard of 2026 removed: %1. Older receivers may still act on it.")
                            .arg(record.removedTags.join(u", "_s));
    }
    if (!record.sizeLimits.isEmpty()) {
        record.notes << Text::tr("The standard of 2026 removed the size limit behind a report address (\"%1\"). Older "
                                 "receivers may still hold back larger reports.")
                            .arg(record.sizeLimits.join(u", "_s));
    }
}

} // namespace

void readDmarcTags(const std::vector<Tag> &tags, DmarcRecord &record)
{
    record.strictDkim = readSwitch(tags, "adkim"_L1, "s"_L1, "r"_L1, record);
    record.strictSpf = readSwitch(tags, "aspf"_L1, "s"_L1, "r"_L1, record);
    record.isTest = readSwitch(tags, "t"_L1, "y"_L1, "n"_L1, record);
    record.failureOptions = valueOf(tags, "fo"_L1).value_or(QString());
    record.aggregateReports = readAddresses(valueOf(tags, "rua"_L1).value_or(QString()), record);
    record.failureReports = readAddresses(valueOf(tags, "ruf"_L1).value_or(QString()), record);
    const QString psd = valueOf(tags, "psd"_L1).value_or(u"u"_s).toLower();
    record.psd = psd == "y"_L1 ? DmarcPsd::Yes : psd == "n"_L1 ? DmarcPsd::No : DmarcPsd::Unsaid;
    if (record.psd == DmarcPsd::Unsaid && psd != "u"_L1)
        record.oddities << Text::tr("\"%1=%2\" is not valid and is ignored.").arg(u"psd"_s, psd.left(40));
    for (const QLatin1StringView name : {"pct"_L1, "rf"_L1, "ri"_L1}) {
        if (valueOf(tags, name))
            record.removedTags << name;
    }
    bool isNumber = false;
    const int percentage = valueOf(tags, "pct"_L1).value_or(QString()).toInt(&isNumber);
    if (isNumber && percentage >= 0 && percentage <= 100)
        record.percentage = percentage;
    noteUseless(record);
}

bool readDmarcPolicies(const std::vector<Tag> &tags, DmarcStandard standard, DmarcRecord &record)
{
    bool allValid = true;
    const auto read = [&](QLatin1StringView name) -> std::optional<DmarcPolicy> {
        const auto value = valueOf(tags, name);
        if (!value)
            return std::nullopt;
        const auto policy = policyFrom(*value);
        allValid = allValid && policy;
        return policy;
    };
    const auto policy = read("p"_L1);
    record.hasPolicy = policy.has_value();
    record.policy = policy.value_or(DmarcPolicy::None);
    record.subdomainPolicy = read("sp"_L1);
    if (standard == DmarcStandard::Rfc9989)
        record.nonexistentPolicy = read("np"_L1);
    record.policyIsSecond = tags.size() > 1 && tags[1].name.compare("p"_L1, Qt::CaseInsensitive) == 0;
    return allValid;
}

} // namespace cockpit
