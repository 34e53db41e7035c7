// What the checks saw of secrets, read back from their results: of secrets.tree, secrets.history, secrets.build-output,
// secrets.app-package and exposure.bundle-secrets
//   observed.secrets: [{"rule","name","class": secret|test_mode|public,"masked","fingerprint","file","line","places",
//                       "allowed","proof": strong|lead}]     (observed.keys of exposure.bundle-secrets: without
//                       fingerprint and line)
// Results may come by mail, in a project file: what does not fit is passed over.
#pragma once

#include "models/finding.h"

#include <QJsonObject>
#include <QString>

#include <map>
#include <vector>

namespace cockpit {

// One secret that a look saw, once for each check that saw it.
struct SecretSighting
{
    QString checkId;
    QString rule;
    QString name;           // of the rule, for people
    QString fingerprint;    // its first 16 digits; empty: the look made none
    QString place;          // "src/pay.js, line 12, and 3 more places"
    bool isSecret = false;  // no key for tests, and none that is meant for browsers
    bool isAllowed = false; // a person has accepted it
    bool isLead = false;    // known by its name alone: a person should look

    bool operator==(const SecretSighting &) const = default;
};

// observed: by CheckResult::key().
std::vector<SecretSighting> secretSightings(const std::map<QString, QJsonObject> &observed);

// Whether it is one of those checks.
bool looksForSecrets(const QString &checkId);

// The first 16 digits of a fingerprint; empty for what is none. A finding about a secret has them as its subject.
QString fingerprintIn(const QString &text);

// The rule by which the key was recognised that a finding of one of those checks is about: told by its fingerprint, or
// else, where the look made none, by its kind. Empty: by none.
QString ruleOf(const Finding &finding, const QJsonObject &observed);

// One and the same for a secret that several looks saw; without fingerprints, for a kind of key in one check.
QString sightingId(const SecretSighting &sighting);

} // namespace cockpit
