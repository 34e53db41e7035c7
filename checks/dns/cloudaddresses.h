// Names of the domain whose address lies where a cloud hands it to the next customer once it is given up: who answers
// there now? That the address was given up cannot be seen from outside, so whatever is found here is a maybe.
#pragma once

#include "checks/dns/foundnames.h"
#include "checks/dns/namereach.h"
#include "models/finding.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace cockpit {

enum class AddressState {
    Answers,            // with a certificate of ours, without one, or with one that nobody vouches for
    Silent,             // nobody takes a connection for a web page, while other hosts of the product are reached
    ForeignCertificate, // a certificate that browsers trust, and only for names of other domains
    Unclear,            // not looked at, or it could not be told
};
QString toWord(AddressState state); // "answers", "silent", "foreign_certificate", "unclear"

struct SeenAddress
{
    QString name;
    QString address; // as the DNS has it
    QString cloud;   // its name, for people
    AddressState state = AddressState::Answers;
    QStringList certificateNames = {}; // ForeignCertificate: the first few
    QString why = {};                  // Silent, Unclear: a sentence
    std::vector<Evidence> evidence = {};
};

// At most kMostCloudNames are connected to: a handshake each and, where nobody takes it, a page without encryption.
// Left out: aliases (references.h), the project's own hosts, which have checks of their own, and names that serve
// other things than pages.
std::vector<SeenAddress> lookAtCloudAddresses(const Target &target, const FoundNames &names, Observations &seen);
constexpr size_t kMostCloudNames = 12;

// Of a finding about the name (Finding::subject).
QString cloudSubject(const QString &name);
// A lead, and never more. Empty where somebody of ours answers, or where nobody knows.
std::optional<Finding> findingFor(const SeenAddress &seen, const NameReach &reach);
QJsonObject toJson(const SeenAddress &seen);

} // namespace cockpit
