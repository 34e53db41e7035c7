// Known values in a text, also in the forms by which they get past the masking of a pipeline.
#pragma once

#include "checks/secrets/logread/knownvalues.h"
#include "checks/secrets/wipedmemory.h"
#include "checks/values/span.h"

#include <QString>

#include <span>
#include <unordered_map>
#include <vector>

namespace cockpit {

enum class ValueForm {
    Plain,
    Base64,     // alone, or of a text in which it stands ("user:value")
    UrlEncoded, // %2B
    Reversed,
    Hex,
    Spaced, // a sign between each two characters
    Split,  // over two or three words, or over two lines
};
QString toWord(ValueForm form);

struct KnownFound
{
    const KnownValue *value = nullptr; // of the finder
    ValueForm form = ValueForm::Plain;
};

// One text, line after line; one thread. Words are compared by their hash, and only those as long as a known value.
class KnownFinder
{
public:
    // key: that of the fingerprints
    KnownFinder(std::vector<KnownValue> known, QByteArray key);

    bool isEmpty() const { return m_known.empty(); }
    void find(std::string_view line, std::vector<KnownFound> &found) { findIn(line, true, found); }
    // Of a line that comes in pieces, each byte of it in one of them. A word that the pieces tear is seen whole: it is
    // told of with the piece that shows where it ends, and what the last of the line leaves undecided with that one.
    void findIn(std::string_view piece, bool isEndOfLine, std::vector<KnownFound> &found);
    // The line at hand is not told of any further.
    void dropLine();

private:
    size_t look(std::string_view text, bool isEndOfLine, std::vector<KnownFound> &found);
    const KnownValue *known(std::string_view value) const;
    bool tryForms(std::string_view word, std::vector<KnownFound> &found) const;
    bool tryInside(std::string_view text, ValueForm form, std::vector<KnownFound> &found) const;
    bool tryOne(std::string_view value, ValueForm form, std::vector<KnownFound> &found) const;
    void trySpaced(std::string_view line, size_t to, std::vector<KnownFound> &found) const;
    void trySplit(std::span<const std::string_view> words, size_t first, std::vector<KnownFound> &found) const;
    void tryLines(std::string_view lastWord, std::vector<KnownFound> &found);

    const std::vector<KnownValue> m_known;
    const QByteArray m_key;
    std::vector<bool> m_lengths;
    std::unordered_map<std::string, size_t> m_byFingerprint;
    WipedBytes m_lastWord; // of the line before
    WipedBytes m_held;     // of the line at hand: its end so far, of which the rest may still be to come
};

} // namespace cockpit
