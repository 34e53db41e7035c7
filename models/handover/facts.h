// What a project knows, read defensively from its results: absent means "not known yet", never a crash or a guess.
#pragma once

#include "models/handover/draft.h"
#include "models/providers.h"

#include <QJsonValue>

#include <optional>

namespace cockpit::handover {

// Results of one check, one per host, in a fixed order.
std::vector<const CheckResult *> resultsOf(const ProjectState &project, const QString &checkId);

struct DetectedProvider
{
    ProviderKind kind = ProviderKind::Service;
    QString name;
};
std::vector<DetectedProvider> detectedProviders(const ProjectState &project);

struct RedirectHop
{
    QString url;
    int status = 0;
    QString location;
};
// Every chain that any http.* check saw, each address once, ordered by its first address.
std::vector<std::vector<RedirectHop>> redirectChains(const ProjectState &project);

struct CertificateFacts
{
    QString host;
    QString issuer;
    QDateTime notAfter;
    QString chain;
    std::optional<int> daysLeft = {};
    QString renewal = {}; // who renews it, in words; empty: nobody has looked
    QString name = {};    // the first one that it is for
    QString fingerprint = {};

    bool hasExpired() const { return daysLeft && *daysLeft < 0; }
};
// Which one it is, so that hosts that share it show: "shop.example (3f2a9c01)".
QString certificateText(const CertificateFacts &facts);
std::vector<CertificateFacts> certificates(const ProjectState &project);

// The value at a dotted path of an observed object ("policy.apex") as text; empty when absent.
QString observedText(const QJsonObject &observed, const QString &path);

// The catalogue's sentence for a check; its id when the catalogue does not know it.
QString titleOfCheck(const QString &checkId);

// What is known about a check in one line: its latest summaries, or a person's answer. Empty when nothing is.
QString whatIsKnown(const ProjectState &project, const QString &checkId);

// How a document asks for a check that nobody has looked at.
QString notLookedAtSentence(const QString &title);

// A line per check with state and what is known; each one that nobody has looked at is added to what is missing.
void listChecks(Draft &draft, const ProjectState &project, const QStringList &checkIds);

// "Dana, 1 March 2026" of an answer.
QString signature(const Answer &answer);
// "until 1 March 2026, no buyer asks for it" of a decision; empty when it has neither.
QString untilAndReason(const Decision &decision);
// Times in documents are in UTC and say so.
QString dateText(const QDateTime &time);
QString dateTimeText(const QDateTime &time);

// "20 min", "2 h", "1 h 30 min".
QString effortText(int minutes);

QString notKnownYet();

} // namespace cockpit::handover
