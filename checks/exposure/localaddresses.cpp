#include "checks/exposure/localaddresses.h"

#include "checks/secrets/byteregex.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BundleSecrets)
};

constexpr int kMostOfAKind = 1000; // of one file

const ByteRegex &internalAddress()
{
    static const ByteRegex pattern =
        ByteRegex::compile("\\b(?:https?|wss?)://(?:localhost:\\d{2,5}|127\\.0\\.0\\.1:\\d{2,5}|10(?:\\.\\d{1,3}){3}|"
                           "192\\.168(?:\\.\\d{1,3}){2}|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}|"
                           "[a-z0-9.-]{1,253}\\.internal)\\b",
                           ByteRegex::Case::Sensitive)
            .value();
    return pattern;
}

const ByteRegex &ownDatabase()
{
    static const ByteRegex pattern =
        ByteRegex::compile("\\b(?:postgres(?:ql)?|mysql|mongodb(?:\\+srv)?|rediss?|amqps?)://[^\\s:/@\"'`<>{}$]{1,80}:"
                           "[^\\s:/@\"'`<>{}$]{3,200}@(?:localhost|127(?:\\.\\d{1,3}){3}|0\\.0\\.0\\.0|"
                           "host\\.docker\\.internal)(?![A-Za-z0-9.-])",
                           ByteRegex::Case::Sensitive)
            .value();
    return pattern;
}

// "postgres:postgres@localhost": of examples and of every developer's machine.
bool isSampleLogin(const QString &address)
{
    static const QRegularExpression login(u"//([^:@/]*):([^@/]*)@"_s);
    static const QRegularExpression usual(
        u"^(?:(?:my|your|some|the|db|test|dev|local|super)?[-_]?(?:pass(?:word|wd)?|passwort|secret|pwd|pw)\\d{0,3}|"
        u"user|"
        u"root|admin|postgres(?:ql)?|mysql|mongo(?:db)?|redis|guest|test|demo|dev|local|example|docker|prisma|toor|12345\\d*)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = login.match(address);
    const QString password = match.captured(2);
    return usual.match(password).hasMatch() || password.compare(match.captured(1), Qt::CaseInsensitive) == 0;
}

template<typename OnMatch>
void forEachMatch(const ByteRegex &pattern, const QByteArray &text, const OnMatch &onMatch)
{
    MatchRoom room;
    const std::string_view bytes(text.constData(), static_cast<size_t>(text.size()));
    size_t from = 0;
    for (int count = 0; count < kMostOfAKind; ++count) {
        const auto match = pattern.match(bytes, from, room);
        if (!match)
            return;
        onMatch(text.sliced(static_cast<qsizetype>(match->start), static_cast<qsizetype>(match->end - match->start)));
        from = match->end;
    }
}

} // namespace

void addLocalAddresses(const QByteArray &text, const QByteArray &fingerprintKey, KeySearch &search)
{
    const auto fingerprint = [&](const QByteArray &value) {
        return QMessageAuthenticationCode::hash(value, fingerprintKey, QCryptographicHash::Sha256).toHex();
    };
    forEachMatch(internalAddress(), text, [&](const QByteArray &address) {
        search.keys.push_back({.rule = u"internal-address"_s,
                               .name = Text::tr("Private network address"),
                               .kind = KeyKind::InternalAddress,
                               .severity = Severity::Low,
                               .proof = Proof::Lead,
                               .shown = quoted(address),
                               .fingerprint = fingerprint(address)});
    });
    forEachMatch(ownDatabase(), text, [&](const QByteArray &address) {
        if (isSampleLogin(QString::fromUtf8(address)))
            return;
        search.keys.push_back({.rule = u"database-on-own-machine"_s,
                               .name = Text::tr("Database address with password"),
                               .kind = KeyKind::OwnMachine,
                               .severity = Severity::Medium,
                               .proof = Proof::Lead,
                               .shown = maskedSecret({address.constData(), static_cast<size_t>(address.size())}),
                               .fingerprint = fingerprint(address)});
    });
}

} // namespace cockpit
