#include "checks/mail/dmarcdraft.h"

#include "checks/net/dnsreport.h"
#include "models/hostname.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DmarcDraft)
};

// The characters that end an address inside the record, or that no mailbox at a domain has.
bool isReportAddress(const QString &address)
{
    static const QRegularExpression form(
        u"^[^\\s@,;!]+@[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return address.size() <= 254 && form.match(address).hasMatch();
}

std::vector<DmarcRecord> readableOnes(const std::vector<QByteArray> &published)
{
    std::vector<DmarcRecord> records;
    for (const QByteArray &text : published) {
        if (auto record = parseDmarc(text))
            records.push_back(std::move(*record));
    }
    return records;
}

QStringList reportsOf(const std::vector<DmarcRecord> &records, const DmarcWish &wish, std::vector<DraftNote> &notes)
{
    QStringList reports;
    if (wish.reports.isEmpty()) {
        for (const DmarcRecord &record : records)
            reports << record.aggregateReports;
    }
    for (const QString &address : wish.reports) {
        const QString bare = address.trimmed().startsWith("mailto:"_L1, Qt::CaseInsensitive) ? address.trimmed().mid(7)
                                                                                             : address.trimmed();
        if (isReportAddress(bare))
            reports << bare;
        else
            notes.push_back({NoteWeight::Problem, Text::tr("\"%1\" is no mail address.").arg(bare.left(80))});
    }
    reports.removeDuplicates();
    return reports;
}

void noteReports(const QStringList &reports, const QString &domain, std::vector<DraftNote> &notes)
{
    if (reports.isEmpty())
        notes.push_back(
            {NoteWeight::Advice, Text::tr("Without an address for reports you do not learn which of your own "
                                          "mail fails.")});
    for (const QString &address : reports) {
        const QString receiver = address.mid(address.lastIndexOf(u'@') + 1).toLower();
        if (isWithin(receiver, domain))
            continue;
        notes.push_back({NoteWeight::Advice,
                         Text::tr("%2 has to agree to reports about %1, with a TXT record at %1._report._dmarc.%2 that "
                                  "says v=DMARC1. A report service does that for you.")
                             .arg(domain, receiver)});
    }
}

QString mailtos(const QStringList &addresses)
{
    return u"mailto:"_s + addresses.join(",mailto:"_L1);
}

// What stands beside the policy and is kept.
QStringList keptTags(const DmarcRecord &record)
{
    QStringList tags;
    if (record.strictDkim)
        tags << u"adkim=s"_s;
    if (record.strictSpf)
        tags << u"aspf=s"_s;
    if (record.psd == DmarcPsd::No)
        tags << u"psd=n"_s;
    if (!record.failureReports.isEmpty()) {
        tags << u"ruf="_s + mailtos(record.failureReports);
        if (!record.failureOptions.isEmpty())
            tags << u"fo="_s + record.failureOptions;
    }
    return tags;
}

void noteToday(const std::vector<QByteArray> &published, const std::vector<DmarcRecord> &records,
               std::vector<DraftNote> &notes)
{
    if (published.size() > 1)
        notes.push_back(
            {NoteWeight::Change,
             Text::tr("%n record(s) become one: receivers use none when there are several. Delete the others.", nullptr,
                      static_cast<int>(published.size()))});
    if (records.size() < published.size())
        notes.push_back({NoteWeight::Change, Text::tr("What receivers could not use is replaced.")});
    for (const DmarcRecord &record : records) {
        if (!record.removedTags.isEmpty())
            notes.push_back({NoteWeight::Change, Text::tr("The standard of 2026 removed these, so they go: %1.")
                                                     .arg(record.removedTags.join(u", "_s))});
        for (const QString &oddity : record.oddities)
            notes.push_back({NoteWeight::Change, shownText(oddity.toLatin1(), 200)});
        if (record.psd == DmarcPsd::Yes)
            notes.push_back({NoteWeight::Change, Text::tr("\"psd=y\" goes: it is for registries.")});
    }
}

void notePolicy(const DmarcWish &wish, std::vector<DraftNote> &notes)
{
    if (wish.policy == DmarcPolicy::Reject)
        notes.push_back(
            {NoteWeight::Advice, Text::tr("Under reject, people who write to mailing lists lose mail. It is "
                                          "for domains from which only machines write.")});
    if (wish.isTest && wish.policy != DmarcPolicy::None)
        notes.push_back({NoteWeight::Advice, Text::tr("t=y is new: older receivers act on the policy at once.")});
}

// Left at none, existing subdomains would stay open while the domain itself is protected.
std::optional<DmarcPolicy> subdomainPolicyOf(const std::vector<DmarcRecord> &records, const DmarcWish &wish,
                                             std::vector<DraftNote> &notes)
{
    if (wish.subdomainPolicy || records.empty())
        return wish.subdomainPolicy;
    const auto today = records.front().subdomainPolicy;
    if (today != DmarcPolicy::None || wish.policy == DmarcPolicy::None)
        return today;
    notes.push_back({NoteWeight::Change, Text::tr("\"sp=none\" goes: subdomains follow the policy of the domain.")});
    return std::nullopt;
}

} // namespace

RecordDraft draftDmarc(const QString &domain, const std::vector<QByteArray> &published, const DmarcWish &wish)
{
    RecordDraft draft{.kind = RecordKind::Dmarc, .domain = domain, .name = u"_dmarc."_s + domain};
    for (const QByteArray &text : published)
        draft.today << shownText(text, 4000);
    const std::vector<DmarcRecord> records = readableOnes(published);
    noteToday(published, records, draft.notes);
    const QStringList reports = reportsOf(records, wish, draft.notes);
    // p stands second, where receivers of the standard of 2015 want it.
    QStringList tags{u"v=DMARC1"_s, u"p="_s + toWord(wish.policy)};
    if (const auto sp = subdomainPolicyOf(records, wish, draft.notes))
        tags << u"sp="_s + toWord(*sp);
    if (wish.nonexistentPolicy)
        tags << u"np="_s + toWord(*wish.nonexistentPolicy);
    if (wish.isTest && wish.policy != DmarcPolicy::None)
        tags << u"t=y"_s;
    if (!records.empty())
        tags << keptTags(records.front());
    if (!reports.isEmpty())
        tags << u"rua="_s + mailtos(reports);
    noteReports(reports, domain, draft.notes);
    notePolicy(wish, draft.notes);
    const bool hasProblem =
        std::ranges::any_of(draft.notes, [](const DraftNote &note) { return note.weight == NoteWeight::Problem; });
    if (!hasProblem)
        draft.corrected = shownText(tags.join(u"; "_s).toLatin1(), 2000);
    return draft;
}

QString firstDmarcRecord(const QString &domain, bool sendsNoMail)
{
    DmarcWish wish{.reports = {u"dmarc-reports@"_s + domain}};
    if (sendsNoMail)
        wish = {.policy = DmarcPolicy::Reject, .subdomainPolicy = DmarcPolicy::Reject};
    return draftDmarc(domain, {}, wish).corrected;
}

QString nextDmarcRecord(const DmarcRecord &record, const QString &domain)
{
    // RFC 9989 section 7.4: people who post to mailing lists lose mail under reject; quarantine is the goal.
    DmarcWish wish{.policy = record.policy == DmarcPolicy::Reject ? DmarcPolicy::Reject : DmarcPolicy::Quarantine};
    if (record.aggregateReports.isEmpty())
        wish.reports << u"dmarc-reports@"_s + domain;
    return draftDmarc(domain, {record.text.toLatin1()}, wish).corrected;
}

} // namespace cockpit
