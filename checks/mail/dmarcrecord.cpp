#include "checks/mail/dmarcrecord.h"

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

void forgetNewTags(DmarcRecord &record)
{
    record.isTest = false;
    record.psd = DmarcPsd::Unsaid;
}

DmarcPolicy oneLevelLess(DmarcPolicy policy)
{
    switch (policy) {
    case DmarcPolicy::Reject:
        return DmarcPolicy::Quarantine;
    case DmarcPolicy::Quarantine:
    case DmarcPolicy::None:
        return DmarcPolicy::None;
    }
    Q_UNREACHABLE();
}

} // namespace

DmarcPolicy DmarcRecord::effectivePolicy() const
{
    return isTest ? oneLevelLess(policy) : policy;
}

DmarcPolicy DmarcRecord::effectiveSubdomainPolicy() const
{
    const DmarcPolicy published = subdomainPolicy.value_or(policy);
    return isTest ? oneLevelLess(published) : published;
}

DmarcPolicy DmarcRecord::effectiveNonexistentPolicy() const
{
    const DmarcPolicy published = nonexistentPolicy.value_or(subdomainPolicy.value_or(policy));
    return isTest ? oneLevelLess(published) : published;
}

bool isDmarcRecord(const QByteArray &text)
{
    static const QRegularExpression form(u"^[vV][ \\t]*=[ \\t]*DMARC1[ \\t]*(?:;|$)"_s);
    return form.match(QString::fromLatin1(text.left(100))).hasMatch();
}

bool resemblesDmarcRecord(const QByteArray &text)
{
    static const QRegularExpression form(
        u"dmarc\\s*1?\\s*;|^\\s*\"?\\s*v\\s*[=:]\\s*dmarc|^\\s*p\\s*=\\s*(?:none|quarantine|reject)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return !isDmarcRecord(text) && form.match(QString::fromLatin1(text.left(200))).hasMatch();
}

tl::expected<DmarcRecord, QString> parseDmarc(const QByteArray &text, DmarcStandard standard)
{
    if (!isDmarcRecord(text))
        return tl::unexpected<QString>(Text::tr("It does not start with \"v=DMARC1;\"."));
    const auto list = parseLooseTagList(text);
    if (!list)
        return tl::unexpected<QString>(list.error());
    DmarcRecord record;
    record.text = QString::fromLatin1(text);
    for (const QString &part : list->ignored) // RFC 9989 section 4.8, RFC 7489 section 6.3
        record.oddities << Text::tr("\"%1\" is not of the form name=value and is ignored.").arg(part.left(40));
    readDmarcTags(list->tags, record);
    const bool isValid = readDmarcPolicies(list->tags, standard, record);
    if (standard == DmarcStandard::Rfc7489)
        forgetNewTags(record);
    if (isValid && (record.hasPolicy || standard == DmarcStandard::Rfc9989))
        return record;
    // RFC 9989 section 4.10.1, RFC 7489 section 6.6.3: with somebody to report to, the record counts as p=none;
    // without, it does not count.
    if (record.aggregateReports.isEmpty()) {
        return tl::unexpected<QString>(isValid ? Text::tr("It names no policy.")
                                               : Text::tr("A policy is not one of none, quarantine and reject."));
    }
    record.policy = DmarcPolicy::None;
    record.hasPolicy = false;
    record.subdomainPolicy.reset();
    record.nonexistentPolicy.reset();
    if (!isValid) {
        record.oddities << Text::tr(
            "A policy is not one of none, quarantine and reject, so that the whole record counts as p=none.");
    }
    return record;
}

} // namespace cockpit
