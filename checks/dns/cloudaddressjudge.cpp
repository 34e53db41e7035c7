#include "checks/dns/cloudaddresses.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudAddresses)
};

constexpr int kEffortMinutes = 15;

// What browsers and resolvers see is certain; that somebody gave something up is not.
Finding lead(const QString &code, const SeenAddress &seen, const NameReach &reach, const QString &title,
             const QString &what)
{
    const QStringList reasons = reach.reasonsAt(seen.name);
    Finding finding =
        dnsFinding(code, reasons.isEmpty() ? Severity::Low : Severity::Medium, Impact::AccountTakeover, title, what);
    if (!reasons.isEmpty())
        finding.whatWeSaw += u' ' + reasons.join(u' ');
    finding.proof = Proof::Lead;
    finding.subject = cloudSubject(seen.name);
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = seen.evidence;
    return finding;
}

} // namespace

QString toWord(AddressState state)
{
    switch (state) {
    case AddressState::Answers:
        return u"answers"_s;
    case AddressState::Silent:
        return u"silent"_s;
    case AddressState::ForeignCertificate:
        return u"foreign_certificate"_s;
    case AddressState::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Finding> findingFor(const SeenAddress &seen, const NameReach &reach)
{
    switch (seen.state) {
    case AddressState::Answers:
    case AddressState::Unclear:
        return std::nullopt;
    case AddressState::Silent:
        return lead(u"silent_address"_s, seen, reach, Text::tr("A name may lead to a server that you gave up"),
                    Text::tr("%1 leads to %2, and nobody answers for web pages there. The address belongs to %3, which "
                             "hands it to its next customer once it is given up. Maybe it still is yours, and answers "
                             "to you alone.")
                        .arg(shownName(seen.name), seen.address, seen.cloud));
    case AddressState::ForeignCertificate:
        return lead(
            u"foreign_certificate"_s, seen, reach, Text::tr("A name may lead to a server that is somebody else's now"),
            Text::tr("%1 leads to %2, and what answers there shows a certificate for %4. The address belongs "
                     "to %3, which hands it to its next customer once it is given up. Maybe that is a site of "
                     "yours under another name.")
                .arg(shownName(seen.name), seen.address, seen.cloud, shownName(seen.certificateNames.join(u", "_s))));
    }
    Q_UNREACHABLE();
}

QString cloudSubject(const QString &name)
{
    return u"address "_s + name;
}

QJsonObject toJson(const SeenAddress &seen)
{
    QJsonArray names;
    for (const QString &name : seen.certificateNames)
        names.append(shownName(name));
    return {{u"name"_s, seen.name},
            {u"address"_s, seen.address},
            {u"cloud"_s, seen.cloud},
            {u"state"_s, toWord(seen.state)},
            {u"certificate_names"_s, names}};
}

} // namespace cockpit
