#include "models/inventory.h"

#include "models/target.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inventory)
};

constexpr std::array<WordRow<NamePurpose>, 15> kPurposes{{
    {NamePurpose::Site, "site", QT_TRANSLATE_NOOP("Inventory", "Web site")},
    {NamePurpose::App, "app", QT_TRANSLATE_NOOP("Inventory", "App for customers")},
    {NamePurpose::Api, "api", QT_TRANSLATE_NOOP("Inventory", "API")},
    {NamePurpose::Auth, "auth", QT_TRANSLATE_NOOP("Inventory", "Sign-in")},
    {NamePurpose::Admin, "admin", QT_TRANSLATE_NOOP("Inventory", "Administration")},
    {NamePurpose::Staging, "staging", QT_TRANSLATE_NOOP("Inventory", "Staging or test")},
    {NamePurpose::Tool, "tool", QT_TRANSLATE_NOOP("Inventory", "Tool of the team")},
    {NamePurpose::Backend, "backend", QT_TRANSLATE_NOOP("Inventory", "Database or backend")},
    {NamePurpose::Mail, "mail", QT_TRANSLATE_NOOP("Inventory", "Mail")},
    {NamePurpose::Files, "files", QT_TRANSLATE_NOOP("Inventory", "Files and pictures")},
    {NamePurpose::Docs, "docs", QT_TRANSLATE_NOOP("Inventory", "Help and documentation")},
    {NamePurpose::Status, "status", QT_TRANSLATE_NOOP("Inventory", "Status and figures")},
    {NamePurpose::Shop, "shop", QT_TRANSLATE_NOOP("Inventory", "Shop and payment")},
    {NamePurpose::Dns, "dns", QT_TRANSLATE_NOOP("Inventory", "Name server")},
    {NamePurpose::Ai, "ai", QT_TRANSLATE_NOOP("Inventory", "Assistant or chatbot")},
}};

constexpr std::array<WordRow<NameSource>, 9> kSources{{
    {NameSource::Project, "project", QT_TRANSLATE_NOOP("Inventory", "Your addresses")},
    {NameSource::Listed, "listed", QT_TRANSLATE_NOOP("Inventory", "Your list")},
    {NameSource::Certificate, "certificate", QT_TRANSLATE_NOOP("Inventory", "A certificate in use")},
    {NameSource::CertificateSearch, "certificate_log", QT_TRANSLATE_NOOP("Inventory", "A public certificate log")},
    {NameSource::Mail, "mx", QT_TRANSLATE_NOOP("Inventory", "The mail records")},
    {NameSource::Spf, "spf", QT_TRANSLATE_NOOP("Inventory", "The SPF record")},
    {NameSource::NameServer, "ns", QT_TRANSLATE_NOOP("Inventory", "The name servers")},
    {NameSource::Link, "link", QT_TRANSLATE_NOOP("Inventory", "A page of yours")},
    {NameSource::Guess, "guess", QT_TRANSLATE_NOOP("Inventory", "Guessed: a common name")},
}};

constexpr std::array<WordRow<NameState>, 6> kStates{{
    {NameState::Answers, "answers", QT_TRANSLATE_NOOP("Inventory", "Has an address")},
    {NameState::NoAddress, "no_address", QT_TRANSLATE_NOOP("Inventory", "Has no address")},
    {NameState::LeadsNowhere, "leads_nowhere", QT_TRANSLATE_NOOP("Inventory", "Leads nowhere")},
    {NameState::Gone, "gone", QT_TRANSLATE_NOOP("Inventory", "Does not exist")},
    {NameState::Fails, "fails", QT_TRANSLATE_NOOP("Inventory", "Its name servers fail")},
    {NameState::Silent, "silent", QT_TRANSLATE_NOOP("Inventory", "No answer from the DNS")},
}};

struct Labels
{
    QStringList all;
    QHash<QString, NamePurpose> purposes;
};

const Labels &labels()
{
    static const Labels known = [] {
        Labels read;
        QFile file(u":/rules/host-labels.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        const QJsonObject purposes =
            QJsonDocument::fromJson(opened ? file.readAll() : QByteArray()).object().value("purposes"_L1).toObject();
        for (const WordRow<NamePurpose> &row : kPurposes) {
            for (const QJsonValue label : purposes.value(QLatin1StringView(row.word)).toArray()) {
                read.all << label.toString();
                read.purposes.insert(label.toString(), row.value);
            }
        }
        return read;
    }();
    return known;
}

} // namespace

COCKPIT_WORDS(NamePurpose, kPurposes, namePurposeFromWord)

QString labelOf(NamePurpose value)
{
    return Text::tr(rowOf(kPurposes, value).label);
}

COCKPIT_WORDS(NameSource, kSources, nameSourceFromWord)

QString labelOf(NameSource value)
{
    return Text::tr(rowOf(kSources, value).label);
}

COCKPIT_WORDS(NameState, kStates, nameStateFromWord)

QString labelOf(NameState value)
{
    return Text::tr(rowOf(kStates, value).label);
}

const QStringList &commonHostLabels()
{
    return labels().all;
}

std::optional<NamePurpose> guessedPurpose(const QString &hostName)
{
    static const QRegularExpression separators(u"[-_]"_s);
    const QHash<QString, NamePurpose> &known = labels().purposes;
    if (!hostName.isEmpty() && registrableDomain(hostName) == hostName)
        return NamePurpose::Site; // the company's name is no label that says what a host is for
    const QString first = hostName.section(u'.', 0, 0).toLower();
    if (known.contains(first))
        return known.value(first);
    // "app-staging" is a staging host before it is an app: what is not meant for everybody counts first.
    std::optional<NamePurpose> purpose;
    for (QString word : first.split(separators, Qt::SkipEmptyParts)) {
        while (!word.isEmpty() && word.back().isDigit() && !known.contains(word))
            word.chop(1);
        const auto found = known.constFind(word);
        if (found == known.cend())
            continue;
        const bool isInside = *found == NamePurpose::Staging || *found == NamePurpose::Admin;
        if (isInside || !purpose)
            purpose = *found;
        if (isInside)
            break;
    }
    return purpose;
}

} // namespace cockpit
