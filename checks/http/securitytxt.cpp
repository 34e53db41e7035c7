#include "checks/http/securitytxt.h"

#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecurityTxt)
};

constexpr int kMostLines = 500;
constexpr int kFarYears = 1; // section 2.5.5: less than a year ahead is recommended

struct Fault
{
    QString code;
    QString title;
    QString saw;
};

void take(SecurityTxt &text, const QString &name, const QString &value)
{
    if (name == "contact"_L1)
        text.contacts.append(value);
    else if (name == "expires"_L1)
        text.expires.append(value);
    else if (name == "canonical"_L1)
        text.canonical.append(value);
    else if (name == "preferred-languages"_L1)
        text.languages.append(value);
}

// RFC 3339, as an Internet date and time with its zone.
QDateTime dateIn(const QString &value)
{
    static const QRegularExpression form(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(value).hasMatch() ? QDateTime::fromString(value.toUpper(), Qt::ISODateWithMs) : QDateTime();
}

bool isContact(const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    return url.isValid() && (url.scheme() == "https"_L1 || url.scheme() == "mailto"_L1 || url.scheme() == "tel"_L1);
}

std::vector<Fault> contactFaults(const SecurityTxt &text)
{
    if (text.contacts.isEmpty()) {
        return {{u"no_contact"_s, Text::tr("Your security.txt names no contact"),
                 Text::tr("There is no line \"Contact:\".")}};
    }
    const auto bad = std::ranges::find_if_not(text.contacts, isContact);
    if (bad == text.contacts.end())
        return {};
    return {{u"bad_contact"_s, Text::tr("A contact in your security.txt cannot be used"),
             Text::tr("\"%1\" is no address that begins with mailto:, https:// or tel:.").arg(quoted(bad->toUtf8()))}};
}

std::vector<Fault> dateFaults(const SecurityTxt &text, const QDateTime &now)
{
    const QString title = Text::tr("Your security.txt does not say until when it holds");
    if (text.expires.size() != 1) {
        return {{u"no_expires"_s, title,
                 Text::tr("It has %n line(s) \"Expires:\". Wanted: exactly one.", nullptr,
                          static_cast<int>(text.expires.size()))}};
    }
    const QString written = plainText(text.expires.front(), 100);
    const QDateTime date = dateIn(text.expires.front());
    if (!date.isValid()) {
        return {{u"no_expires"_s, title, Text::tr("\"%1\" is no date like 2027-01-31T00:00:00Z.").arg(written)}};
    }
    if (date <= now) {
        return {{u"expired"_s, Text::tr("Your security.txt has expired"), Text::tr("It held until %1.").arg(written)}};
    }
    if (date > now.addYears(kFarYears)) {
        return {{u"far_expires"_s, Text::tr("Your security.txt holds too long"),
                 Text::tr("It says %1. Wanted: less than a year ahead, so that nobody relies on an old contact.")
                     .arg(written)}};
    }
    return {};
}

// Section 3: plain text in UTF-8, over HTTPS.
std::vector<Fault> deliveryFaults(const HttpResponse &answer)
{
    const QByteArray type = answer.header("content-type").value_or(QByteArray()).toLower();
    if (answer.url.scheme() != "https"_L1) {
        return {{u"not_https"_s, Text::tr("Your security.txt comes without encryption"),
                 Text::tr("It is at %1.").arg(answer.url.toDisplayString())}};
    }
    if (!type.startsWith("text/plain")) {
        return {{u"wrong_type"_s, Text::tr("Your security.txt is not sent as plain text"),
                 Text::tr("Its type is \"%1\". Wanted: text/plain; charset=utf-8.").arg(quoted(type))}};
    }
    return {};
}

std::vector<Finding> findingsFor(const SecurityTxt &text, const HttpResponse &answer, const QDateTime &now)
{
    std::vector<Finding> findings;
    for (const auto &faults : {contactFaults(text), dateFaults(text, now), deliveryFaults(answer)}) {
        for (const Fault &fault : faults) {
            Finding finding =
                makeFinding(fault.code, Severity::Low, Proof::Proven, Impact::Maintainability, fault.title, fault.saw);
            finding.effortMinutes = 10;
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

QJsonObject observedText(const SecurityTxt &text, bool isAtRoot)
{
    QStringList contacts;
    for (const QString &contact : text.contacts)
        contacts.append(plainText(redact(contact), 200));
    return {{u"found"_s, true},
            {u"place"_s, isAtRoot ? u"root"_s : u"well_known"_s},
            {u"contacts"_s, QJsonArray::fromStringList(contacts)},
            {u"expires"_s, text.expires.isEmpty() ? QJsonValue() : plainText(text.expires.front(), 100)},
            {u"languages"_s, text.languages.isEmpty() ? QJsonValue() : plainText(text.languages.front(), 100)},
            {u"signed"_s, text.isSigned}};
}

QJsonObject joined(QJsonObject one, const QJsonObject &other)
{
    for (auto it = other.begin(); it != other.end(); ++it)
        one.insert(it.key(), it.value());
    return one;
}

Judged notPublished(const RedirectChain &walk)
{
    Judged judged = concluded({}, Text::tr("No security.txt is published"),
                              joined(observedOf(walk, {"content-type"}), {{u"found"_s, false}, {u"place"_s, {}}}),
                              {evidenceOf(walk.last)});
    judged.outcome = Outcome::Info;
    judged.reason = Text::tr("It is an optional extra: people who find a fault then have to guess whom to write to.");
    return judged;
}

// Storage that serves files answers 403 to what is not there, so a refusal alone is no obstacle here.
std::optional<Obstacle> hindrance(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle == Obstacle::Refused ? std::nullopt : obstacle;
}

bool isText(const HttpResponse &answer)
{
    return answer.status == 200 && parseSecurityTxt(answer.body);
}

Judged look(const Look &look)
{
    SecurityTxtLook seen;
    for (const QString &path : {u"/.well-known/security.txt"_s, u"/security.txt"_s}) {
        const auto walk = look.seen.ask(FollowRedirects{httpsAddress(*look.host, path)});
        if (!*walk)
            return couldNotLook(walk->error());
        seen.walks.push_back(**walk);
        if (isText((*walk)->last) || hindrance((*walk)->last))
            break;
    }
    return judgeSecurityTxt(seen, look.startedAt);
}

} // namespace

std::optional<SecurityTxt> parseSecurityTxt(const QByteArray &bytes)
{
    static const QRegularExpression field(u"^([A-Za-z][A-Za-z-]{1,40}):\\s*(\\S.*)$"_s);
    static const QStringList kNames{u"contact"_s, u"expires"_s, u"encryption"_s, u"acknowledgments"_s,
                                    u"policy"_s,  u"hiring"_s,  u"canonical"_s,  u"preferred-languages"_s,
                                    u"csaf"_s};
    SecurityTxt text;
    bool hasField = false;
    const QByteArrayList lines = bytes.split('\n');
    for (const QByteArray &bytesOfLine : lines.first(std::min<qsizetype>(lines.size(), kMostLines))) {
        const QString line = QString::fromUtf8(bytesOfLine).trimmed();
        text.isSigned = text.isSigned || line == "-----BEGIN PGP SIGNED MESSAGE-----"_L1;
        const auto match = field.match(line);
        const QString name = match.captured(1).toLower();
        if (!match.hasMatch() || !kNames.contains(name))
            continue;
        hasField = true;
        take(text, name, match.captured(2).trimmed());
    }
    return hasField ? std::optional(text) : std::nullopt;
}

Judged judgeSecurityTxt(const SecurityTxtLook &seen, const QDateTime &now)
{
    const RedirectChain &walk = seen.walks.back();
    if (const auto obstacle = hindrance(walk.last))
        return couldNotVerify(*obstacle, walk.last);
    if (!isText(walk.last))
        return notPublished(seen.walks.front());
    const std::optional<SecurityTxt> text = parseSecurityTxt(walk.last.body);
    const bool isAtRoot = seen.walks.size() > 1;
    std::vector<Finding> findings = findingsFor(*text, walk.last, now);
    const QString summary =
        findings.empty() ? Text::tr("A contact for security faults is published") : Text::tr("The file has faults");
    return concluded(std::move(findings), summary,
                     joined(observedOf(walk, {"content-type"}), observedText(*text, isAtRoot)),
                     {evidenceOf(walk.last)});
}

Check securityTxtCheck()
{
    return {.id = u"http.security-txt"_s,
            .scope = Scope::EachHost,
            .roles = {HostRole::Site}, // one contact for all is enough; the RFC asks for no more
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
