// What an id is made of, and what that says to somebody who wants to guess the next one (facts 17).
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

enum class IdKind {
    Integer,
    UuidTime,       // RFC 9562: version 1, 2 or 6: time and the machine
    UuidTimeRandom, // version 7: time, then 74 random bits
    UuidRandom,     // version 4
    UuidName,       // version 3 or 5: the hash of a name
    UuidOther,
    ObjectId, // 24 hex digits: time, machine, counter
    Ulid,     // 26 characters: time, then 80 random bits
    Numbered, // "INV-0042": a word and a number
    Prefixed, // "cus_…": a word and random characters
    Encoded,  // base64 around "Invoice:17" or a number: see decodedId()
    Short,    // few mixed characters, as hashids and sqids make of a number
    Token,    // a long random run
    Slug,     // words
};
QString toWord(IdKind value);

// Empty for what is no id: a word of the language, a sentence, a date, an amount, an address.
std::optional<IdKind> idKindOf(const QString &value);

enum class Guessing {
    Counting,  // the neighbours are the next numbers
    Narrowing, // time and place narrow it down to what a program can try
    Words,     // names that people know
    Hopeless,  // too many possibilities
};
Guessing guessingOf(IdKind kind, const QString &value);
// One sentence for people: which kind it is and why guessing is feasible or not.
QString describeGuessing(IdKind kind, const QString &value);

// "gid://shop/Order/17", "Invoice:17", "17" inside of base64 or base64url, once or twice.
struct DecodedId
{
    QString text;     // as decoded: "Invoice:17"
    QString resource; // "invoice" in lower case and the singular; empty where only the number stands there
    QString id;       // "17"
};
std::optional<DecodedId> decodedId(const QString &value);

// "invoice" for "Invoices": in lower case and the singular, so that names of one thing are compared as one.
QString singularOf(const QString &word);

// The same shape around another id; empty when `like` is not encoded in a way that can be made again.
QString encodedLike(const QString &like, const QString &id);

// Ids next to this one that a stranger would try first, at most `most`: for Counting kinds only (numbers, encoded
// numbers); empty for others. Never negative.
QStringList neighboursOf(const QString &value, int most = 2);

} // namespace cockpit
