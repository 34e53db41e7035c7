#include "checks/mail/stspolicy.h"

#include "checks/mail/extrarecord.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MtaSts)
};

constexpr qsizetype kLongestId = 32;
constexpr qsizetype kMostDigits = 10; // of max_age
constexpr qsizetype kMostMx = 1000;

using Unreadable = tl::unexpected<QString>;

std::optional<qint64> ageOf(const QByteArray &digits)
{
    const bool isNumber = !digits.isEmpty() && digits.size() <= kMostDigits &&
                          std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional(digits.toLongLong()) : std::nullopt;
}

bool isPattern(const QByteArray &pattern)
{
    const QByteArray name = pattern.startsWith("*.") ? pattern.mid(2) : pattern;
    const bool isPlain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    });
    return !name.isEmpty() && isPlain && normaliseDnsName(QString::fromLatin1(name)).has_value();
}

// What has been read so far; an empty value means "not there yet".
struct Draft
{
    std::optional<QByteArray> version, mode, maxAge;
    StsPolicy policy;

    std::optional<QByteArray> *fieldFor(const QByteArray &key)
    {
        if (key == "version")
            return &version;
        if (key == "mode")
            return &mode;
        return key == "max_age" ? &maxAge : nullptr;
    }
};

tl::expected<void, QString> readLine(const QByteArray &line, Draft &draft)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return Unreadable(Text::tr("the line \"%1\" is not of the form key: value").arg(shownText(line, 60)));
    const QByteArray key = line.left(colon);
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (key == "mx") {
        if (!isPattern(value))
            return Unreadable(Text::tr("\"%1\" is no name of a mail server").arg(shownText(value, 60)));
        if (draft.policy.mx.size() < kMostMx)
            draft.policy.mx << QString::fromLatin1(value).toLower();
        return {};
    }
    std::optional<QByteArray> *field = draft.fieldFor(key);
    if (field && *field)
        draft.policy.duplicates << QString::fromLatin1(key);
    else if (field)
        *field = value;
    return {};
}

tl::expected<StsPolicy, QString> finished(Draft draft)
{
    if (!draft.version || *draft.version != "STSv1")
        return Unreadable(Text::tr("it has no line \"version: STSv1\""));
    const auto mode = draft.mode ? stsModeOf(QString::fromLatin1(*draft.mode)) : std::nullopt;
    if (!mode)
        return Unreadable(Text::tr("it has no line \"mode:\" with enforce, testing or none"));
    const auto age = draft.maxAge ? ageOf(*draft.maxAge) : std::nullopt;
    if (!age || *age > kLongestStsAge)
        return Unreadable(Text::tr("it has no line \"max_age:\" with seconds from 0 to %1").arg(kLongestStsAge));
    if (draft.policy.mx.isEmpty() && *mode != StsMode::None)
        return Unreadable(Text::tr("it names no mail server (mx:)"));
    draft.policy.mode = *mode;
    draft.policy.maxAge = *age;
    return draft.policy;
}

} // namespace

QString toWord(StsMode mode)
{
    switch (mode) {
    case StsMode::None:
        return u"none"_s;
    case StsMode::Testing:
        return u"testing"_s;
    case StsMode::Enforce:
        return u"enforce"_s;
    }
    Q_UNREACHABLE();
}

std::optional<StsMode> stsModeOf(const QString &word)
{
    constexpr std::array modes{StsMode::None, StsMode::Testing, StsMode::Enforce};
    const auto *mode = std::ranges::find(modes, word, [](StsMode m) { return toWord(m); });
    return mode == modes.end() ? std::nullopt : std::optional(*mode);
}

tl::expected<StsPolicy, QString> parseStsPolicy(const QByteArray &text)
{
    Draft draft;
    for (QByteArray line : text.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.trimmed().isEmpty())
            continue;
        if (const auto read = readLine(line, draft); !read)
            return Unreadable(read.error());
    }
    return finished(std::move(draft));
}

bool allowsMx(const StsPolicy &policy, const QString &host)
{
    return allowsMx(policy.mx, host);
}

bool allowsMx(const QStringList &patterns, const QString &host)
{
    const QString name = host.toLower();
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        if (!pattern.startsWith("*."_L1))
            return pattern == name;
        const qsizetype dot = name.indexOf(u'.');
        return dot > 0 && name.mid(dot) == pattern.mid(1);
    });
}

tl::expected<QString, QString> parseStsRecord(const QByteArray &text)
{
    const auto fields = parseFields(text);
    if (!fields)
        return Unreadable(fields.error());
    const auto isId = [](const Tag &field) { return field.name == "id"_L1; };
    if (std::ranges::count_if(*fields, isId) != 1)
        return Unreadable(Text::tr("it needs exactly one id="));
    const QString id = std::ranges::find_if(*fields, isId)->value;
    const bool isPlain = id.size() <= kLongestId && std::ranges::all_of(id, [](QChar c) {
                             return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
                         });
    if (!isPlain)
        return Unreadable(Text::tr("its id has to be 1 to 32 letters and digits"));
    return id;
}

DnsLookup stsRecordQuestion(const QString &domain)
{
    return {.name = u"_mta-sts."_s + domain, .type = RrType::Txt};
}

HttpGet stsPolicyQuestion(const QString &domain)
{
    return {.url = QUrl(u"https://mta-sts.%1/.well-known/mta-sts.txt"_s.arg(domain)), .bodyCap = kStsPolicyCap};
}

bool isUsableStsAnswer(const HttpResponse &response)
{
    return response.status == 200 && response.trust == CertificateTrust::Trusted && !response.bodyTruncated;
}

Result<std::optional<StsPolicy>> stsPolicyOf(const QString &domain, Observations &seen)
{
    const auto answer = seen.ask(stsRecordQuestion(domain));
    if (const auto gap = gapIn(stsRecordQuestion(domain), *answer))
        return tl::unexpected<Error>(*gap);
    const ExtraRecord record = readExtraRecord(**answer, kStsVersion);
    if (record.state != ExtraState::One || !parseStsRecord(record.text))
        return std::nullopt;
    const auto response = seen.ask(stsPolicyQuestion(domain));
    if (!*response && isNoFact(response->error()))
        return tl::unexpected<Error>(response->error());
    if (!*response || !isUsableStsAnswer(**response))
        return std::nullopt;
    const auto policy = parseStsPolicy((*response)->body);
    return policy ? std::optional(*policy) : std::nullopt;
}

} // namespace cockpit
