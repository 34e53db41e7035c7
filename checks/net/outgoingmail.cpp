#include "checks/net/outgoingmail.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "checks/net/smtpclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

QStringList mailReferences()
{
    QFile file(u":/rules/mail-references.json"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    QStringList hosts;
    const QJsonObject json = opened ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    for (const QJsonValue host : json.value("hosts"_L1).toArray())
        hosts << host.toString();
    return hosts;
}

Result<OutgoingMail> probe(const OutgoingMailOpen &, ProbeContext &context)
{
    std::vector<HostAddresses> names;
    std::vector<SmtpHello> greetings;
    for (const QString &host : mailReferences())
        names.push_back({host, 25});
    const auto addresses = context.observations.askAll(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (*addresses[i])
            greetings.push_back({.host = names[i].host, .depth = SmtpDepth::Greeting});
    }
    const auto answers = context.observations.askAll(greetings);
    for (const auto &answer : answers) {
        // Whoever answers at all has been reached, whatever it says.
        if (*answer || answer->error().kind == ErrorKind::Protocol || answer->error().kind == ErrorKind::TooLarge)
            return OutgoingMail::Open;
        if (answer->error().kind == ErrorKind::Cancelled)
            return tl::unexpected<Error>(answer->error());
    }
    return greetings.empty() ? OutgoingMail::Unknown : OutgoingMail::Blocked;
}

} // namespace cockpit
