// The story of one message: who it says it is from, what a receiver finds out about that, and where receivers differ.
// Plain values; the message itself is not among them, and nothing of it is kept.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

constexpr qsizetype kLargestMessage = 25LL * 1024 * 1024; // what large receivers take

// In the header of the test messages of this program: shows that a message that came back is the one that was sent.
constexpr auto kDeliveryTokenField = "X-Launch-Cockpit-Test";

// The message as it came, and what a person knows better than its header.
struct MessageInput
{
    QByteArray bytes;
    QString clientAddress;  // of the server that handed it over; empty: as the header tells
    QString envelopeSender; // empty: as the header tells

    bool operator==(const MessageInput &) const = default;
};

// Missing: there is nothing that could prove it. Unknown: something is needed to tell.
enum class ProofState { Pass, Fail, Missing, Unknown };
QString toWord(ProofState state); // "pass"

// Claimed: the receiver's own header fields say so; anybody could have written them.
enum class FactSource { Nowhere, Person, Claimed, Guessed };

// Whether a domain speaks for the author's.
struct Alignment
{
    bool strict = false;   // the very same name
    bool walk = false;     // the same organisation by the tree walk of RFC 9989
    bool list = false;     // the same organisation by the public suffix list (RFC 7489)
    bool isUnsure = false; // the walk met a name server that failed

    bool operator==(const Alignment &) const = default;
};

struct SpfStory
{
    ProofState state = ProofState::Unknown;
    QString result;         // RFC 7208: "softfail"; empty when it could not be evaluated
    QString domain;         // whose list of senders was asked
    QString envelopeSender; // may be empty: a bounce, or not known
    FactSource senderSource = FactSource::Nowhere;
    QString address; // of the server that handed it over
    FactSource addressSource = FactSource::Nowhere;
    QString mechanism; // the term that decided
    QString sentence;
    Alignment alignment;

    bool operator==(const SpfStory &) const = default;
};

struct SignatureStory
{
    ProofState state = ProofState::Fail;
    QString verdict; // "pass", "body_changed", "body_missing", "header_changed", "expired", "key_unusable", "no_key",
                     // "dns_failure", "unreadable"
    QString domain;
    QString selector;
    QString algorithm; // "rsa-sha256"
    int keyBits = 0;   // 0: no key was read
    QString sentence;
    Alignment alignment;

    bool operator==(const SignatureStory &) const = default;
};

// The servers that passed it on and vouch for it (ARC). It is told, and counts for nothing in DMARC.
struct ArcStory
{
    ProofState state = ProofState::Missing; // Missing: nobody vouches
    QString verdict;                        // "none", "pass", "fail", "unknown"
    QStringList hosts;                      // domains of the seals, first to last; empty when they cannot be read
    QString sentence;                       // empty when nobody vouches

    bool operator==(const ArcStory &) const = default;
};

// DMARC by one of its two standards.
struct DmarcStory
{
    ProofState state = ProofState::Unknown;
    QString organizationalDomain;
    QString foundAt; // where the record stands; empty: there is none
    QString policy;  // what it asks for when a message of the author's domain fails: "quarantine"
    bool byDkim = false;
    bool bySpf = false;
    QString sentence;

    bool operator==(const DmarcStory &) const = default;
};

struct MessageStory
{
    QString author;       // the address in From
    QString authorDomain; // empty when From names none, or several
    bool isHeaderOnly = false;
    SpfStory spf;
    std::vector<SignatureStory> signatures;
    ArcStory arc;
    DmarcStory dmarc;     // RFC 9989
    DmarcStory oldDmarc;  // RFC 7489
    QStringList claims;   // what the receiver wrote into it, each a sentence
    QStringList remarks;  // what is odd about it, each a sentence
    QString disagreement; // where receivers of the two standards part; empty when they agree
    ProofState state = ProofState::Unknown;
    QString headline; // for the founder
    QString token;    // of this program's own test message; else empty

    bool operator==(const MessageStory &) const = default;
};

// Selectors of the domain whose keys were found: what the check of the keys may ask for from now on. Each once.
QStringList selectorsFor(const QString &domain, const MessageStory &story);

// The signature that decides: the first that passes, else one that may, else any; of these, one in the author's name.
// Null when there is none; else it lives as long as the story.
const SignatureStory *decidingSignature(const MessageStory &story);

} // namespace cockpit
