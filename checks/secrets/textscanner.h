// The secrets in a text: what the patterns find, less what is no secret, each with its place and never its value.
//
// The chain (cheapest first): keyword and pattern (patternset.h), what stands left and right of the value,
// placeholders, entropy, words (for rules that know a value by its name alone), and the claims of a JSON Web Token. The
// text is looked at as it is and once more with what is encoded in it decoded (decodedview.h).
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/allowmark.h"
#include "checks/secrets/decodedview.h"
#include "checks/secrets/patternset.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

struct SecretHit
{
    const LeakRule *rule = nullptr;   // of the pattern set, which must outlive the hit
    LeakKind kind = LeakKind::Secret; // after decoding: never Jwt
    Severity severity = Severity::Critical;
    qint64 offset = 0;      // bytes from the start of the text; of an encoded value the encoded form's
    qint64 length = 0;      // bytes
    qint64 line = 1;        // from 1
    qint64 column = 1;      // from 1, in bytes
    qint64 character = 1;   // the column in characters (code points); 0: behind 64 Ki bytes or units of a line
    QString masked;         // at most the first and last four characters
    QByteArray fingerprint; // HMAC-SHA-256 of the value, in hexadecimal digits: the same value, the same fingerprint
    Through through = Through::Plain;
    // The same on all machines; empty where the value may be guessed, as everybody can make it of a guess.
    QByteArray identity;
    bool mayBeGuessed = true; // who has the fingerprint and its key could find the value by trying (guessable.h)
    bool isWeak = false;      // a password that everybody tries first, of a host that everybody can ask
    // Somebody said on its line that it may stay ("launch-cockpit:allow REASON", "gitleaks:allow"); the reason may be
    // empty for the latter only.
    std::optional<QString> allowed;
    MarkTrouble markTrouble = MarkTrouble::None; // why what somebody said there counts for nothing
    // What each language makes of it, where the name of the file was not known; null: nothing stands there.
    std::shared_ptr<const MarkReading> marks = nullptr;

    // Now that the name is known.
    void settleMarks(Language language);
};

// What becomes of programs (programstrings.h), databases and all else that is no text, but of pictures and their like
// (mediaform.h), which are passed over.
enum class Programs {
    Strings, // the texts in them are looked at, each by itself: neighbours in a table of strings say nothing
    AsText,  // looked at as it is, pictures and their like, too: its name says that it holds settings
};

struct ScanSettings
{
    QByteArray key; // of the fingerprints (fingerprintkey.h)
    CancelToken token;
    QDateTime now = QDateTime::currentDateTimeUtc(); // tells which tokens have expired
    Programs programs = Programs::Strings;
    unsigned threads = 0; // that a tree or a history is searched with; 0: one for each processor. 16 at most.
};

struct TextScan
{
    std::vector<SecretHit> hits; // by place
    qint64 bytes = 0;            // looked at
    bool isBinary = false;       // a picture or its like, with bytes that are no text (textform.h): not looked at
    bool isProgram = false;      // a program, or another file that is no text: its strings were looked at
    bool isClosed = false;       // keeps something compressed or encrypted (mediaform.h): the rest was looked at
    bool isCut = false;          // more hits than a text may have: the rest was left out
    qint64 vainMarks = 0;        // remarks that count for nothing (allowmark.h), by the language that was set
    // Why it ended before the text did, and the hits are those found until then: Cancelled by the token, else what the
    // search itself lacked (PatternSet::search()), which each later text lacks, too.
    std::optional<Error> ended;

    // It may not be called searched.
    bool isPassedOver() const { return isBinary || isClosed; }
    // For whoever hears a stop by the token anyway: what else ended it.
    const Error *trouble() const { return ended && ended->kind != ErrorKind::Cancelled ? &*ended : nullptr; }
};

// Fills at most `most` bytes and says how many, 0 at the end; an Error ends the scan.
using ReadBytes = std::function<Result<qint64>(char *to, qint64 most)>;

// Of one of many pieces: what is in it. Its hits' places are of the piece.
using OnPiece = std::function<void(size_t piece, TextScan &scan)>;

// One per thread: it keeps its memory from text to text, and overwrites it when it goes.
class TextScanner
{
public:
    // Texts are looked at in blocks of this much, which overlap.
    static constexpr size_t kBlock = 1 << 20;
    static constexpr size_t kMostHits = 10000; // of one text

    [[nodiscard]] static Result<TextScanner> make(std::shared_ptr<const PatternSet> patterns, ScanSettings settings);
    ~TextScanner();
    TextScanner(TextScanner &&) noexcept;
    TextScanner &operator=(TextScanner &&) noexcept;

    // Of the texts from now on: a remark counts in a comment of theirs alone. Nothing: their names are not known yet,
    // and SecretHit::settleMarks() decides later. Language::Unknown at first.
    void setLanguage(std::optional<Language> language);

    // The text at hand. programs: in place of what the settings say. TextScan::ended says whether it was all looked at.
    TextScan scan(std::string_view text, Programs programs);
    TextScan scan(std::string_view text);
    // One that may be longer than memory: a few blocks of it are held at a time. Fails as the reader does, and with
    // nothing else: TextScan::ended.
    [[nodiscard]] Result<TextScan> scanStream(const ReadBytes &read, Programs programs);
    [[nodiscard]] Result<TextScan> scanStream(const ReadBytes &read);
    // Names of files and people, which have nothing to do with each other: in one pass, and what stands in one says
    // nothing of another. A key in them may be joined to a word by an underscore. onPiece is called in their order, for
    // those alone that something was found in. Fails where it ended before them, as TextScan::ended says.
    [[nodiscard]] Result<void> scanNames(std::span<const std::string_view> pieces, const OnPiece &onPiece);

private:
    struct Work;
    explicit TextScanner(std::unique_ptr<Work> work);
    std::unique_ptr<Work> m_work;
};

// What may be shown of a value: dots for a short one and for one that everybody decodes, else its ends, four characters
// each at most. showsEnd: false where nobody knows where the value ends, so that its end may be of something else.
QString maskedSecret(std::string_view value, bool showsEnd = true);

} // namespace cockpit
