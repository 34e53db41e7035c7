#include "checks/mail/extrarecord.h"

#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExtraRecord)
};

constexpr int kEffortMinutes = 15;
constexpr qsizetype kLongestName = 32; // (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")

bool beginsWith(const QByteArray &text, const QByteArray &version)
{
    if (!text.startsWith(version))
        return false;
    const QByteArray rest = text.mid(version.size()).trimmed();
    return rest.isEmpty() || rest.startsWith(';');
}

// Without its blanks and in one case, so that "V = stsv1" is seen.
bool resembles(const QByteArray &text, const QByteArray &version)
{
    QByteArray squeezed = text.toLower();
    squeezed.replace(' ', "").replace('\t', "").replace('"', "");
    return squeezed.contains(version.toLower());
}

bool isFieldName(const QByteArray &name)
{
    const auto isLetterOrDigit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !name.isEmpty() && name.size() <= kLongestName && isLetterOrDigit(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return isLetterOrDigit(c) || c == '_' || c == '-' || c == '.'; });
}

bool isPrintable(const QByteArray &value)
{
    return std::ranges::all_of(value, [](char c) { return c >= 0x20 && c <= 0x7e; });
}

} // namespace

ExtraRecord readExtraRecord(const DnsAnswer &answer, const QByteArray &version)
{
    if (!answer.isConclusive())
        return {ExtraState::DnsFailure, {}, {}};
    ExtraRecord found;
    for (const DnsRecord &record : answer.records(RrType::Txt)) {
        if (beginsWith(record.text, version)) {
            found.state = found.state == ExtraState::Absent ? ExtraState::One : ExtraState::Several;
            found.text = record.text;
        } else if (resembles(record.text, version)) {
            found.nearMiss = record.text;
        }
    }
    return found;
}

tl::expected<std::vector<Tag>, QString> parseFields(const QByteArray &text)
{
    std::vector<Tag> fields;
    const QList<QByteArray> pieces = text.split(';');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QByteArray piece = pieces[i].trimmed();
        if (piece.isEmpty() && i > 0 && i + 1 == pieces.size())
            break;
        const qsizetype equals = piece.indexOf('=');
        const QByteArray value = piece.mid(equals + 1);
        const bool isField = equals > 0 && isFieldName(piece.left(equals)) && !value.isEmpty() &&
                             !value.startsWith(' ') && isPrintable(value);
        if (!isField)
            return tl::unexpected<QString>(Text::tr("part %1 (\"%2\") is not of the form name=value")
                                               .arg(QString::number(i + 1), shownText(piece, 60)));
        fields.push_back({QString::fromLatin1(piece.left(equals)), QString::fromLatin1(value)});
    }
    return fields;
}

Finding extraFinding(const QString &code, const QString &title, const QString &whatWeSaw)
{
    Finding finding = dnsFinding(code, Severity::Low, Impact::EmailDelivery, title, whatWeSaw);
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

Judged unknownExtra(const DnsLookup &question, DnsStatus status)
{
    Judged judged = couldNotLook({ErrorKind::Unreachable, sentenceOf(question, status), {}});
    judged.observed.insert(u"status"_s, u"temperror"_s);
    return judged;
}

bool isNoFact(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::NoRoute;
}

Judged concludedExtra(Judged judged, const ExtraRecord &record, const QString &absent, const QString &sound)
{
    if (record.state == ExtraState::Absent && judged.findings.empty()) {
        judged.observed.insert(u"status"_s, u"none"_s);
        judged.outcome = Outcome::Info;
        judged.summary = absent;
        return judged;
    }
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = judged.findings.empty() ? sound : judged.findings.front().title;
    return judged;
}

Judged provenExtra(Judged judged, std::vector<Evidence> evidence, const QString &domain, Observations &seen)
{
    judged.evidence = std::move(evidence);
    return unlessMissing(std::move(judged), domain, seen);
}

} // namespace cockpit
