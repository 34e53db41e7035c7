// Would mail from each service that an SPF record names pass today? Receivers stop at the first match, so a record that
// breaks in its second half still lets mail from the services in front through.
#pragma once

#include "checks/mail/spfevaluation.h"
#include "checks/mail/spftree.h"

#include <QString>

#include <vector>

namespace cockpit {

struct SpfSenderLook
{
    QString name;    // "Postmark", or the domain that is included
    QString via;     // the term of the record: "include:spf.mtasv.net"
    QString address; // one that this service sends from
    SpfEvaluation evaluation;

    bool passes() const { return evaluation.result == SpfResult::Pass; }
    bool operator==(const SpfSenderLook &) const = default;
};

// For each term of the domain's own record that leads to a fixed address, what a receiver makes of mail from there.
std::vector<SpfSenderLook> lookAtSpfSenders(const SpfTree &tree, const QDateTime &now, Observations &seen);

// "Mail through A and B passes today; mail through C does not." Empty without senders, or when all pass.
QString sentenceAbout(const std::vector<SpfSenderLook> &senders);

} // namespace cockpit
