// Bad bodies out of a good one, each with one thing wrong (facts 20). Pure. Never among them: what harms whoever reads
// it (compressed bombs, thousands of headers, members that change a running program).
#pragma once

#include "checks/abuse/fieldrules.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <vector>

namespace cockpit {

enum class MutationKind {
    WrongType,     // a number where a text belongs, a text where a number belongs
    WrongFlag,     // true where a text or a number belongs
    WrongNumber,   // 17 where a flag, a list or an object belongs
    WrongList,     // the good value in a list
    WrongObject,   // the good value in an object
    Operator,      // {"$ne": null} in place of a text (NoSQL)
    Null,          // null
    Missing,       // the field is left out
    Empty,         // an empty text
    TooShort,      // under minLength
    TooLong,       // 100,000 characters
    OverLongest,   // one character over maxLength
    Negative,      // -1
    Zero,          // 0
    UnderLeast,    // under minimum
    OverMost,      // over maximum
    PastInt32,     // 2^31, one more than a 32-bit integer of SQL holds
    HugeNumber,    // 2^53+1
    Infinite,      // 1e309
    NanText,       // "NaN", which parsers of numbers take
    InfinityText,  // "Infinity", likewise
    NanToken,      // NaN without quotes: no JSON (RFC 8259 section 6), but Python reads and writes it
    OtherWord,     // none of the words that the schema lists
    BadFormat,     // no address, no date, no UUID
    Quote,         // a quotation mark at the end: SQL
    Marks,         // HTML and template marks
    Nul,           // U+0000
    Surrogate,     // half a character (RFC 8259 section 8.2)
    OddLetters,    // right-to-left marks and emoji: harmless, and must not break anything
    PathUp,        // ../
    ExtraField,    // a member that nobody declared
    DoubledField,  // the same name twice
    PrototypeNull, // "__proto__": null, which changes nothing by itself
    Malformed,     // cut off
    TrailingComma, //
    EmptyBody,     //
    ListBody,      // a list around the object
    TextType,      // the same bytes as text/plain
    FormBody,      // the same fields as a form
    JsonBody,      // the same fields as JSON, where forms are taken
    XmlBody,       //
    OtherCharset,  // UTF-16
    HugeBody,      // kHugeBody bytes of blanks behind a good one
    VastBody,      // kVastBody bytes, where so many as HugeBody has are taken
    DeepBody,      // a member of kDeepLevels lists inside each other: readers that call themselves run out of stack
    ManyItems,     // a member with a list of kManyItems
};
QString toWord(MutationKind value);
QString describe(MutationKind value); // "a number or a text where the other belongs"

constexpr qsizetype kLongText = 100'000;
// nginx takes 1 MiB where nothing else is set, Express 100 kB, Spring 2 MB.
constexpr qsizetype kHugeBody = 1536LL * 1024;
constexpr qsizetype kVastBody = 10LL * 1024 * 1024; // nobody types so much (facts 19)
constexpr int kDeepLevels = 1000;
constexpr int kManyItems = 10'000;

struct Mutation
{
    MutationKind kind = MutationKind::Malformed;
    QStringList path = {};  // of the field; empty: the whole body
    QByteArray contentType; // as it is sent
    QByteArray body = {};
    QJsonValue sent = QJsonValue(QJsonValue::Undefined); // what stands in the field; of a whole body, our text in it
    bool mustBeRefused = false; // a product that keeps it has a fault; else only what it does to the product counts
    int rank = 0;               // the likely finds first

    QString field() const { return path.join(u'/'); }
    // Tells it apart from the others of a body, today and in later looks: "wrong_type lines/0/n", "malformed".
    QString name() const
    {
        const QString word = toWord(kind);
        return path.isEmpty() ? word : word + u' ' + field();
    }
};

struct MutationSource
{
    QByteArray contentType;
    QByteArray body; // a good one
    QJsonObject schema = {};
    QString ownText = {};      // in the body: by which a record is known again. Fields without it come first
    bool marksEach = false;    // of a record that stays: each body has its own mark behind the text, so that it shows
                               // whose bytes were kept
    bool withHugeBody = false; // and the deep and the long one: once in a run is enough
};

// Each once; sorted by rank. Empty for a body that is neither a JSON object nor a form.
std::vector<Mutation> mutationsOf(const MutationSource &source);

// Fields of that body beyond those that are tried (kMostFieldRules).
int fieldsLeftOut(const MutationSource &source);

// What is looked for in answers. The mark of HTML is an element that no product has.
inline const QString kHtmlMark = QStringLiteral("<lcmark>");
inline const QString kTemplateMark = QStringLiteral("{{7*7}}");
inline const QString kOtherTemplateMark = QStringLiteral("${7*7}");
inline const QString kExtraName = QStringLiteral("lc_unexpected");
inline const QString kExtraText = QStringLiteral("LC-UNEXPECTED-7f3a");
// In front of both template marks, so that their value is told from any other 49.
inline const QString kBeforeMark = QStringLiteral("lc7x");

} // namespace cockpit
